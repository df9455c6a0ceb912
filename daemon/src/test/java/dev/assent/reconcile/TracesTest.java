package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.state.PlanState;
import dev.assent.trace.Traces;
import dev.assent.trace.otlp.Collector;
import dev.assent.trace.otlp.OtlpFollower;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {

    @TempDir private Path folder;

    @AfterEach
    void nobodyFollowsAnyMore() {
        Traces.follow();
    }

    @Test
    void a_commit_is_followed_from_the_poll_that_finds_it_to_the_servers_that_stand() throws Exception {
        try (var collector = Collector.start()) {
            try (var follower = new OtlpFollower(collector.endpoint(), Optional.empty(), "1");
                    var pipeline = new Pipeline(folder)) {
                Traces.follow(follower);
                pipeline.push("main");
                for (var i = 0; i < 5; i++) pipeline.poll();
                // A yes may come days later, to another life of the daemon.
                pipeline.restart();
                var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
                pipeline.approve(plan);
                await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);
            }
            var spans = collector.spans();

            var commit = of("poll", spans);
            var application = "application=shop/production, commit=C, plan=P, repository=platform";
            var drawn =
                    Collector.drawn(spans)
                            .replaceAll("commit=[0-9a-f]{40}", "commit=C")
                            .replaceAll("plan=p-[0-9a-f]{8}", "plan=P");
            assertThat(drawn)
                    .startsWith(
                            """
                            poll {commit=C, repository=platform}
                              fetch {repository=platform}
                              read {commit=C, repository=platform}
                              plan {application=shop/production, commit=C, repository=platform}
                              announce {commit=C, repository=platform}
                            approve {%s}
                            apply {%s}
                            """
                                    .formatted(application, application));
            assertThat(drawn)
                    .contains(
                            "  step {application=shop/production, commit=C, plan=P, repository=platform, step=c1.1}\n",
                            "  record {");
            var planned = of("plan", spans);
            for (var later : List.of("approve", "apply")) {
                assertThat(of(later, spans).getLinksList())
                        .singleElement()
                        .satisfies(it -> {
                            assertThat(it.getTraceId()).isEqualTo(commit.getTraceId());
                            assertThat(it.getSpanId()).isEqualTo(planned.getSpanId());
                        });
                assertThat(of(later, spans).getTraceId()).isNotEqualTo(commit.getTraceId());
            }
            assertThat(spans.stream().filter(it -> it.getName().equals("poll"))).hasSize(1);
        }
    }

    private static Span of(String stage, List<Span> spans) {
        return spans.stream().filter(it -> it.getName().equals(stage)).findFirst().orElseThrow();
    }
}
