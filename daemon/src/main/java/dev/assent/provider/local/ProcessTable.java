package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds processes by their command line: what remains when a crash came between the start of a
/// server and the note of its process id.
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private final ServersUser user;

    ProcessTable(ServersUser user) {
        this.user = user;
    }

    /// The server that was started with a command. Its children bear the same command line until
    /// they have named themselves, and so does a second server that is about to notice that it came
    /// too late: it is the oldest one whose parent is no candidate.
    Optional<ServerProcess> server(List<String> command) {
        var candidates = find((_, argv) -> endsWith(argv, command));
        var pids = candidates.stream().map(ServerProcess::pid).collect(Collectors.toSet());
        return candidates.stream()
                .filter(it -> !pids.contains(it.parent()))
                .min(Comparator.comparingLong(ServerProcess::ticks));
    }

    private static boolean endsWith(List<String> argv, List<String> command) {
        var from = argv.size() - command.size();
        return from >= 0 && argv.subList(from, argv.size()).equals(command);
    }

    /// Everything that was started on a data folder, or on a file in it, or works in it: a server's
    /// children give themselves other names, and some outlive it for a moment.
    List<ServerProcess> on(Path folder) {
        return find((pid, argv) ->
                argv.stream().anyMatch(it -> isIn(folder, it)) || worksIn(folder, pid));
    }

    private static boolean isIn(Path folder, String argument) {
        var path = argument.substring(argument.indexOf('=') + 1);
        return isOrIsBelow(folder, argument) || isOrIsBelow(folder, path);
    }

    private static boolean isOrIsBelow(Path folder, String path) {
        return path.equals(folder.toString()) || path.startsWith(folder + "/");
    }

    private static boolean worksIn(Path folder, long pid) {
        try {
            return Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("cwd"))
                    .equals(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private interface Wanted {
        boolean is(long pid, List<String> argv);
    }

    /// Only the servers' user's processes are looked at: of all others no more than whose they are
    /// is asked, since each server that starts looks here.
    private List<ServerProcess> find(Wanted wanted) {
        var found = new ArrayList<ServerProcess>();
        try (var entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (var entry : entries) {
                var pid = Long.parseLong(entry.getFileName().toString());
                var argv = commandLine(entry);
                if (argv.isEmpty() || !wanted.is(pid, argv)) continue;
                ServerProcess.of(pid).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProviderException("the processes of this machine cannot be listed", e);
        }
        return found;
    }

    private List<String> commandLine(Path folder) {
        try {
            var uid = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!uid.equals(user.uid())) return List.of();
            var line = Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(line.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
