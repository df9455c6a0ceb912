package dev.assent;

import dev.assent.cli.Cli;

/// Picks a command.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            // Before anything is loaded that this doesn't need.
            System.out.println(Cli.version());
            return;
        }
        // Only the daemon keeps a log; what others have to say, they say themselves.
        if (arguments.length == 0 || !arguments[0].equals("daemon")) {
            System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
        System.exit(Cli.run(Wiring::daemon, Wiring::manifests, Wiring::catalogue, arguments));
    }
}
