package dev.assent.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The servers of a lane as they are on the machine: their folders and processes.
record ServersFolder(Path folder) {

    /// One server's folder: application, environment, engine, group, server.
    private static final int LEVELS = 5;

    /// What stands in its `server.json`.
    record Server(boolean built, int port, long pid) {}

    /// Each server of which there is a folder with a record.
    Map<String, Server> all() {
        var all = new TreeMap<String, Server>();
        for (var file : below()) {
            if (!file.endsWith("server.json")) continue;
            JsonNode json = JsonMapper.shared().readTree(read(file));
            all.put(
                    folder.relativize(file.resolveSibling("")).toString(),
                    new Server(
                            json.path("built").asBoolean(),
                            json.path("port").asInt(),
                            json.path("process").path("pid").asLong(0)));
        }
        return all;
    }

    /// What no server has any use for.
    SortedSet<String> leftovers() {
        var known = all().keySet();
        return below().stream()
                .filter(it -> !it.equals(folder))
                .map(folder::relativize)
                .filter(it -> isLeftover(it, known))
                .map(Path::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isLeftover(Path path, java.util.Set<String> known) {
        if (path.getNameCount() > 1 && path.startsWith(".removed")) return false;
        if (path.getNameCount() <= LEVELS) {
            var name = path.getFileName().toString();
            if (name.startsWith(".")) return true;
            if (path.getNameCount() == LEVELS) return !known.contains(path.toString());
            return known.stream().noneMatch(it -> it.startsWith(path + "/"));
        }
        if (path.getNameCount() > LEVELS + 1) return false;
        var name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith(".before");
    }

    /// The processes that bear something below this folder in their command line, and what that is.
    Map<Long, String> processes() {
        var found = new TreeMap<Long, String>();
        ProcessHandle.allProcesses()
                .forEach(it -> {
                    var line = commandLine(it.pid());
                    if (line.contains(folder.toString())) found.put(it.pid(), line);
                });
        return found;
    }

    /// The id of a process and when it was started.
    static String identity(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return pid + "@" + stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        } catch (IOException e) {
            return "none";
        }
    }

    private static String commandLine(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            if (stat.charAt(stat.lastIndexOf(')') + 2) == 'Z') return "";
            return Files.readString(
                            Path.of("/proc", Long.toString(pid), "cmdline"),
                            StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private List<Path> below() {
        if (Files.notExists(folder)) return List.of();
        try (var files = Files.walk(folder, LEVELS + 1)) {
            return files.toList();
        } catch (UncheckedIOException e) {
            // A file that a server has just renamed.
            if (e.getCause() instanceof NoSuchFileException) return below();
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
