package dev.assent.plan.render;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    /// Commands and what is said between them.
    private static final Pattern COPIED = Pattern.compile("^ {2,6}(assent|eval|pg_dump|#) ");

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

                          + c1  create group postgresql/new     safe
                                postgresql 17.11, encoding UTF8
                                primary server pg-1, replica pg-2
                                reach      touches nothing that exists
                                variables  + POSTGRESQL_NEW_{ADDRESS,ADDRESS_EXT,ADDRESS_INT,DATABASE,PASSWORD,PORT,
                                           REPLICA_ADDRESS,URL,USERNAME}
                                because    apps/shop/manifest.yml:3 at 0123456789

                          - c2  remove group postgresql/legacy  DESTROYS DATA
                                and all its data, on legacy
                                reach      removes the last copy of postgresql/legacy (1 server); no backup of it is known
                                variables  - POSTGRESQL_LEGACY_{ADDRESS,ADDRESS_EXT,ADDRESS_INT,DATABASE,PASSWORD,PORT,URL,
                                           USERNAME}
                                after      c1 (create group postgresql/new)
                                because    apps/shop/manifest.yml:1 at 0123456789

                        What destroys data needs its own yes, and no backup is taken before:
                          assent approve %1$s --destroy postgresql/legacy

                        1 group unchanged.
                        Plan: 1 to add, 0 to change, 1 to destroy.
                        """
                                .formatted(plan.id()));
    }

    @Test
    void the_example_that_people_are_shown_is_what_they_get() throws IOException {
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
        var estimates = Estimates.of(Map.of("c1", new Estimate(3_800, 5)));

        assertThat(Files.readString(Path.of("../README.md")))
                .contains("```\n" + PlanText.of(plan, Look.PLAIN, estimates) + "```\n");
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
    void a_notice_has_its_steps_beneath_it_ready_to_be_copied() {
        var plan =
                plan(
                        desired(declared("postgresql/main").version("17")),
                        recorded(3, existing("postgresql/main")));

        assertThat(PlanText.of(plan, false))
                .isEqualTo(
                        """
                        shop/production: no changes.

                        Notices
                          ! applies-on-build  `version` of postgresql/main counts only when a server is built: it is 16.15,
                                              the manifest says 17 (apps/shop/manifest.yml:3)
                              assent group add shop/production/postgresql/main-17 --version 17
                              # approve that plan, and have the application write no more to postgresql/main
                              eval "$(assent env shop/production --pending --format shell)"
                              pg_dump --no-owner --no-privileges -f copy.sql "$POSTGRESQL_MAIN_URL" && psql -v ON_ERROR_STOP=1 --single-transaction -f copy.sql "$POSTGRESQL_MAIN_17_URL"
                              assent primary shop/production/postgresql/main-17
                              # approve that plan, too
                              assent redeploy shop/production
                              # then remove postgresql/main from apps/shop/manifest.yml, line 3, and approve the plan

                        Plan: 0 to add, 0 to change, 0 to destroy. 1 notice.
                        """);
    }

    @Test
    void lines_fit_the_width_and_only_what_is_to_be_copied_is_never_broken() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main")
                                        .setting("comment", "Z".repeat(300) + ", y")
                                        .servers("a"),
                                declared("postgresql/other").version("17")),
                        recorded(
                                3,
                                existing("postgresql/other"),
                                existing("postgresql/" + "l".repeat(60))));

        for (var width : new int[] {60, 80, 160}) {
            var lines =
                    PlanText.of(plan, new Look(false, OptionalInt.of(width)), Estimates.NONE)
                            .lines()
                            .toList();
            assertThat(lines)
                    .filteredOn(it -> !COPIED.matcher(it).find())
                    .allMatch(it -> Visible.width(it) <= width);
            assertThat(lines).filteredOn(it -> COPIED.matcher(it).find()).hasSize(9);
            assertThat(String.join("", lines).chars().filter(it -> it == 'Z')).hasSize(300);
        }
    }

    @Test
    void how_long_a_change_took_before_stands_beside_it_where_that_is_known() {
        var plan = plan(desired(declared("postgresql/main").servers("a")), recorded(0));
        var estimates = Estimates.of(Map.of("c1", new Estimate(1_880, 3)));

        assertThat(PlanText.of(plan, Look.PLAIN, estimates))
                .contains("        takes      about 1.9 s, as the last 3 times\n");
        assertThat(PlanText.of(plan, false)).doesNotContain("takes");
    }

    @Test
    void a_data_swap_has_a_sign_of_its_own_and_a_long_list_of_what_comes_before_is_counted() {
        var follow =
                plan(
                        desired(
                                declared("postgresql/main").servers("main"),
                                declared("postgresql/copy").servers("copy").follows("main")),
                        recorded(
                                3,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")));
        var many =
                plan(
                        desired(
                                declared("postgresql/a").servers("a"),
                                declared("postgresql/b").servers("b"),
                                declared("postgresql/c").servers("c"),
                                declared("postgresql/d").servers("d"),
                                declared("postgresql/e").servers("e")),
                        recorded(3, existing("postgresql/legacy")));

        assertThat(PlanText.of(follow, false))
                .contains("  ± replace\n", "  ± c1  have postgresql/copy follow shop/production");
        assertThat(PlanText.of(many, new Look(false, OptionalInt.of(160)), Estimates.NONE))
                .contains("c3 (create group postgresql/c) and 2 more\n");
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
    void whatever_somebody_wrote_stays_in_its_line() {
        for (var seed = 0L; seed < 300; seed++) {
            var plan = new HostileTexts(seed).plan();

            var text = PlanText.of(plan, false);

            assertThat(text).as("seed " + seed).isEqualTo(Visible.lines(text));
            assertThat(text).as("seed " + seed).doesNotContain("\t", "\u001b");
            var heads = text.lines().filter(it -> it.matches("  [-+~±] .*")).count();
            assertThat(heads).as("seed " + seed).isEqualTo(1 + plan.changes().size());
            assertThat(text.lines().toList().getLast()).startsWith("Plan: ");
        }
    }

    @Test
    void colour_marks_symbols_only_where_it_is_asked_for() {
        var plan = plan(desired(declared("postgresql/main").servers("a")), recorded(0));

        assertThat(PlanText.of(plan, true)).contains("\u001b[32m+\u001b[0m");
        assertThat(PlanText.of(plan, false)).doesNotContain("\u001b");
    }

    @Test
    void times_are_said_in_the_unit_that_fits() {
        assertThat(new Estimate(3, 1)).hasToString("about 0.1 s, as the last time");
        assertThat(new Estimate(61_000, 2)).hasToString("about 1 min 1 s, as the last 2 times");
        assertThat(new Estimate(125 * 60_000, 20))
                .hasToString("about 2 h 5 min, as the last 20 times");
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return Planner.plan(desired, recorded, CATALOGUE, Optional.of("0123456789abcdef"));
    }
}
