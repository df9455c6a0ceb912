package dev.assent.cli;

import dev.assent.model.Catalogue;
import java.util.Optional;
import java.util.function.Supplier;

/// The command line.
public final class Cli {

    private Cli() {}

    /// Runs the command that the arguments name.
    ///
    /// @param catalogue what could be built, for planning without a daemon; asked only then
    /// @return the exit code
    public static int run(Launch launch, Supplier<Catalogue> catalogue, String... arguments) {
        var terminal = Terminal.ofThisProcess();
        var code = Commands.of(terminal, launch, catalogue, arguments).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /// The program's version, from its jar.
    public static String version() {
        return "assent " + versionOfJar().orElse("(not from a jar)");
    }

    static Optional<String> versionOfJar() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion());
    }
}
