package dev.assent.cli;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.plan.Given;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What somebody typed, and what came of it.
record Typed(int code, String out, String err) {

    /// At no terminal, as in a script, with the daemon behind a door.
    static Typed at(Door door, String... arguments) {
        return run(false, Map.of("ASSENT_RUN", door.runFolder.toString()), arguments);
    }

    /// By a person who watches.
    static Typed atTerminal(Door door, String... arguments) {
        return run(true, Map.of("ASSENT_RUN", door.runFolder.toString()), arguments);
    }

    static Typed run(boolean interactive, Map<String, String> variables, String... arguments) {
        return run(interactive, variables, List.of(), arguments);
    }

    /// The same, with an eye on what would be started.
    ///
    /// @param launched where the arguments of a daemon that would be started are added
    static Typed run(
            boolean interactive,
            Map<String, String> variables,
            List<String> launched,
            String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var environment = new HashMap<String, String>(Map.of("SUDO_USER", "ada"));
        environment.putAll(variables);
        var terminal =
                new Terminal(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        interactive,
                        environment,
                        InstantSource.fixed(FakeDesk.NOW));
        Launch launch =
                (configuration, state, run, listen) -> {
                    launched.add("%s %s %s %s".formatted(configuration, state, run, listen));
                    return 0;
                };
        var code =
                Commands.of(terminal, launch, () -> Given.CATALOGUE, arguments).execute(arguments);
        return new Typed(code, out.toString(), err.toString());
    }

    Typed {
        out = out.replace(System.lineSeparator(), "\n");
        err = err.replace(System.lineSeparator(), "\n");
    }
}
