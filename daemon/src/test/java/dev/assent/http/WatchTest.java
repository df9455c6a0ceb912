package dev.assent.http;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.assent.http.api.Status;
import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.state.StateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "staging");

    private final FakeDesk desk = new FakeDesk();
    private final Recorded shop =
            recorded(2, existing("postgresql/main").primary().servers("a", "b"));
    private final Recorded blog = new Recorded(BLOG, shop.serial(), shop.groups());

    @Test
    void a_server_that_cannot_be_looked_at_says_so_and_the_others_are_seen() {
        desk.onHealth =
                it -> {
                    if (it.server().name().equals("a")) throw new StateException("it is locked");
                };

        var servers = servers(Duration.ofSeconds(8), SHOP, shop);

        assertThat(servers)
                .extracting(Status.Server::state)
                .containsExactly("unreachable", "running");
        assertThat(servers.getFirst().detail()).hasValue("it is locked");
    }

    @Test
    void a_server_that_hangs_costs_no_more_than_the_patience_of_all() {
        var never = new CountDownLatch(1);
        desk.onHealth =
                it -> {
                    if (it.application().equals(SHOP)) waitFor(never);
                };

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    var watch = new Watch(desk, Duration.ofSeconds(1));
                    var groups = watch.groups(List.of(shop, blog));

                    assertThat(groups.getOrDefault(SHOP, List.of()).getFirst().servers())
                            .allSatisfy(it -> {
                                assertThat(it.state()).isEqualTo("unreachable");
                                assertThat(it.detail())
                                        .hasValue("it could not be looked at within 1 s");
                            });
                    assertThat(groups.getOrDefault(BLOG, List.of()).getFirst().servers())
                            .extracting(Status.Server::state)
                            .containsExactly("running", "running");
                });
        never.countDown();
    }

    @Test
    void servers_of_all_applications_are_looked_at_together() {
        var all = new CyclicBarrier(4);
        desk.onHealth = _ -> meet(all);

        var groups = new Watch(desk, Duration.ofSeconds(8)).groups(List.of(shop, blog));

        assertThat(groups.values())
                .hasSize(2)
                .allSatisfy(it ->
                        assertThat(it.getFirst().servers())
                                .extracting(Status.Server::state)
                                .containsExactly("running", "running"));
    }

    private List<Status.Server> servers(
            Duration patience, ApplicationName application, Recorded recorded) {
        return new Watch(desk, patience)
                .groups(List.of(recorded))
                .getOrDefault(application, List.of())
                .getFirst()
                .servers();
    }

    /// Deaf to interruption, as a look that hangs in a system call is.
    private static void waitFor(CountDownLatch latch) {
        var open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException _) {
                // Goes on waiting.
            }
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
