package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The programs that this machine's packages have installed.
final class InstalledPrograms {

    /// Where packages put the programs of several versions side by side: a folder, the names in it,
    /// and the folder of programs in each of those.
    private record Habit(Path around, String names, String programs) {}

    private final Path root;

    InstalledPrograms(Path root) {
        this.root = root;
    }

    /// The folders of programs by version. Asks each program what it is.
    SortedMap<Version, Path> of(Variant variant, EngineAdapter adapter) {
        var found = new TreeMap<Version, Path>();
        for (var folder : folders(variant)) {
            version(adapter, folder.resolve(adapter.program()))
                    .ifPresent(version -> found.put(version, folder));
        }
        return found;
    }

    private List<Path> folders(Variant variant) {
        var folders = new ArrayList<Path>();
        for (var habit : habits(variant)) {
            var around = root.resolve(habit.around());
            try (var versions = Files.newDirectoryStream(around, habit.names())) {
                versions.forEach(it -> folders.add(it.resolve(habit.programs())));
            } catch (IOException e) {
                // A machine without such a folder has none of these.
            }
        }
        return folders;
    }

    private static List<Habit> habits(Variant variant) {
        return switch (variant) {
            case POSTGRESQL ->
                    List.of(
                            new Habit(Path.of("usr/lib/postgresql"), "*", "bin"),
                            new Habit(Path.of("usr"), "pgsql-*", "bin"));
            case MYSQL, PERCONA, MARIADB ->
                    List.of(
                            new Habit(Path.of("usr"), "{sbin,libexec}", ""),
                            new Habit(Path.of("usr/local"), "{mysql,mariadb}", "bin"));
            case REDIS, VALKEY, MEMCACHED ->
                    List.of(
                            new Habit(Path.of("usr"), "bin", ""),
                            new Habit(Path.of("usr/local"), "bin", ""));
            case MONGODB, ELASTICSEARCH, INFLUXDB -> List.of();
        };
    }

    private static Optional<Version> version(EngineAdapter adapter, Path program) {
        if (!Files.isExecutable(program)) return Optional.empty();
        try {
            var ended = Commands.run(List.of(program.toString(), "--version"), Path.of("/"));
            return ended.code() == 0 ? adapter.versionIn(ended.printed()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
