package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class QueueTest {

    @TempDir Path folder;

    private Database database;

    private interface Numbered {
        void take(Handle handle, int number);
    }

    @BeforeEach
    void open() {
        try (var room = new Room(folder)) {
            database = room.beside();
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void those_that_wait_share_a_transaction_and_each_finds_what_came_before() throws Exception {
        var commits = new AtomicInteger();
        var found = new ArrayList<Integer>();
        var committed = new ArrayList<Integer>();

        var all =
                whileOneIsTaken(
                        20,
                        (handle, number) -> {
                            found.add(names(handle).size());
                            committed.add(commits.get());
                            insert(handle, "app-" + number);
                            handle.afterCommit(commits::incrementAndGet);
                        });

        assertThat(all).isEmpty();
        assertThat(found).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(committed).containsOnly(0);
        assertThat(names()).hasSize(20);
    }

    @Test
    void one_that_fails_leaves_nothing_behind_and_no_other_out() throws Exception {
        var failures =
                whileOneIsTaken(
                        4,
                        (handle, number) -> {
                            insert(handle, "app-" + number);
                            if (number == 1) throw new StateException("no");
                            if (number == 2) handle.execute("no SQL");
                        });

        assertThat(failures)
                .hasSize(2)
                .allMatch(StateException.class::isInstance)
                .extracting(Throwable::getMessage)
                .anyMatch("no"::equals)
                .anyMatch(it -> it.startsWith("cannot write the record in "));
        assertThat(names()).containsExactlyInAnyOrder("app-0", "app-3");
    }

    @Test
    @Tag("sqlite")
    void none_was_taken_where_the_transaction_fails_in_the_end() throws Exception {
        var failures =
                whileOneIsTaken(
                        3,
                        (handle, number) -> {
                            insert(handle, "app-" + number);
                            if (number != 1) return;
                            handle.execute("PRAGMA defer_foreign_keys = ON");
                            handle.execute(
                                    """
                                    INSERT INTO finding
                                    VALUES ('nobody', 'redis', 'main', 's1', 'gone', '', '', '')\
                                    """);
                        });

        assertThat(failures).hasSize(3).allMatch(StateException.class::isInstance);
        assertThat(names()).isEmpty();
    }

    @Test
    @Tag("sqlite")
    void none_was_taken_where_the_database_has_rolled_all_of_it_back() throws Exception {
        var failures =
                whileOneIsTaken(
                        3,
                        (handle, number) -> {
                            insert(handle, "app-" + number);
                            if (number == 0) return;
                            // What a full disk does too.
                            handle.execute(
                                    "INSERT OR ROLLBACK INTO application (name) VALUES (NULL)");
                        });

        assertThat(failures).hasSize(3).allMatch(StateException.class::isInstance);
        assertThat(failures)
                .extracting(Throwable::getMessage)
                .allMatch(it -> it.contains("NOT NULL"));
        assertThat(names()).isEmpty();
    }

    @Test
    void what_is_read_inside_a_decision_is_what_it_and_those_before_it_wrote() throws Exception {
        var found = Collections.synchronizedList(new ArrayList<Integer>());

        var failures =
                whileOneIsTaken(
                        3,
                        (handle, number) -> {
                            insert(handle, "app-" + number);
                            found.add(names().size());
                        });

        assertThat(failures).isEmpty();
        assertThat(found).containsExactly(1, 2, 3);
    }

    /// Whoever gives the turn back has the next one told, whatever it was needed for.
    @Test
    @Timeout(60)
    void nobody_is_forgotten_who_waits() throws Exception {
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            var thread = i;
            threads.add(
                    start(
                            () -> {
                                for (var n = 0; n < 50; n++) {
                                    var name = "app-" + thread + "-" + n;
                                    if (n % 10 == thread) {
                                        database.together(() -> change(name));
                                    } else {
                                        change(name);
                                    }
                                }
                            },
                            failures));
        }
        for (var it : threads) it.join();

        assertThat(failures).isEmpty();
        assertThat(names()).hasSize(400);
    }

    @Test
    void who_decides_much_time_and_again_lets_those_who_wait_go_first() throws Exception {
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        var found = new ArrayList<List<String>>();
        var waiting = Thread.ofPlatform().daemon().unstarted(() -> change("waited"));
        var busy =
                start(
                        () -> {
                            database.together(() -> {
                                waiting.start();
                                await().until(() -> waiting.getState() == Thread.State.WAITING);
                            });
                            database.together(() -> found.add(names()));
                        },
                        failures);
        busy.join();
        waiting.join();

        assertThat(failures).isEmpty();
        assertThat(found).containsExactly(List.of("waited"));
    }

    private void change(String name) {
        database.change(it -> insert(it, name));
    }

    /// Has many decide at the same moment: while a decision is being taken.
    ///
    /// @return the exceptions that they got
    private List<Throwable> whileOneIsTaken(int many, Numbered decision) throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        Runnable first =
                () ->
                        database.change(_ -> {
                            begun.countDown();
                            await().until(() -> go.getCount() == 0);
                        });
        threads.add(start(first, failures));
        begun.await();
        for (var i = 0; i < many; i++) {
            var number = i;
            threads.add(start(() -> database.change(it -> decision.take(it, number)), failures));
        }
        await().until(() ->
                threads.stream().skip(1).allMatch(it -> it.getState() == Thread.State.WAITING));
        go.countDown();
        for (var it : threads) it.join();
        return failures;
    }

    private static Thread start(Runnable work, List<Throwable> failures) {
        return Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
    }

    private List<String> names() {
        return database.read(QueueTest::names);
    }

    private static List<String> names(Handle handle) {
        return handle.select("SELECT name FROM application").mapTo(String.class).list();
    }

    private static void insert(Handle handle, String application) {
        handle.execute("INSERT INTO application (name) VALUES (?)", application);
    }
}
