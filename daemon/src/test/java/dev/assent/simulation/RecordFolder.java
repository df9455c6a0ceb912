package dev.assent.simulation;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.assent.observation.Observation;
import dev.assent.observation.Observer;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A record for one run after the other. It is opened once and emptied in between, since to open
/// one takes as long as a whole run does; only some of the daemons that begin anew open it anew,
/// too. It lies in memory where the machine has a folder for that.
final class RecordFolder implements InstantSource, Observer {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String FILE = "assent.db";
    private static final String KEY = "secret.key";

    /// What the schema itself is made known by stays.
    private static final String TABLES =
            """
            SELECT name
              FROM sqlite_schema
             WHERE type = 'table' AND name <> 'flyway_schema_history'\
            """;

    /// What keeps others from deleting anything.
    private static final String TRIGGERS =
            """
            SELECT name, tbl_name, sql
              FROM sqlite_schema
             WHERE type = 'trigger'\
            """;

    private static final List<String> SMALL =
            List.of("PRAGMA journal_mode = DELETE", "PRAGMA page_size = 1024", "VACUUM");

    private static final String BRING_BACK =
            """
            INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
            VALUES ('trigger', ?, ?, 0, ?)\
            """;

    /// Has the schema, and no row but those that each record has from the beginning.
    private static final Path EMPTY = empty();

    private final Path folder;
    private final List<String> emptying = new ArrayList<>();
    private final Connection beside;
    private Optional<Store> store = Optional.empty();
    private Optional<Simulation> user = Optional.empty();

    private RecordFolder(Path folder) {
        this.folder = folder;
        try {
            for (var name : List.of(FILE, KEY)) {
                Files.copy(EMPTY.resolve(name), folder.resolve(name), REPLACE_EXISTING);
            }
            this.beside = connect();
            prepareToEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path empty() {
        var folder = folder();
        Store.open(folder.resolve(FILE), key(folder), InstantSource.system()).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
                var statement = connection.createStatement()) {
            // Small pages: less is written for the few rows of a run.
            for (var each : SMALL) statement.execute(each);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return folder;
    }

    private static SecretKeyFile key(Path folder) {
        return SecretKeyFile.readOrCreate(folder.resolve(KEY));
    }

    private static Path folder() {
        try {
            var folder =
                    Files.isWritable(MEMORY)
                            ? Files.createTempDirectory(MEMORY, "assent-simulation")
                            : Files.createTempDirectory("assent-simulation");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A place for records, one at a time.
    static RecordFolder place() {
        return new RecordFolder(folder());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE));
    }

    /// The record's triggers let nobody delete anything of the audit trail. This connection does
    /// not know them: it learns the schema while they are not there.
    private void prepareToEmpty() throws SQLException {
        var triggers = new ArrayList<List<String>>();
        try (var statement = beside.createStatement()) {
            try (var rows = statement.executeQuery(TRIGGERS)) {
                while (rows.next()) {
                    triggers.add(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            for (var it : triggers) statement.execute("DROP TRIGGER " + it.getFirst());
            statement.execute("ATTACH '%s' AS fresh".formatted(EMPTY.resolve(FILE)));
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery(TABLES)) {
                while (rows.next()) tables.add(rows.getString(1));
            }
            for (var table : tables) {
                emptying.add("DELETE FROM main.\"%s\"".formatted(table));
                var rows = "SELECT * FROM fresh.\"%s\"".formatted(table);
                try (var row = statement.executeQuery(rows)) {
                    if (!row.next()) continue;
                }
                emptying.add("INSERT INTO main.\"%s\" %s".formatted(table, rows));
            }
        }
        bringBack(triggers);
    }

    /// Without telling other connections that the schema is another one.
    private void bringBack(List<List<String>> triggers) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA writable_schema = ON");
            try (var insert = connection.prepareStatement(BRING_BACK)) {
                for (var it : triggers) {
                    for (var i = 0; i < it.size(); i++) insert.setString(i + 1, it.get(i));
                    insert.executeUpdate();
                }
            }
        }
    }

    /// Empties it for a run.
    Store begin(Simulation run) {
        user = Optional.of(run);
        try (var statement = beside.createStatement()) {
            beside.setAutoCommit(false);
            for (var each : emptying) statement.executeUpdate(each);
            beside.commit();
            beside.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return open();
    }

    /// The record as the next daemon finds it.
    ///
    /// @param anew whether it is opened anew
    Store again(boolean anew) {
        if (anew) close();
        return open();
    }

    private Store open() {
        var mine = store.orElseGet(() -> Store.open(folder.resolve(FILE), key(folder), this, this));
        store = Optional.of(mine);
        return mine;
    }

    /// Nobody knows in what state a run has left it.
    void close() {
        store.ifPresent(Store::close);
        store = Optional.empty();
    }

    @Override
    public Instant instant() {
        return user.orElseThrow().instant();
    }

    @Override
    public void saw(Observation it) {
        user.orElseThrow().saw(it);
    }
}
