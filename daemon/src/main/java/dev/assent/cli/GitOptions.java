package dev.assent.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// How a yes is pushed to the repository instead of said to the daemon.
final class GitOptions {

    @Option(
            names = "--git",
            description =
                    "Sign the yes in Git, with your own signing key, and push it to the repository"
                            + " that the daemon watches. With the plan's whole digest no daemon"
                            + " has to be reached.")
    boolean git;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            description = "With --git: a clone of that repository (default: this folder).")
    Path clone = Path.of("");

    @Option(
            names = "--remote",
            paramLabel = "NAME",
            defaultValue = "origin",
            description = "With --git: where to push to (default: ${DEFAULT-VALUE}).")
    String remote = "origin";

    @Option(names = "--tag", description = "With --git: sign a tag; this is the default.")
    boolean tag;

    @Option(
            names = "--commit",
            description =
                    "With --git: sign a commit that changes no file, on top of the branch that is"
                            + " checked out.")
    boolean commit;

    @Option(
            names = "--no-push",
            description = "With --git: don't push, and print the command that does.")
    boolean stay;
}
