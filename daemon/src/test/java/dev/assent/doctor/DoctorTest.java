package dev.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.doctor.Finding.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private interface Look {
        Finding look() throws Exception;
    }

    private record Told(String subject, Look by) implements Check {
        @Override
        public Finding look() throws Exception {
            return by.look();
        }
    }

    @Test
    void checks_look_at_the_same_time_and_are_told_of_in_order() {
        var together = new CyclicBarrier(3);
        Look meeting =
                () -> {
                    together.await(5, TimeUnit.SECONDS);
                    return Finding.fine("met");
                };

        var all =
                examined(
                        Duration.ofSeconds(10),
                        new Told("a", meeting),
                        new Told("b", meeting),
                        new Told("c", meeting));

        assertThat(all).extracting(Diagnosis::subject).containsExactly("a", "b", "c");
        assertThat(all).extracting(it -> it.finding().found()).containsOnly("met");
    }

    @Test
    void one_that_takes_too_long_is_given_up_and_the_others_are_told_of() throws Exception {
        var interrupted = new CountDownLatch(1);
        Look endless =
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return Finding.fine("never");
                };

        var all =
                examined(
                        Duration.ofMillis(100),
                        new Told("slow", endless),
                        new Told("quick", () -> Finding.fine("done")));

        assertThat(all.getFirst().finding().verdict()).isEqualTo(Verdict.WARNING);
        assertThat(all.getFirst().finding().found()).contains("took longer than");
        assertThat(all.getLast().finding()).isEqualTo(Finding.fine("done"));
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_a_check_throws_is_a_trouble() {
        var all =
                examined(
                        Duration.ofSeconds(10),
                        new Told(
                                "a",
                                () -> {
                                    throw new IllegalStateException("it is broken");
                                }));

        assertThat(all.getFirst().finding()).isEqualTo(Finding.trouble("it is broken"));
    }

    @Test
    void what_an_exception_says_to_do_is_said_as_what_to_do() {
        assertThat(Finding.trouble("a.git: looking failed: no connection. Check the URL. Now."))
                .isEqualTo(
                        Finding.trouble(
                                "a.git: looking failed: no connection", "Check the URL. Now."));
        assertThat(Finding.trouble("it can be read by others; mend that: chmod 600 x.key"))
                .isEqualTo(
                        Finding.trouble("it can be read by others", "mend that: chmod 600 x.key"));
    }

    private static List<Diagnosis> examined(Duration patience, Check... checks) {
        var all = new ArrayList<Diagnosis>();
        new Doctor(patience).examine(List.of(checks), all::add);
        return all;
    }
}
