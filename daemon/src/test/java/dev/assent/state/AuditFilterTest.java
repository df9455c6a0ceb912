package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.creating;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody looks for in the audit trail.
class AuditFilterTest {

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
    void the_entries_of_one_plan_are_found() {
        var plan = room.approved(SHOP, creating(MAIN));
        room.approved(BLOG, creating(MAIN));

        assertThat(
                        what(
                                new AuditFilter(
                                        Optional.empty(),
                                        Optional.of(plan.digest()),
                                        Optional.empty())))
                .containsExactly("plan.approved", "plan.proposed");
    }

    @Test
    void what_happened_since_a_moment_is_found_with_what_happened_at_it() {
        room.store().audit().note("ada", "first.noted", SHOP, "");
        room.time().pass(Duration.ofMillis(500));
        var half = room.time().instant();
        room.store().audit().note("ada", "second.noted", SHOP, "");
        room.time().pass(Duration.ofMillis(500));
        room.store().audit().note("ada", "third.noted", SHOP, "");

        assertThat(what(since(half))).containsExactly("third.noted", "second.noted");
        assertThat(what(since(room.time().instant()))).containsExactly("third.noted");
        assertThat(what(since(room.time().instant().plusSeconds(1)))).isEmpty();
    }

    @Test
    void all_that_is_given_has_to_hold() {
        var plan = room.approved(SHOP, creating(MAIN));

        assertThat(
                        what(
                                new AuditFilter(
                                        Optional.of(BLOG),
                                        Optional.of(plan.digest()),
                                        Optional.empty())))
                .isEmpty();
    }

    private static AuditFilter since(Instant moment) {
        return new AuditFilter(Optional.empty(), Optional.empty(), Optional.of(moment));
    }

    private List<String> what(AuditFilter filter) {
        return room.store().audit().newest(filter, 100).stream().map(AuditEntry::what).toList();
    }
}
