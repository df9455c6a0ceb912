package dev.assent.cli;

import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApplicationVariables.Redeployed;
import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// No application is called `set` or `unset`: its name has a slash in it.
@Command(
        name = "env",
        description = "Print an application's environment variables.",
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "assent env APP/ENV [OPTION]...",
            "       assent env set APP/ENV ENGINE/GROUP --address HOST [OPTION]...",
            "       assent env unset APP/ENV ENGINE/GROUP [OPTION]..."
        },
        commandListHeading = "%nFor groups that stand elsewhere:%n")
final class EnvCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin ColourOption colour = new ColourOption();

    @Parameters(arity = "0..1", paramLabel = "APP/ENV", description = "The application.")
    Optional<String> application = Optional.empty();

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

    @Option(
            names = "--diff",
            description =
                    "What the next redeploy would change, without passwords; as text or, with"
                            + " --format json, as JSON.")
    boolean difference;

    EnvCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var name = application(application.orElseThrow(this::missing));
        try (var client = server.connect(terminal)) {
            if (difference) {
                var text = new DifferenceText(colour.wanted(terminal));
                terminal.out().print(text.of(client.difference(name), wantedForDifference()));
                return 0;
            }
            var variables = client.variables(name);
            terminal.out().print(format.write(chosen(variables)));
            terminal.out().flush();
            if (!pending) remarkPending(name, variables);
            remarkUntold(name, variables);
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

    /// Said here and not by picocli: for `set` and `unset` nothing is missing.
    private MissingParameterException missing() {
        return new MissingParameterException(
                spec.commandLine(),
                spec.positionalParameters().getFirst(),
                "Missing required parameter: 'APP/ENV'");
    }

    private boolean wantedForDifference() {
        return switch (format) {
            case DOTENV -> false;
            case JSON -> true;
            case SHELL, HOSTS ->
                    throw Stop.couldNotRun(
                            "a difference is no `%s`; leave --format out, or say json"
                                    .formatted(format));
        };
    }

    private SortedMap<String, String> chosen(ApplicationVariables variables) {
        if (pending) return variables.pending();
        return variables.inForce().map(Redeployed::values).orElseGet(TreeMap::new);
    }

    /// Says on the side what the next redeploy would change; names only.
    private void remarkPending(ApplicationName name, ApplicationVariables variables) {
        var differing = differing(variables.pending(), chosen(variables));
        if (differing.isEmpty()) return;
        terminal.remark(
                variables.inForce().isEmpty()
                        ? ("nothing was redeployed yet, so all %d variables are"
                                        + " pending; to see them: assent env %s --pending;"
                                        + " to put them in force: assent redeploy %s")
                                .formatted(differing.size(), name, name)
                        : "pending until the next redeploy: " + String.join(", ", differing));
    }

    /// An external group that nobody told anything of has no variables at all.
    private void remarkUntold(ApplicationName name, ApplicationVariables variables) {
        for (var group : variables.untold()) {
            terminal.remark(
                    "the external group %s has no variables, since nobody told where it stands; tell it with: assent env set %s %s --address HOST"
                            .formatted(group, name, group));
        }
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
