package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.observation.Observer;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.state.JobTables;
import dev.assent.state.RecordServer;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.SharedPostgres;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that share their jobs: here those of one process, each with its own scheduler.
class SharedJobsIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore goOn = new Semaphore(1_000);
    private RecordServer record;

    @BeforeEach
    void begin() throws Exception {
        record = SharedPostgres.database();
    }

    @AfterEach
    void end() throws Exception {
        goOn.release(1_000);
        for (var it : open.reversed()) it.close();
    }

    private final class Node {

        private final AtomicInteger polls = new AtomicInteger();
        private final PollJobs jobs;

        Node(String name, String... repositories) {
            var key = SecretKeyFile.readOrCreate(folder.resolve("key"));
            var store = Store.open(record, key, InstantSource.system(), Observer.NOBODY);
            open.add(store);
            JobTables tables = store.jobTables().orElseThrow();
            open.add(tables);
            jobs =
                    new PollJobs(
                            this::poll,
                            () -> {},
                            List.of(repositories).stream().map(SharedJobsIT::repository).toList(),
                            new Pulse(System::nanoTime),
                            Duration.ofSeconds(5),
                            new JobStore.Shared(name, tables),
                            InstantSource.system());
            open.add(jobs);
            jobs.start();
        }

        private boolean poll(Repository repository) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            goOn.acquireUninterruptibly();
            polls.incrementAndGet();
            atOnce.decrementAndGet();
            return true;
        }
    }

    private static Repository repository(String name) {
        return new Repository(
                name,
                "file:///srv/" + name + ".git",
                "main",
                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                List.of("production"),
                Duration.ofSeconds(1));
    }

    @Test
    void a_repository_is_polled_at_its_pace_and_never_twice_at_once() {
        var one = new Node("one/1", "platform");
        await().atMost(SOON).until(() -> one.polls.get() > 0);
        var other = new Node("other/1", "platform");
        await().atMost(SOON).until(() -> one.polls.get() + other.polls.get() >= 6);

        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void what_is_asked_for_at_one_node_while_another_one_polls_is_done_afterwards() {
        goOn.drainPermits();
        var one = new Node("one/1", "platform");
        await().atMost(SOON).until(() -> atOnce.get() == 1);
        var other = new Node("other/1", "platform");

        other.jobs.soon("platform");
        goOn.release(2);

        await().atMost(SOON).until(() -> one.polls.get() + other.polls.get() == 2);
        assertThat(mostAtOnce).hasValue(1);
    }

    @Test
    void a_turn_that_a_node_cannot_take_is_taken_by_the_one_that_knows_the_repository() {
        var other = new Node("other/1", "shop");
        var one = new Node("one/1", "platform");

        await().atMost(Duration.ofSeconds(40)).until(() -> one.polls.get() >= 2);
        await().atMost(Duration.ofSeconds(40)).until(() -> other.polls.get() >= 2);
    }

    @Test
    void what_a_node_leaves_others_take_at_once() throws Exception {
        var one = new Node("one/1", "platform");
        await().atMost(SOON).until(() -> one.polls.get() > 0);
        var other = new Node("other/1", "platform");
        one.jobs.close();
        var so = other.polls.get();

        await().atMost(SOON).until(() -> other.polls.get() > so + 1);
    }
}
