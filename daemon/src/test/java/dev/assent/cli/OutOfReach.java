package dev.assent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/// Puts a folder below another that nobody can look into, not even root: its path is longer than
/// the system takes.
record OutOfReach(Path moved, Path home) implements AutoCloseable {

    /// Half of a path that is too long.
    private static final String HALF = String.join("/", Collections.nCopies(10, "-".repeat(240)));

    static OutOfReach below(Path folder) throws IOException {
        var upper = Files.createDirectories(folder.resolve("upper").resolve(HALF));
        var home = folder.resolve("lower");
        Files.createDirectories(home.resolve(HALF));
        return new OutOfReach(Files.move(home, upper.resolve("lower")), home);
    }

    /// Makes the folder one that can be deleted.
    @Override
    public void close() throws IOException {
        Files.move(moved, home);
    }
}
