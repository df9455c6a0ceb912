package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.state.Outbox;
import dev.assent.state.Outbox.Letter;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmanTest {

    private static final String OPS = "notify:ops";

    @TempDir Path folder;

    private volatile Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<Letter> arrived = new CopyOnWriteArrayList<>();
    private volatile Carrier ops = this::arrive;
    private Store store;
    private Postman postman;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        clock);
        postman = postman();
    }

    @AfterEach
    void close() {
        postman.close();
        store.close();
    }

    @Test
    void letters_arrive_in_the_order_in_which_they_were_put() {
        for (var i = 0; i < 5; i++) put("slot-" + i, "" + i);

        postman.round().join();
        postman.round().join();

        assertThat(arrived).extracting(Letter::body).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void a_recipient_that_is_down_is_tried_less_and_less_often_and_gets_all_when_it_is_back() {
        put("a", "1");
        put("b", "2");
        var tries = new CopyOnWriteArrayList<Instant>();
        ops =
                letter -> {
                    tries.add(now);
                    throw CarryException.passing("it is down");
                };

        for (var second = 0; second < 3_600; second++) {
            postman.round().join();
            now = now.plusSeconds(1);
        }

        // 5, 10, 20 … 640 s, then 15 min: each with the one letter that is first.
        assertThat(tries).hasSizeBetween(11, 13);
        assertThat(Duration.between(tries.get(0), tries.get(1))).isBetween(seconds(4), seconds(6));
        assertThat(Duration.between(tries.get(1), tries.get(2))).isBetween(seconds(9), seconds(11));
        assertThat(Duration.between(tries.get(tries.size() - 2), tries.getLast()))
                .isBetween(Duration.ofMinutes(13), Duration.ofMinutes(16));
        assertThat(store.outbox().troubles(9))
                .singleElement()
                .satisfies(it -> assertThat(it.why()).isEqualTo("it is down"));

        ops = this::arrive;
        now = now.plus(Duration.ofMinutes(15));
        postman.round().join();

        assertThat(arrived).extracting(Letter::body).containsExactly("1", "2");
        assertThat(store.outbox().troubles(9)).isEmpty();
    }

    @Test
    void the_others_get_theirs_meanwhile_even_while_one_takes_its_time() {
        var slow = new CountDownLatch(1);
        var begun = new CopyOnWriteArrayList<String>();
        ops =
                letter -> {
                    begun.add(letter.body());
                    awaited(slow);
                    return arrive(letter);
                };
        put("a", "slow");
        put("b", "behind it");
        store.outbox().put("notify:others", "a", "kind", "quick");

        var round = postman.round();
        await().untilAsserted(() ->
                assertThat(arrived).extracting(Letter::body).containsExactly("quick"));
        var again = postman.round();
        // Whoever is being served is not served by a second one at the same time.
        assertThat(again).isCompleted();
        assertThat(begun).containsExactly("slow");
        slow.countDown();
        round.join();

        assertThat(arrived).extracting(Letter::body).containsExactly("quick", "slow", "behind it");
    }

    @Test
    void what_the_other_side_asks_for_is_waited_for() {
        put("a", "1");
        ops =
                letter -> {
                    throw new CarryException(
                            "too much", true, Optional.of(Duration.ofMinutes(7)), false);
                };
        postman.round().join();
        ops = this::arrive;
        now = now.plus(Duration.ofMinutes(6));
        postman.round().join();
        assertThat(arrived).isEmpty();

        now = now.plus(Duration.ofMinutes(1));
        postman.round().join();

        assertThat(arrived).hasSize(1);
    }

    @Test
    void what_is_refused_for_ever_is_given_up_and_stands_in_nobodys_way() {
        put("a", "bad");
        put("b", "good");
        ops =
                letter -> {
                    if (letter.body().equals("bad")) throw CarryException.forEver("not like this");
                    return arrive(letter);
                };

        postman.round().join();

        assertThat(arrived).extracting(Letter::body).containsExactly("good");
        assertThat(store.outbox().troubles(9))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.givenUp()).isTrue();
                    assertThat(it.why()).isEqualTo("not like this");
                });
    }

    @Test
    void after_three_days_it_is_given_up_and_what_came_later_is_not() {
        put("a", "old");
        ops =
                letter -> {
                    throw CarryException.passing("it is down");
                };
        postman.round().join();
        now = now.plus(Duration.ofDays(2));
        postman.round().join();
        put("b", "new");
        now = now.plus(Duration.ofDays(1));
        postman.round().join();

        assertThat(store.outbox().troubles(9))
                .extracting(it -> it.letter().body() + " " + it.givenUp())
                .containsExactly("old true");
        ops = this::arrive;
        now = now.plus(Duration.ofMinutes(15));
        postman.round().join();

        assertThat(arrived).extracting(Letter::body).containsExactly("new");
    }

    @Test
    void whether_it_arrived_is_unknown_after_a_crash_and_the_carrier_is_told_so() {
        put("a", "1");
        assertThat(store.outbox().sending(store.outbox().due(1).getFirst())).isTrue();
        postman.close();
        store.close();
        open();

        postman.round().join();

        assertThat(arrived).singleElement().satisfies(it -> assertThat(it.uncertain()).isTrue());
    }

    @Test
    void a_newer_letter_that_comes_while_the_old_one_is_sent_is_sent_after_it() {
        ops =
                letter -> {
                    if (letter.body().equals("old")) put("a", "new");
                    return arrive(letter);
                };
        put("a", "old");

        postman.round().join();

        assertThat(arrived).extracting(Letter::body).containsExactly("old", "new");
        assertThat(arrived.getLast().remote()).contains("remote of old");
    }

    @Test
    void a_mistake_in_a_carrier_costs_a_pause_and_its_message_is_shown_nowhere() {
        put("a", "1");
        ops =
                letter -> {
                    throw new IllegalStateException("https://hooks.example.org/hush");
                };
        postman.round().join();

        assertThat(store.outbox().troubles(9).toString()).doesNotContain("hush");
        assertThat(store.outbox().due(9)).isEmpty();
    }

    @Test
    void what_nobody_carries_any_more_is_given_up() {
        store.outbox().put("notify:gone", "a", "kind", "1");
        store.outbox().put("pigeon:post", "a", "kind", "2");

        postman.round().join();

        assertThat(store.outbox().troubles(9))
                .extracting(Outbox.Trouble::givenUp)
                .containsExactly(true, true);
    }

    @Test
    void it_is_woken_by_what_is_put_and_ends_when_it_is_told_to() {
        postman.start();
        put("a", "1");

        await().atMost(Duration.ofSeconds(4))
                .untilAsserted(
                        () -> assertThat(arrived).extracting(Letter::body).containsExactly("1"));
        postman.close();
        put("a", "2");

        assertThat(store.outbox().due(9)).hasSize(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> arrive(Letter letter) {
        arrived.add(letter);
        return Optional.of("remote of " + letter.body());
    }

    private void put(String slot, String body) {
        store.outbox().put(OPS, slot, "kind", body);
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }

    private Postman postman() {
        return new Postman(
                store.outbox(),
                Map.of(
                        "notify",
                        name ->
                                switch (name) {
                                    case "ops" -> Optional.of(it -> ops.carry(it));
                                    case "others" -> Optional.of(this::arrive);
                                    default -> Optional.empty();
                                }),
                clock);
    }
}
