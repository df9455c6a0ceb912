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
        System.exit(Cli.run(Wiring::daemon, Wiring::manifests, Wiring::catalogue, arguments));
    }
}
