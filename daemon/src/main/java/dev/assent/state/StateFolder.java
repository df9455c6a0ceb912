package dev.assent.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The folder of a record that is a SQLite file, and whether one was there before: a record that
/// was lost is never taken for one that is yet to be made.
public final class StateFolder {

    private static final String DATABASE = "assent.db";
    private static final String KEY = "secret.key";

    /// Written once the first record was made; it has nothing but words for people.
    private static final String MARK = "record.begun";

    /// What a backup lies in until it is whole.
    private static final String UNFINISHED = ".backup-*";

    private StateFolder() {}

    public static Path database(Path folder) {
        return folder.resolve(DATABASE);
    }

    public static Path key(Path folder) {
        return folder.resolve(KEY);
    }

    /// Makes the folder ready for a record to be opened in it, before anything else is made there.
    ///
    /// @throws StateException if there was a record that is gone now
    public static void enter(Path folder) {
        var database = database(folder);
        try {
            var missing = Files.notExists(database);
            if (!missing && Files.size(database) > 0) return;
            var signs = signs(folder, missing);
            if (!signs.isEmpty()) throw lost(folder, database, missing, signs);
            if (missing) make(database);
        } catch (IOException e) {
            throw new StateException("cannot look for a record in " + folder + ": " + e, e);
        }
    }

    /// Why a record is lost that is not there, in a sentence; empty where there never was one.
    public static Optional<String> lost(Path folder) {
        var database = database(folder);
        try {
            var signs = signs(folder, true);
            return signs.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(lost(folder, database, true, signs).getMessage());
        } catch (IOException e) {
            throw new StateException("cannot look for a record in " + folder + ": " + e, e);
        }
    }

    private static StateException lost(
            Path folder, Path database, boolean missing, List<String> signs) {
        return new StateException(
                "the record %s is %s, though there was one before: %s %s there. Nothing was changed, and no empty record was made in its place, which would know of no server: bring it back with `assent state restore FILE --state %s`; only if there never was one, or it is to be forgotten: assent state new --state %s"
                        .formatted(
                                database,
                                missing ? "gone" : "empty",
                                String.join(", ", signs),
                                signs.size() == 1 ? "is" : "are",
                                folder,
                                folder));
    }

    /// What only a record that was in use leaves behind.
    private static List<String> signs(Path folder, boolean missing) throws IOException {
        var signs = new ArrayList<String>();
        if (Files.exists(folder.resolve(MARK))) signs.add(MARK);
        var log = folder.resolve(DATABASE + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) signs.add(log.getFileName().toString());
        // An empty file comes before the key: a start that was stopped between the two goes on.
        if (missing && Files.exists(folder.resolve(KEY))) signs.add(KEY);
        for (var name : List.of("servers", "mirrors")) {
            if (holdsSomething(folder.resolve(name))) signs.add(name + "/");
        }
        return signs;
    }

    private static boolean holdsSomething(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (var entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }

    /// Remembers that there is a record now.
    public static void begun(Path folder) {
        try {
            Files.writeString(
                    Files.createFile(folder.resolve(MARK)),
                    """
                    A record was begun here on %s, in %s.
                    Should that file ever be gone, no empty one takes its place: see `assent state restore --help`.
                    """
                            .formatted(Instant.now().toString().substring(0, 10), DATABASE),
                    StandardCharsets.UTF_8);
        } catch (FileAlreadyExistsException _) {
            // As it should be, but for the first time.
        } catch (IOException e) {
            throw new StateException("cannot write into " + folder + ": " + e, e);
        }
    }

    /// Deletes copies that were being made when a process ended. To be called by whoever has the
    /// record to himself.
    ///
    /// @throws StateException if one cannot be deleted
    public static void deleteUnfinishedCopies(Path folder) {
        try (var copies = Files.newDirectoryStream(folder, UNFINISHED)) {
            for (var copy : copies) {
                try (var parts = Files.walk(copy)) {
                    for (var part : parts.toList().reversed()) Files.delete(part);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new StateException("cannot clear away unfinished backups in " + folder, e);
        }
    }

    /// Has the next start make an empty record where the former one is lost. What is left of it is
    /// set aside, never deleted.
    ///
    /// @return where what was left lies now
    /// @throws StateException if there is a record
    public static List<Path> beginAnew(Path folder, Instant now) {
        var database = database(folder);
        try {
            if (Files.exists(database) && Files.size(database) > 0) {
                throw new StateException(
                        "there is a record in %s; it is left as it is. To begin without it, move it away first"
                                .formatted(database));
            }
            var aside = setAside(database, now);
            Files.deleteIfExists(folder.resolve(MARK));
            make(database);
            return aside;
        } catch (IOException e) {
            throw new StateException("cannot begin a record in " + folder + ": " + e, e);
        }
    }

    /// Renames what there is of a database, so that another can take its place.
    static List<Path> setAside(Path database, Instant now) throws IOException {
        var aside = new ArrayList<Path>();
        for (var end : List.of("-shm", "-wal", "")) {
            var file = database.resolveSibling(database.getFileName() + end);
            if (Files.notExists(file)) continue;
            // SQLite makes the one anew from the log, and an empty log is none.
            if (end.equals("-shm") || (end.equals("-wal") && Files.size(file) == 0)) {
                Files.delete(file);
                continue;
            }
            var other =
                    database.resolveSibling(
                            "%s.before-%s%s".formatted(database.getFileName(), stamp(now), end));
            Files.move(file, other);
            aside.add(other);
        }
        return aside.reversed();
    }

    /// An instant as part of a file's name.
    static String stamp(Instant now) {
        return now.toString().replaceAll("\\.[0-9]+", "").replaceAll("[-:]", "");
    }

    private static void make(Path database) throws IOException {
        if (Files.exists(database)) return;
        Files.createFile(
                database,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
