package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.assent.source.HeadPattern;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real Quartz jobs, over polls that tests hold and let go.
class PollJobsTest {

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private final AtomicLong nanos = new AtomicLong();
    private final Pulse pulse = new Pulse(nanos::get);
    private final AtomicReference<Repository> last = new AtomicReference<>();
    private final PollJobs jobs =
            new PollJobs(
                    this::poll,
                    () -> {},
                    List.of(repository("platform"), repository("shop")),
                    pulse,
                    Duration.ofSeconds(60),
                    new JobStore.Alone(),
                    InstantSource.system());

    private boolean poll(Repository repository) {
        if (!repository.name().equals("platform")) return true;
        last.set(repository);
        var atOnce = started.incrementAndGet() - ended.get();
        mostAtOnce.accumulateAndGet(atOnce, Math::max);
        go.acquireUninterruptibly();
        ended.incrementAndGet();
        return true;
    }

    @AfterEach
    void close() {
        go.release(1000);
        jobs.close();
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_repository_that_rests_is_polled_at_once() {
        jobs.start();
        poll(1);

        jobs.soon("platform");

        poll(2);
    }

    @Test
    void however_often_it_is_asked_for_during_a_poll_one_more_comes_of_it() {
        jobs.start();
        await().until(() -> started.get() == 1);

        for (var i = 0; i < 100; i++) jobs.soon("platform");
        poll(1);
        poll(2);

        // Whatever was due before this is run before it; by itself the next is due in an hour.
        go.release(100);
        jobs.soon("platform");
        await().until(() -> started.get() >= 3 && ended.get() == started.get());
        assertThat(started).hasValue(3);
    }

    @Test
    void asked_for_many_times_while_it_rests_it_is_polled_twice_at_most() {
        jobs.start();
        poll(1);

        for (var i = 0; i < 100; i++) jobs.soon("platform");
        go.release(100);

        await().until(() -> started.get() >= 2 && ended.get() == started.get());
        jobs.close();
        assertThat(started.get()).isBetween(2, 3);
    }

    @Test
    void an_unknown_repository_and_a_daemon_that_does_not_run_are_no_trouble() {
        jobs.soon("platform");
        assertThat(started).hasValue(0);

        jobs.start();
        jobs.soon("nothing");
        poll(1);
        jobs.close();
        jobs.soon("platform");

        assertThat(started).hasValue(1);
    }

    @Test
    void a_repository_that_is_new_is_polled_at_once_and_one_that_is_gone_no_more() {
        jobs.start();
        poll(1);

        jobs.follow(List.of(repository("shop")));
        jobs.soon("platform");
        jobs.follow(List.of(repository("shop"), repository("platform")));

        poll(2);
        jobs.close();
        assertThat(started).hasValue(2);
    }

    @Test
    void a_repository_that_is_configured_otherwise_is_polled_at_once_as_it_is_now() {
        jobs.start();
        poll(1);

        jobs.follow(List.of(repository("platform").withHeads(List.of(new HeadPattern("next")))));

        poll(2);
        assertThat(last.get().heads()).hasSize(1);
    }

    @Test
    void
            one_that_comes_back_while_it_is_still_polled_is_polled_once_more_and_never_twice_at_once() {
        jobs.start();
        await().until(() -> started.get() == 1);

        jobs.follow(List.of());
        jobs.follow(List.of(repository("platform")));
        poll(1);

        poll(2);
    }

    @Test
    void one_that_comes_back_does_not_wait_since_its_former_self_was_polled_just_now() {
        // Quartz begins a turn a moment after it is due.
        var slow =
                new PollJobs(
                        this::poll,
                        () -> {},
                        List.of(repository("platform")),
                        pulse,
                        Duration.ofSeconds(60),
                        new JobStore.Alone(),
                        () -> Instant.now().plusMillis(500));
        try {
            slow.start();
            await().until(() -> started.get() == 1);

            slow.follow(List.of());
            slow.follow(List.of(repository("platform")));
            poll(1);

            poll(2);
        } finally {
            go.release(1000);
            slow.close();
        }
    }

    @Test
    void nobody_waits_longer_than_a_while_for_a_poll_that_hangs_when_all_is_to_end() {
        var impatient =
                new PollJobs(
                        this::poll,
                        () -> {},
                        List.of(repository("platform")),
                        pulse,
                        Duration.ofMillis(200),
                        new JobStore.Alone(),
                        InstantSource.system());
        impatient.start();
        await().until(() -> started.get() == 1);

        assertTimeoutPreemptively(Duration.ofSeconds(10), impatient::close);

        assertThat(ended).hasValue(0);
    }

    @Test
    void a_poll_that_does_not_end_in_time_is_a_hang_and_one_that_has_ended_is_none() {
        jobs.start();
        await().until(() -> started.get() == 1);
        assertThat(pulse.trouble()).isEmpty();

        nanos.addAndGet(Repository.POLL_TIMEOUT.plusSeconds(1).toNanos());

        assertThat(pulse.trouble().orElseThrow())
                .startsWith("the daemon hangs: ")
                .contains("the poll of repository platform ends within 15 min");
        poll(1);
        await().untilAsserted(
                        () -> assertThat(pulse.trouble().orElse("")).doesNotContain("platform"));
    }

    /// Waits for a poll, and lets it end.
    private void poll(int number) {
        await().until(() -> started.get() == number);
        go.release();
        await().until(() -> ended.get() == number);
    }

    private static Repository repository(String name) {
        return new Repository(
                name,
                "file:///srv/" + name + ".git",
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofHours(1));
    }
}
