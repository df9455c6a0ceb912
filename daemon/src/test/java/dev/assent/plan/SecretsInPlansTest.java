package dev.assent.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.model.Variant;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.plan.render.PlanText;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever passwords people write into manifests, no plan tells one, however it is shown.
class SecretsInPlansTest {

    private static final long MANIFESTS = 500;

    private static final ManifestReader READER =
            new ManifestReader(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);

    @Test
    void no_plan_tells_a_password_of_its_manifest() {
        var changes = 0;
        var notices = 0;
        for (var seed = 0L; seed < MANIFESTS; seed++) {
            var dice = new Dice(seed);
            var before = plan(desired(SecretiveManifest.of(dice)), Given.nothing());
            var built = Foreseen.after(Given.nothing(), before);
            var yaml = SecretiveManifest.of(dice);

            var after = plan(desired(yaml), built);

            assertThat(yaml.toLowerCase(Locale.ROOT)).contains("canary");
            for (var plan : List.of(before, after)) {
                assertThat(PlanText.of(plan, true)).as(yaml).doesNotContainIgnoringCase("canary");
                assertThat(PlanMarkdown.of(plan, Optional.of(built), Estimates.NONE))
                        .as(yaml)
                        .doesNotContainIgnoringCase("canary");
                assertThat(PlanJson.write(plan).toString())
                        .as(yaml)
                        .doesNotContainIgnoringCase("canary");
                assertThat(plan.toString()).as(yaml).doesNotContainIgnoringCase("canary");
            }
            changes += after.changes().size();
            notices += after.notices().size();
        }
        assertThat(changes).isGreaterThan(500);
        assertThat(notices).isGreaterThan(500);
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        var catalogue =
                Given.catalogue(
                        Map.of(
                                Variant.POSTGRESQL, Given.versions("16.15"),
                                Variant.MYSQL, Given.versions("8.0.40"),
                                Variant.MEMCACHED, Given.versions("1.6.31")));
        return Planner.plan(desired, recorded, catalogue, Optional.empty());
    }

    private static Desired desired(String yaml) {
        return switch (READER.read("manifest.yml", yaml.getBytes(UTF_8), List.of())) {
            case Reading.Valid(var manifest, var _) -> manifest.desired(Given.SHOP);
            case Reading.Invalid(var problems) -> throw new AssertionError(yaml + problems);
        };
    }
}
