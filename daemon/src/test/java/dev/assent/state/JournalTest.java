package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.JournalEntry.Event;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir Path folder;

    @Test
    void entries_are_read_in_order_from_after_the_last_one_that_was_seen() {
        try (var room = new Room(folder)) {
            var shop = room.started(SHOP, creating(MAIN));
            var blog = room.started(BLOG, creating(MAIN));
            var journal = room.store().journal();
            journal.started(shop, "c1.1", "build server");
            journal.started(blog, "c1.1", "build server");
            journal.progress(shop, "c1.1", "unpacking");
            var seen = journal.entries(shop.digest(), 0).getLast().number();

            journal.done(shop, "c1.1", "listens on 127.0.0.1:20001");
            journal.failed(shop, "c1.2", "no disk");

            assertThat(journal.entries(shop.digest(), 0))
                    .extracting(JournalEntry::event)
                    .containsExactly(Event.STARTED, Event.PROGRESS, Event.DONE, Event.FAILED);
            assertThat(journal.entries(shop.digest(), seen))
                    .extracting(JournalEntry::message)
                    .containsExactly("listens on 127.0.0.1:20001", "no disk");
            assertThat(journal.entries(blog.digest(), 0))
                    .singleElement()
                    .satisfies(it -> assertThat(it.number()).isBetween(2L, seen - 1));
        }
    }

    @Test
    void a_step_is_done_once_and_only_for_its_own_plan() {
        try (var room = new Room(folder)) {
            var shop = room.started(SHOP, creating(MAIN));
            var blog = room.started(BLOG, creating(MAIN));
            var journal = room.store().journal();
            journal.started(shop, "c1.1", "build server");
            assertThat(journal.isDone(shop, "c1.1")).isFalse();

            journal.done(shop, "c1.1", "built");
            journal.done(shop, "c1.1", "built");

            assertThat(journal.isDone(shop, "c1.1")).isTrue();
            assertThat(journal.isDone(shop, "c1.2")).isFalse();
            assertThat(journal.isDone(blog, "c1.1")).isFalse();
            assertThat(journal.entries(shop.digest(), 0)).hasSize(2);
        }
    }

    @Test
    void a_step_that_was_undone_is_to_be_done_again_and_can_be() {
        try (var room = new Room(folder)) {
            var first = room.started(SHOP, creating(MAIN));
            var journal = room.store().journal();
            journal.done(first, "c1.1", "built");
            journal.done(first, "c1.2", "built");

            journal.undone(first, "c1.1", "c1.3 failed");

            assertThat(journal.isDone(first, "c1.1")).isFalse();
            assertThat(journal.isDone(first, "c1.2")).isTrue();

            room.plans().failed(first, "no disk");
            var second = room.start(first.plan());
            assertThat(journal.isDone(second, "c1.1")).isFalse();
            journal.done(second, "c1.1", "built again");
            assertThat(journal.isDone(second, "c1.1")).isTrue();
        }
    }

    @Test
    void what_fails_after_a_step_does_not_make_it_one_that_is_to_be_done_again() {
        try (var room = new Room(folder)) {
            var approval = room.started(SHOP, creating(MAIN));
            var journal = room.store().journal();
            room.store().records().groupCreated(approval, "c1.2", group(MAIN, true));

            journal.failed(approval, "c1.2", "the server has gone away");

            assertThat(journal.isDone(approval, "c1.2")).isTrue();
            assertThat(journal.last(approval, "c1.2").state()).isEqualTo(StepState.DONE);
        }
    }

    @Test
    void how_long_steps_took_is_known_of_those_that_were_done_the_newest_first() {
        try (var room = new Room(folder)) {
            var approval = room.started(SHOP, creating(MAIN));
            var journal = room.store().journal();
            journal.started(approval, "c1.1", "build server a");
            room.time().pass(Duration.ofSeconds(2));
            journal.done(approval, "c1.1", "build server a: listens");
            journal.started(approval, "c1.2", "build server b");
            room.time().pass(Duration.ofHours(1));
            // After a crash it goes on where it was.
            journal.started(approval, "c1.2", "build server b");
            room.time().pass(Duration.ofSeconds(3));
            journal.done(approval, "c1.2", "build server b: listens");
            journal.started(approval, "c1.3", "build server c");
            journal.failed(approval, "c1.3", "no disk");

            assertThat(journal.times(10))
                    .containsExactly(
                            new StepTime("build server b", Duration.ofSeconds(3)),
                            new StepTime("build server a", Duration.ofSeconds(2)));
            assertThat(journal.times(1)).hasSize(1);
        }
    }
}
