package dev.assent.cli;

import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApplicationVariables.Redeployed;
import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "env", description = "Print an application's environment variables.")
final class EnvCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    VariableFormat format = VariableFormat.DOTENV;

    @Option(
            names = "--pending",
            description =
                    "As the next redeploy puts them in force (default: as they are in force).")
    boolean pending;

    EnvCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var name = application(application);
        try (var client = server.connect(terminal)) {
            var variables = client.variables(name);
            terminal.out().print(format.write(chosen(variables)));
            terminal.out().flush();
            if (!pending) remark(variables);
        }
        return 0;
    }

    static ApplicationName application(String text) {
        return ApplicationName.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not an application in an environment; write APP/ENV, for instance"
                                                .formatted(text)
                                        + " shop/production"));
    }

    private SortedMap<String, String> chosen(ApplicationVariables variables) {
        if (pending) return variables.pending();
        return variables.inForce().map(Redeployed::values).orElseGet(TreeMap::new);
    }

    /// Says on the side what the next redeploy would change; names only.
    private void remark(ApplicationVariables variables) {
        var differing = differing(variables.pending(), chosen(variables));
        if (differing.isEmpty()) return;
        terminal.remark(
                variables.inForce().isEmpty()
                        ? ("nothing was redeployed yet, so all %d variables are"
                                        + " pending; to see them: assent env %s --pending;"
                                        + " to put them in force: assent redeploy %s")
                                .formatted(differing.size(), application, application)
                        : "pending until the next redeploy: " + String.join(", ", differing));
    }

    private static List<String> differing(
            SortedMap<String, String> pending, SortedMap<String, String> inForce) {
        var names = new TreeSet<>(pending.keySet());
        names.addAll(inForce.keySet());
        return names.stream()
                .filter(it -> !Objects.equals(pending.get(it), inForce.get(it)))
                .toList();
    }
}
