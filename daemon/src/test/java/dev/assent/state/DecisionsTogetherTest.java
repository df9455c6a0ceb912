package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.state.Plans.Proposal;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionsTogetherTest {

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
    void each_finds_what_those_before_it_wrote() {
        var plan = room.plan(Room.SHOP, Room.creating(Room.MAIN));

        room.store()
                .together(() -> {
                    assertThat(propose("a1")).isEqualTo(Proposal.NEW);
                    assertThat(propose("a2")).isEqualTo(Proposal.KNOWN);
                    assertThat(room.plans().open()).hasSize(1);
                });

        assertThat(room.stored(plan).state()).isEqualTo(PlanState.PROPOSED);
        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @Test
    void nobody_else_sees_any_before_all_are_written() {
        room.store()
                .together(() -> {
                    propose("a1");
                    var seen = CompletableFuture.supplyAsync(() -> room.plans().open());
                    assertThat(seen.join()).isEmpty();
                });

        assertThat(room.plans().open()).hasSize(1);
    }

    @Test
    void one_that_fails_leaves_nothing_behind_and_no_other_out() {
        try (var database = room.beside()) {
            database.together(() -> {
                database.change(it -> insert(it, "before"));
                assertThatThrownBy(() ->
                                database.change(it -> {
                                    insert(it, "half");
                                    throw new StateException("no");
                                }))
                        .hasMessage("no");
                assertThatThrownBy(() -> database.change(it -> it.execute("no SQL")))
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining("cannot write the record in ");
                database.change(it -> insert(it, "after"));
            });

            var names =
                    database.read(it ->
                            it.select("SELECT name FROM application").mapTo(String.class).list());
            assertThat(names).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void what_ends_with_an_exception_was_not_decided_at_all() {
        assertThatThrownBy(() ->
                        room.store()
                                .together(() -> {
                                    propose("a1");
                                    throw new IllegalStateException("no");
                                }))
                .hasMessage("no");

        assertThat(room.plans().open()).isEmpty();
        assertThat(propose("a1")).isEqualTo(Proposal.NEW);
    }

    @Test
    void even_then_no_decision_is_taken_inside_another_one() {
        try (var database = room.beside()) {
            assertThatThrownBy(() ->
                            database.together(() ->
                                    database.change(
                                            _ -> database.change(it -> insert(it, "inside")))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a decision cannot be taken inside another one");
        }
    }

    private Proposal propose(String commit) {
        var plan = Room.plan(Room.SHOP, 0, Room.creating(Room.MAIN));
        return room.plans().propose(plan, Room.commit(commit));
    }

    private static void insert(Handle handle, String application) {
        handle.execute("INSERT INTO application (name) VALUES (?)", application);
    }
}
