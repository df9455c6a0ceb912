package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.state.PlanState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What much work does to those who want little.
class PressureTest {

    @Test
    void a_commit_of_thousands_of_manifests_keeps_no_approval_and_no_request_waiting(
            @TempDir Path folder) throws Exception {
        try (var pipeline = new Pipeline(folder)) {
            pipeline.push("main");
            var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
            var files = new HashMap<String, String>();
            for (var i = 0; i < 1_500; i++) {
                files.put("apps/app-%d/manifest.yml".formatted(i), Pipeline.manifest("main"));
            }
            pipeline.git.pushAll(files);

            var polling = CompletableFuture.runAsync(pipeline::poll);
            await().until(() -> pipeline.plans(PlanState.PROPOSED).size() > 1);
            pipeline.approve(plan);
            await().until(() -> pipeline.plan(plan).state() == PlanState.APPLIED);

            assertThat(polling).isNotDone();
            polling.join();
            assertThat(pipeline.store.plans().countByState().get(PlanState.PROPOSED))
                    .isEqualTo(1_500);
        }
    }
}
