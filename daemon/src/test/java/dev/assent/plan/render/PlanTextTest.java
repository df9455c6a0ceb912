package dev.assent.plan.render;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    @Test
    void a_plan_reads_as_what_it_does_why_and_what_it_would_destroy() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/new")
                                        .version("17")
                                        .setting("encoding", "UTF8")
                                        .servers("pg-1", "pg-2")),
                        recorded(
                                3,
                                existing("postgresql/main").primary(),
                                existing("postgresql/legacy")));

        assertThat(PlanText.of(plan, false))
                .isEqualTo(
                        """
                        Plan %1$s for shop/production (record at serial 3)

                          + create, - destroy

                          + c1  create group postgresql/new
                                postgresql 17.11, encoding UTF8
                                primary server pg-1, replica pg-2
                                variables: POSTGRESQL_NEW_…
                                because of apps/shop/manifest.yml:3 at 0123456789

                          - c2  remove group postgresql/legacy  DESTROYS DATA
                                and all its data, on legacy
                                because of apps/shop/manifest.yml:1 at 0123456789

                        What destroys data needs its own yes, and no backup is taken before:
                          assent approve %1$s --destroy postgresql/legacy

                        Plan: 1 to add, 0 to change, 1 to destroy.
                        """
                                .formatted(plan.id()));
    }

    @Test
    void an_empty_plan_says_so_and_nothing_more() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(1, existing("postgresql/main")));

        assertThat(PlanText.of(plan, false))
                .isEqualTo(
                        """
                        shop/production: no changes. What exists is what the manifest declares.
                        Plan: 0 to add, 0 to change, 0 to destroy.
                        """);
    }

    @Test
    void only_the_symbols_in_use_are_explained() {
        var plan = plan(desired(declared("postgresql/main").servers("a")), recorded(0));

        assertThat(PlanText.of(plan, false)).contains("  + create\n").doesNotContain("destroy,");
    }

    @Test
    void text_from_a_manifest_moves_no_cursor_and_changes_no_colour() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main")
                                        .setting("encoding", "\u001b[2J\u202eevil")
                                        .servers("a")),
                        recorded(0));

        assertThat(PlanText.of(plan, false))
                .contains("encoding <U+1B>[2J<U+202E>evil")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void colour_marks_symbols_only_where_it_is_asked_for() {
        var plan = plan(desired(declared("postgresql/main").servers("a")), recorded(0));

        assertThat(PlanText.of(plan, true)).contains("\u001b[32m+\u001b[0m");
        assertThat(PlanText.of(plan, false)).doesNotContain("\u001b");
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return Planner.plan(desired, recorded, CATALOGUE, Optional.of("0123456789abcdef"));
    }
}
