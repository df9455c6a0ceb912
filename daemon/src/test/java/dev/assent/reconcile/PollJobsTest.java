package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real Quartz jobs, over polls that tests hold and let go.
class PollJobsTest {

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private final PollJobs jobs =
            new PollJobs(
                    this::poll,
                    () -> {},
                    List.of(repository("platform"), repository("shop")),
                    InstantSource.system());

    private boolean poll(Repository repository) {
        if (!repository.name().equals("platform")) return true;
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
