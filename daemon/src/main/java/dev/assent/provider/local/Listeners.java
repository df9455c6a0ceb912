package dev.assent.provider.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who listens on a port of this machine, as far as the kernel shows it to this process's user.
final class Listeners {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    /// Columns of `/proc/net/tcp`.
    private static final int LOCAL = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;

    private Listeners() {}

    /// Who listens, in a few words; empty where nobody does.
    static Optional<String> on(int port) {
        var sockets = new HashSet<String>();
        for (var table : new String[] {"net/tcp", "net/tcp6"}) {
            sockets.addAll(sockets(PROC.resolve(table), port));
        }
        if (sockets.isEmpty()) return Optional.empty();
        return Optional.of(
                ProcessHandle.allProcesses()
                        .map(ProcessHandle::pid)
                        .filter(pid -> hasOneOf(pid, sockets))
                        .findFirst()
                        .map(pid -> "process %d (`%s`)".formatted(pid, name(pid)))
                        .orElse("a process of another user"));
    }

    private static Set<String> sockets(Path table, int port) {
        var end = ":%04X".formatted(port);
        var found = new HashSet<String>();
        try (Stream<String> lines = Files.lines(table)) {
            lines.skip(1)
                    .map(it -> it.strip().split("\\s+"))
                    .filter(it -> it.length > INODE)
                    .filter(it -> it[LOCAL].endsWith(end) && it[STATE].equals(LISTENING))
                    .forEach(it -> found.add("socket:[" + it[INODE] + "]"));
        } catch (IOException e) {
            // A kernel without IPv6 has no table of it.
            return found;
        }
        return found;
    }

    private static boolean hasOneOf(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(PROC.resolve(pid + "/fd"), it -> isOneOf(it, sockets))) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOneOf(Path file, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm")).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
