package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.state.Outbox.Draft;
import dev.assent.state.Outbox.Letter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

    private static final String OPS = "notify:ops";
    private static final Duration PAUSE = Duration.ofMinutes(1);

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
    void letters_come_out_in_the_order_in_which_they_were_put_and_once() {
        put("a", "1");
        put("b", "2");

        assertThat(bodies()).containsExactly("1", "2");
        send(due("a"), "17");

        assertThat(bodies()).containsExactly("2");
    }

    @Test
    void the_same_words_of_a_slot_are_put_once_whether_they_were_sent_or_not() {
        put("a", "same");
        put("a", "same");
        assertThat(bodies()).containsExactly("same");

        send(due("a"), "17");
        put("a", "same");

        assertThat(bodies()).isEmpty();
    }

    @Test
    void an_unsent_letter_is_replaced_by_a_newer_one_of_its_slot() {
        put("a", "old");
        put("b", "other");
        var old = due("a");
        put("a", "new");

        assertThat(bodies()).containsExactly("other", "new");
        assertThat(outbox().sending(old)).isFalse();
    }

    @Test
    void one_that_is_replaced_while_it_is_sent_is_followed_by_the_newer_one() {
        put("a", "old");
        var old = due("a");
        outbox().sending(old);
        put("a", "new");

        assertThat(bodies()).isEmpty();
        outbox().sent(old, Optional.of("17"));

        assertThat(due("a"))
                .satisfies(it -> {
                    assertThat(it.body()).isEqualTo("new");
                    assertThat(it.remote()).contains("17");
                    assertThat(it.uncertain()).isFalse();
                });
    }

    @Test
    void what_is_not_known_of_a_letter_is_not_known_of_the_one_in_its_place() {
        put("a", "old");
        var old = due("a");
        outbox().sending(old);
        put("a", "new");
        outbox().failed(old, Duration.ZERO, true, "no answer");
        assertThat(bodies()).containsExactly("new");
        assertThat(due("a").uncertain()).isTrue();

        put("a", "newest");

        assertThat(due("a").uncertain()).isTrue();
    }

    @Test
    void after_a_crash_between_sending_and_sent_nobody_knows_whether_it_arrived() {
        put("a", "1");
        put("b", "2");
        outbox().sending(due("a"));

        room.reopen();
        outbox().takeUp();

        assertThat(outbox().due(9)).extracting(Letter::uncertain).containsExactly(true, false);
        assertThat(due("a").attempts()).isEqualTo(1);
    }

    @Test
    void a_crash_while_a_newer_one_waited_leaves_the_newer_one() {
        put("a", "old");
        outbox().sending(due("a"));
        put("a", "new");

        room.reopen();
        outbox().takeUp();

        assertThat(bodies()).containsExactly("new");
        assertThat(due("a").uncertain()).isTrue();
    }

    @Test
    void a_recipient_that_fails_pauses_with_all_its_letters_and_no_other_one_does() {
        put("a", "1");
        put("b", "2");
        outbox().put("notify:others", "a", "kind", "3");
        var letter = due("a");
        outbox().sending(letter);
        outbox().failed(letter, PAUSE, false, "it is down");

        assertThat(bodies()).containsExactly("3");
        room.reopen();
        outbox().takeUp();
        assertThat(bodies()).containsExactly("3");
        room.time().pass(PAUSE);

        assertThat(bodies()).containsExactly("1", "2", "3");
        assertThat(outbox().failures(OPS)).isEqualTo(1);
        send(due("a"), "17");
        assertThat(outbox().failures(OPS)).isZero();
    }

    @Test
    void many_letters_to_one_crowd_out_no_other() {
        for (var i = 0; i < 20; i++) put("slot-" + i, "body");
        outbox().put("notify:others", "a", "kind", "theirs");

        assertThat(outbox().due(3)).extracting(Letter::body).contains("theirs").hasSize(3);
    }

    @Test
    void what_was_given_up_and_what_is_tried_again_can_be_seen() {
        put("a", "1");
        put("b", "2");
        put("c", "3");
        outbox().givenUp(due("a"), "it is refused");
        var trying = due("b");
        outbox().sending(trying);
        outbox().failed(trying, PAUSE, true, "no answer");

        assertThat(outbox().troubles(9))
                .extracting(it -> it.letter().slot() + " " + it.givenUp() + " " + it.why())
                .containsExactly("b false no answer", "a true it is refused");
        put("a", "anew");
        assertThat(outbox().troubles(9)).extracting(it -> it.letter().slot()).containsExactly("b");
    }

    @Test
    void what_a_slot_became_is_remembered_though_old_letters_are_dropped() throws Exception {
        put("a", "1");
        send(due("a"), "17");
        put("a", "2");
        outbox().sent(due("a"), Optional.empty());
        put("b", "1");
        send(due("b"), "18");

        outbox().tidy();
        assertThat(room.count("letter")).isEqualTo(3);
        room.time().pass(Duration.ofDays(31));
        outbox().tidy();

        assertThat(room.count("letter")).isEqualTo(2);
        assertThat(outbox().remote(OPS, "a")).contains("17");
        assertThat(outbox().remote(OPS, "nothing")).isEmpty();
        put("a", "2");
        assertThat(bodies()).isEmpty();
    }

    @Test
    void what_is_put_in_a_decision_that_fails_was_never_put_and_wakes_nobody() {
        var woken = new ArrayList<String>();
        outbox().whenPut(() -> woken.add("woken"));
        try (var database = room.beside()) {
            assertThatThrownBy(() ->
                            database.change(handle -> {
                                outbox().put(handle, OPS, "a", "kind", "1");
                                throw new IllegalStateException("thought better of");
                            }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(bodies()).isEmpty();
        assertThat(woken).isEmpty();
        put("a", "1");
        assertThat(woken).hasSize(1);
    }

    @Test
    void a_new_recipient_hears_of_what_happens_from_then_on_and_of_each_thing_once() {
        room.store().audit().note("ada", "old.news", Room.SHOP, "");
        var before = outbox().heard(OPS);
        room.store().audit().note("ada", "new.news", Room.SHOP, "");

        var news = room.store().audit().after(before, 9);
        assertThat(news).extracting(AuditEntry::what).containsExactly("new.news");
        outbox().tell(OPS, news.getLast().number(), List.of(new Draft(OPS, "2", "news", "it")));
        room.reopen();
        outbox().takeUp();

        assertThat(outbox().heard(OPS)).isEqualTo(news.getLast().number());
        assertThat(bodies()).containsExactly("it");
    }

    private Outbox outbox() {
        return room.store().outbox();
    }

    private void put(String slot, String body) {
        outbox().put(OPS, slot, "kind", body);
    }

    private List<String> bodies() {
        return outbox().due(99).stream().map(Letter::body).toList();
    }

    private Letter due(String slot) {
        return outbox().due(99).stream()
                .filter(it -> it.slot().equals(slot))
                .findFirst()
                .orElseThrow();
    }

    private void send(Letter letter, String remote) {
        outbox().sending(letter);
        outbox().sent(letter, Optional.of(remote));
    }
}
