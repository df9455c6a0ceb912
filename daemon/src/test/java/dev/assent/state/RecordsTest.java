package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static dev.assent.state.Room.removing;
import static dev.assent.state.Room.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.model.Backups;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.state.JournalEntry.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {

    private static final GroupName REDIS = GroupName.parse("redis/main").orElseThrow();

    @TempDir Path folder;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void of_an_application_of_which_nothing_was_built_there_is_nothing() {
        room.proposed(SHOP, creating(MAIN));

        assertThat(room.store().records().of(SHOP)).isEqualTo(Recorded.nothing(SHOP));
        assertThat(room.store().records().all()).isEmpty();
    }

    @Test
    void a_group_that_has_lost_its_servers_is_not_taken_for_one_that_never_was()
            throws SQLException {
        room.built(SHOP, MAIN);
        room.directly("DELETE FROM server");

        assertThatThrownBy(() -> room.store().records().of(SHOP))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("without a server");
    }

    @Test
    void a_group_is_read_back_as_it_was_recorded() {
        var approval = room.started(SHOP, creating(REDIS));
        var specification =
                new Specification(
                        Variant.REDIS,
                        Optional.of(new Version("5.10")),
                        new TreeMap<>(Map.of("memory", "1 \"GB\"", "größe", "1")));
        var spec =
                new ServerSpec(new ServerName("cache-1"), new TreeMap<>(Map.of("region", "eu:1")));
        var group =
                new RecordedGroup(
                        REDIS,
                        specification,
                        Origin.ADOPTED,
                        new Standing(
                                true,
                                true,
                                true,
                                Optional.of(new GroupAddress(BLOG, REDIS)),
                                Optional.of(
                                        new Backups(
                                                "0 3 * * *",
                                                7,
                                                Backups.Kind.BINARY,
                                                true,
                                                List.of("a"),
                                                false))),
                        List.of(
                                new RecordedServer(spec, new Endpoint("::1", 20_001)),
                                server("cache-2")));

        room.store().records().groupCreated(approval, "c1.2", group);

        assertThat(room.store().records().of(SHOP))
                .isEqualTo(new Recorded(SHOP, 1, List.of(group)));
        assertThat(room.store().records().all()).hasSize(1);
        assertThat(room.store().records().of(BLOG)).isEqualTo(Recorded.nothing(BLOG));
    }

    @Test
    void each_change_raises_the_serial_by_one_and_is_journalled_and_audited() {
        var approval = room.started(SHOP, creating(MAIN));
        var records = room.store().records();

        records.groupCreated(approval, "c1.2", group(MAIN, true));
        records.serverAdded(approval, "c2.2", MAIN, server("main-2"));
        records.serverRemoved(approval, "c3.2", MAIN, new ServerName("main-2"));
        records.groupRemoved(approval, "c4.2", MAIN);

        assertThat(records.of(SHOP)).isEqualTo(new Recorded(SHOP, 4, List.of()));
        assertThat(records.of(SHOP).neverBuilt()).isFalse();
        assertThat(room.store().journal().entries(approval.digest(), 0))
                .allMatch(it -> it.event() == Event.DONE)
                .extracting(JournalEntry::step)
                .containsExactly("c1.2", "c2.2", "c3.2", "c4.2");
        assertThat(room.store().audit().newest(Optional.of(SHOP), 4))
                .extracting(AuditEntry::what, AuditEntry::detail)
                .containsExactly(
                        tuple("group.removed", "postgresql/main"),
                        tuple("server.removed", "main-2 from postgresql/main"),
                        tuple("server.added", "main-2 to postgresql/main"),
                        tuple("group.created", "postgresql/main with 1 server"));
    }

    @Test
    void repeating_what_is_written_does_nothing() {
        var approval = room.started(SHOP, creating(MAIN));
        var records = room.store().records();
        records.groupCreated(approval, "c1.2", group(MAIN, true));
        records.serverAdded(approval, "c2.2", MAIN, server("main-2"));
        var before = records.of(SHOP);
        var trail = room.store().audit().newest(Optional.empty(), 100);

        records.groupCreated(approval, "c1.2", group(MAIN, true));
        records.serverAdded(approval, "c2.2", MAIN, server("main-2"));

        assertThat(records.of(SHOP)).isEqualTo(before);
        assertThat(room.store().journal().entries(approval.digest(), 0)).hasSize(2);
        assertThat(room.store().audit().newest(Optional.empty(), 100)).isEqualTo(trail);
    }

    @Test
    void a_change_that_does_not_fit_the_record_is_refused_whole() {
        room.built(SHOP, MAIN);
        var approval = room.started(SHOP, creating(SPARE));
        var records = room.store().records();
        var before = records.of(SHOP);

        assertThatThrownBy(() -> records.groupCreated(approval, "c1.1", group(MAIN, true)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(
                        "the record of shop/production holds postgresql/main already");
        assertThatThrownBy(() -> records.groupRemoved(approval, "c1.2", SPARE))
                .hasMessageContaining("holds no postgresql/spare");
        assertThatThrownBy(() -> records.serverAdded(approval, "c1.3", SPARE, server("x")))
                .hasMessageContaining("holds no postgresql/spare");
        assertThatThrownBy(() -> records.serverAdded(approval, "c1.4", MAIN, server("main-1")))
                .hasMessageContaining("holds main-1 in postgresql/main already");
        assertThatThrownBy(() ->
                        records.serverRemoved(approval, "c1.5", MAIN, new ServerName("main-9")))
                .hasMessageContaining("holds no main-9 in postgresql/main");
        assertThatThrownBy(() ->
                        records.serverRemoved(approval, "c1.6", MAIN, new ServerName("main-1")))
                .hasMessageContaining("keeps main-1, the primary server of postgresql/main");

        assertThat(records.of(SHOP)).isEqualTo(before);
        assertThat(room.store().journal().entries(approval.digest(), 0)).isEmpty();
    }

    @Test
    void two_groups_may_share_a_server_of_one_name() {
        var approval = room.started(SHOP, creating(MAIN));

        room.store().records().groupCreated(approval, "c1.1", group(MAIN, true, server("one")));
        room.store().records().groupCreated(approval, "c2.1", group(REDIS, true, server("one")));

        assertThat(room.store().records().of(SHOP).groups()).hasSize(2);
    }

    @Test
    void only_an_approval_that_is_being_applied_changes_the_record() {
        var approval = room.started(SHOP, creating(MAIN));
        room.plans().applied(approval);

        assertThatThrownBy(() ->
                        room.store().records().groupCreated(approval, "c1.2", group(MAIN, true)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("nothing was written");

        assertThat(room.store().records().of(SHOP)).isEqualTo(Recorded.nothing(SHOP));
    }

    @Test
    void the_first_group_of_an_engine_becomes_primary_and_stays_it() {
        room.built(SHOP, MAIN);
        assertThat(primaries()).containsExactly(MAIN);

        var approval = room.started(SHOP, creating(SPARE), creating(REDIS, false));
        room.store().records().groupCreated(approval, "c1.2", group(SPARE, true));
        room.store().records().groupCreated(approval, "c2.2", group(REDIS, false));

        assertThat(primaries()).containsExactly(MAIN, REDIS);
    }

    @Test
    void of_two_new_groups_the_one_that_is_planned_to_be_primary_is() {
        var approval = room.started(SHOP, creating(MAIN, false), creating(SPARE, true));

        room.store().records().groupCreated(approval, "c1.2", group(MAIN, false));
        room.store().records().groupCreated(approval, "c2.2", group(SPARE, true));

        assertThat(primaries()).containsExactly(SPARE);
    }

    @Test
    void when_the_primary_group_goes_the_oldest_remaining_one_of_its_engine_takes_over() {
        var last = GroupName.parse("postgresql/a-later-one").orElseThrow();
        room.built(SHOP, MAIN, SPARE, last, REDIS);
        var approval = room.started(SHOP, removing(MAIN));

        room.store().records().groupRemoved(approval, "c1.2", MAIN);

        assertThat(primaries()).containsExactly(SPARE, REDIS);
    }

    @Test
    void when_another_group_goes_the_primary_one_stays_it() {
        room.built(SHOP, MAIN, SPARE);
        var approval = room.started(SHOP, removing(SPARE));

        room.store().records().groupRemoved(approval, "c1.2", SPARE);

        assertThat(primaries()).containsExactly(MAIN);
    }

    @Test
    void the_credentials_go_with_their_group_alone() {
        room.built(SHOP, MAIN, SPARE);
        room.store().credentials().getOrCreate(SHOP, MAIN);
        var spare = room.store().credentials().getOrCreate(SHOP, SPARE);
        var approval = room.started(SHOP, removing(MAIN));

        room.store().records().groupRemoved(approval, "c1.2", MAIN);

        assertThat(room.store().credentials().get(SHOP, MAIN)).isEmpty();
        assertThat(room.store().credentials().get(SHOP, SPARE)).contains(spare);
    }

    private List<GroupName> primaries() {
        return room.store().records().of(SHOP).groups().stream()
                .filter(RecordedGroup::primary)
                .map(RecordedGroup::name)
                .toList();
    }
}
