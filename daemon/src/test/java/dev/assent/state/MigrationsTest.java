package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records of every version that there was, brought to the newest one.
@Tag("sqlite")
class MigrationsTest {

    @TempDir static Path made;

    private static SecretKeyFile key;

    @TempDir Path folder;

    private Path file;

    static IntStream versions() {
        return IntStream.range(1, Schema.VERSION);
    }

    @BeforeAll
    static void make() {
        key = SecretKeyFile.readOrCreate(made.resolve("secret.key"));
        OldRecord.all(made, key);
    }

    @BeforeEach
    void start() {
        file = folder.resolve("state.db");
    }

    private OldRecord old(int version) throws IOException {
        Files.copy(made.resolve(version + ".db"), file);
        return OldRecord.at(file, key);
    }

    private Store open() {
        return Store.open(file, key, InstantSource.system());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void every_row_is_still_there_and_refers_to_what_is_there(int version) throws IOException {
        var old = old(version);
        var before = old.rows();
        assertThat(before).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

        open().close();

        var after = old.rows();
        before.forEach((table, rows) ->
                assertThat(rows)
                        .as(table)
                        .allSatisfy(row ->
                                assertThat(after.get(table))
                                        .anySatisfy(it ->
                                                assertThat(it)
                                                        .containsAllEntriesOf(
                                                                unsealed(table, row)))));
        before.forEach((table, rows) -> assertThat(after.get(table)).as(table).hasSameSizeAs(rows));
        assertThat(old.dangling()).isEmpty();
    }

    /// A row without what is written anew when everything is sealed.
    private static Map<String, Object> unsealed(String table, Map<String, Object> row) {
        var rest = new TreeMap<>(row);
        rest.remove("seal");
        if (table.equals("key_check")) rest.remove("sealed");
        return rest;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void the_schema_is_that_of_a_record_made_today(int version) throws IOException {
        var old = old(version);
        open().close();

        var fresh = folder.resolve("fresh.db");
        Store.open(fresh, key, InstantSource.system()).close();

        assertThat(old.schema()).isEqualTo(OldRecord.at(fresh, key).schema());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void it_still_means_what_it_meant(int version) throws IOException {
        old(version);

        try (var store = open()) {
            groups(store, version);
            plans(store, version);
            assertThat(store.journal().entries(OldRecord.DONE.digest(), 0))
                    .extracting(JournalEntry::number)
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(store.audit().firstBroken()).isEmpty();
            assertThat(store.credentials().get(SHOP, MAIN).orElseThrow().password().reveal())
                    .isEqualTo("the old password");
            assertThat(store.redeploys().inForce(SHOP).orElseThrow().values())
                    .isEqualTo(Map.of("A", "1"));
            if (version >= 4) {
                assertThat(store.externals().of(SHOP).getFirst().password().orElseThrow().reveal())
                        .isEqualTo("far away");
            }
            if (version >= 8) {
                assertThat(store.tokens().recognise("a token"))
                        .isInstanceOf(Recognised.Valid.class);
            }
            if (version >= 9) {
                assertThat(store.outbox().remote("notify:ops", "a")).contains("comment-4");
            }
        }
    }

    private static void groups(Store store, int version) {
        var record = store.records().of(SHOP);
        assertThat(record.serial()).isEqualTo(2);
        var main = record.group(MAIN).orElseThrow();
        assertThat(main.servers())
                .extracting(it -> it.name().name())
                .startsWith(
                        version >= 13
                                ? new String[] {"main-c", "main-b", "main-a"}
                                : new String[] {"main-b", "main-a"});
        assertThat(main.standing().declared()).isTrue();
        assertThat(main.standing().primary()).isTrue();
        assertThat(record.group(group("redis/asked")).orElseThrow().standing().declared())
                .isFalse();
        if (version >= 3) {
            var copy = record.group(group("postgresql/copy")).map(RecordedGroup::standing);
            assertThat(copy.orElseThrow().isProtected()).isTrue();
            assertThat(copy.orElseThrow().replicatesFrom().orElseThrow())
                    .hasToString("shop/production/postgresql/main");
        }
    }

    private static GroupName group(String text) {
        return GroupName.parse(text).orElseThrow();
    }

    private static void plans(Store store, int version) {
        var done = plan(store, OldRecord.DONE.digest().toString());
        assertThat(done.plan()).isEqualTo(OldRecord.DONE);
        assertThat(done.state()).isEqualTo(PlanState.APPLIED);
        assertThat(done.assents())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.who()).isEqualTo("ada");
                    // Until there were policies whoever said yes held the admin's token.
                    assertThat(it.person()).isEqualTo(Assent.ADMIN);
                    assertThat(it.changes()).containsExactly("c1");
                });
        var ended = plan(store, OldRecord.ENDED.digest().toString());
        assertThat(ended.supersededBy()).contains(OldRecord.WAITING.digest());
        if (version >= 5) {
            var asked = plan(store, OldRecord.ASKED.digest().toString());
            assertThat(asked.asked().orElseThrow().request()).isEqualTo(OldRecord.REQUEST);
            assertThat(asked.asked().orElseThrow().person()).isEqualTo(Assent.ADMIN);
            assertThat(asked.plan().application()).isEqualTo(BLOG);
        }
        var waiting = plan(store, OldRecord.WAITING.digest().toString());
        assertThat(waiting.assents())
                .extracting(Assent::who)
                .isEqualTo(version >= 7 ? List.of("ben", "Dora") : List.of("ben"));
        assertThat(store.plans().start(waiting.digest(), "ben", _ -> new Clearance.Clear()))
                .isInstanceOf(Start.Started.class);
    }

    private static StoredPlan plan(Store store, String digest) {
        return store.plans().find(digest).orElseThrow();
    }

    @Test
    void a_migration_that_fails_leaves_the_record_as_it_was_and_usable() throws IOException {
        var old = old(14);
        // In the way of the next migration, which has done something before.
        old.jdbi().useHandle(it -> it.execute("CREATE TABLE lease (name TEXT) STRICT"));
        var before = old.rows();
        var schema = old.schema();

        assertThatThrownBy(() -> open().close())
                .isInstanceOf(StateException.class)
                .hasMessageContaining("cannot open the record in " + file)
                .hasMessageContaining("lease");

        assertThat(old.rows()).isEqualTo(before);
        assertThat(old.schema()).isEqualTo(schema);
        assertThat(old.dangling()).isEmpty();
        old.jdbi().useHandle(it -> it.execute("DROP TABLE lease"));
        try (var store = open()) {
            assertThat(store.audit().newest(Optional.of(SHOP), 9)).hasSize(2);
        }
    }
}
