package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordExportTest {

    @TempDir Path folder;

    private Room room;
    private Path elsewhere;

    @BeforeEach
    void open() throws IOException {
        room = new Room(Files.createDirectory(folder.resolve("record")));
        elsewhere = folder.resolve("elsewhere");
        room.built(SHOP, MAIN);
        var old = room.proposed(SHOP, creating(SPARE, false));
        room.plans().propose(room.plan(SHOP, Room.removing(MAIN)), Room.commit("b2"));
        assertThat(room.stored(old).supersededBy()).isPresent();
        room.plans()
                .ask(
                        room.plan(Room.BLOG, creating(MAIN)),
                        Provenance.NONE,
                        new Asked(
                                new dev.assent.plan.Request.AddGroup(
                                        MAIN, Optional.empty(), Optional.empty()),
                                "ada \u00e4 \"quoted\"\n",
                                "ada"),
                        Optional.of(Secret.of("a password to enter with")));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static byte[] export(Store store) {
        var out = new ByteArrayOutputStream();
        store.export(out);
        return out.toByteArray();
    }

    private long into(byte[] export) {
        return RecordImport.into(
                elsewhere, SecretKeyFile.read(room.key()), new ByteArrayInputStream(export));
    }

    @Test
    void exported_imported_and_exported_again_it_is_the_same_to_the_byte() {
        var first = export(room.store());

        var rows = into(first);

        try (var store =
                Store.open(
                        elsewhere.resolve("assent.db"),
                        SecretKeyFile.read(room.key()),
                        room.time())) {
            assertThat(export(store)).isEqualTo(first);
            assertThat(store.records().of(SHOP)).isEqualTo(room.store().records().of(SHOP));
            assertThat(store.plans().list(Optional.empty(), 100))
                    .isEqualTo(room.plans().list(Optional.empty(), 100));
            assertThat(store.audit().verify().found()).isEmpty();
            store.audit().note("ada", "test.noted", SHOP, "it goes on");
            assertThat(store.audit().verify().found()).isEmpty();
        }
        assertThat(rows).isEqualTo(text(first).lines().count() - 2);
        assertThat(text(first)).doesNotContain("a password to enter with");
    }

    /// That PostgreSQL has the same tables is seen elsewhere.
    @Test
    @Tag("sqlite")
    void every_table_of_the_record_is_in_it_unless_it_is_named_here() throws SQLException {
        try (var connection = room.connect();
                var statement = connection.createStatement();
                var tables =
                        statement.executeQuery(
                                "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)")) {
            var all = tables.getString(1).split(",");
            var known = RecordTables.of(connection).stream().map(RecordTables.Table::name).toList();
            assertThat(all)
                    .filteredOn(it -> !known.contains(it))
                    .containsExactlyInAnyOrder(
                            "flyway_schema_history", "lease", "sqlite_sequence", "writable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "edit", "lose", "schema", "other"})
    void what_is_not_whole_makes_no_record(String how) {
        var whole = text(export(room.store()));
        var bad =
                switch (how) {
                    case "cut" -> whole.substring(0, whole.length() / 2);
                    case "edit" -> whole.replaceFirst("main-1", "evil-1");
                    case "lose" -> whole.replaceFirst("\\{\"table\":\"journal\".*\n", "");
                    case "schema" -> whole.replaceFirst("\"schema\":[0-9]+", "\"schema\":3");
                    default -> "something else\n";
                };
        assertThat(bad).isNotEqualTo(whole);

        assertThatThrownBy(() -> into(bad.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("nothing was imported");

        assertThat(elsewhere.resolve("assent.db")).doesNotExist();
    }

    @Test
    void a_record_that_is_there_is_left_as_it_is() throws IOException {
        var export = export(room.store());
        into(export);
        var before = Files.readAllBytes(elsewhere.resolve("assent.db"));

        assertThatThrownBy(() -> into(export))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("it is left as it is");

        assertThat(elsewhere.resolve("assent.db")).hasBinaryContent(before);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
