package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.model.Catalogue;
import java.util.Optional;
import java.util.function.Supplier;

/// The command line.
public final class Cli {

    private Cli() {}

    /// Runs the command that the arguments name.
    ///
    /// @param readers of manifests; asked only by who reads them
    /// @param catalogue what could be built, for planning without a daemon; asked only then
    /// @return the exit code
    public static int run(
            Launch launch,
            Supplier<ManifestReader> readers,
            Supplier<Catalogue> catalogue,
            String... arguments) {
        var terminal = Terminal.ofThisProcess();
        var daemon = DaemonCommand.plain(terminal, launch, arguments);
        if (daemon.isPresent()) return run(daemon.get(), terminal);
        var code = Commands.of(terminal, launch, readers, catalogue, arguments).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    private static int run(DaemonCommand daemon, Terminal terminal) {
        try {
            return daemon.call();
        } catch (RuntimeException e) {
            return new Complaints(terminal).failed(e);
        }
    }

    /// The program's version, from its jar.
    public static String version() {
        return "assent " + versionOfJar().orElse("(not from a jar)");
    }

    static Optional<String> versionOfJar() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion());
    }
}
