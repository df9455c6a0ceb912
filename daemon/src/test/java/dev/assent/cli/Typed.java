package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.http.Door;
import dev.assent.http.FakeDesk;
import dev.assent.manifest.ManifestReader;
import dev.assent.plan.Given;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        return run("", interactive, interactive, variables, List.of(), arguments);
    }

    /// In a script.
    static Typed inScript(String command, Object... arguments) {
        return run(false, Map.of(), line(command, arguments));
    }

    /// By a person who watches, with these variables.
    static Typed atTerminal(Map<String, String> variables, String command, Object... arguments) {
        return run(true, variables, line(command, arguments));
    }

    /// By a person who watches, but has what is said on the side written into a file.
    static Typed withErrInFile(String command, Object... arguments) {
        return run("", true, false, Map.of(), List.of(), line(command, arguments));
    }

    /// By a person who has what is printed written into a file.
    static Typed withOutInFile(String command, Object... arguments) {
        return run("", false, true, Map.of(), List.of(), line(command, arguments));
    }

    private static String[] line(String command, Object... arguments) {
        return Stream.concat(Stream.of(command), Stream.of(arguments))
                .map(Object::toString)
                .toArray(String[]::new);
    }

    /// In a script, with something to read on standard input.
    static Typed reading(String input, String... arguments) {
        return run(input, false, false, Map.of(), List.of(), arguments);
    }

    /// The same, with an eye on what would be started.
    ///
    /// @param launched where the arguments of a daemon that would be started are added
    static Typed run(
            boolean interactive,
            Map<String, String> variables,
            List<String> launched,
            String... arguments) {
        return run("", interactive, interactive, variables, launched, arguments);
    }

    private static Typed run(
            String input,
            boolean interactive,
            boolean errSeen,
            Map<String, String> variables,
            List<String> launched,
            String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal =
                terminal(input, new PrintWriter(out, true), err, interactive, errSeen, variables);
        return new Typed(execute(terminal, launched, arguments), out.toString(), err.toString());
    }

    /// A script's, with the daemon behind a door and somebody who reads while it runs.
    static Terminal terminal(Door door, PrintWriter out) {
        var variables = Map.of("ASSENT_RUN", door.runFolder.toString());
        return terminal("", out, new StringWriter(), false, false, variables);
    }

    private static Terminal terminal(
            String input,
            PrintWriter out,
            StringWriter err,
            boolean interactive,
            boolean errSeen,
            Map<String, String> variables) {
        var environment = new HashMap<String, String>(Map.of("SUDO_USER", "ada"));
        environment.putAll(variables);
        return new Terminal(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                out,
                new PrintWriter(err, true),
                interactive,
                errSeen,
                environment,
                InstantSource.fixed(FakeDesk.NOW));
    }

    static int execute(Terminal terminal, String... arguments) {
        return execute(terminal, List.of(), arguments);
    }

    private static int execute(Terminal terminal, List<String> launched, String... arguments) {
        Launch launch =
                (configuration, state, run, listen, _, look) -> {
                    launched.add(
                            "%s %s %s %s %s"
                                    .formatted(configuration, state, run, listen, look.get()));
                    return 0;
                };
        return Commands.of(
                        terminal,
                        launch,
                        () -> new ManifestReader(System::nanoTime),
                        () -> Given.CATALOGUE,
                        arguments)
                .execute(arguments);
    }

    Typed {
        out = out.replace(System.lineSeparator(), "\n");
        err = err.replace(System.lineSeparator(), "\n");
    }
}
