package dev.assent.reconcile.account;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.PATH;
import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.plan.Digest;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.reconcile.account.Fact.Code;
import dev.assent.state.Assent;
import dev.assent.state.ManifestState;
import dev.assent.state.ManifestState.Condition;
import dev.assent.state.OpenFinding;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// One test for each fact that can stand in the way, and for what merely is so.
class WhyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String COMMIT = "3f2a1c9d5e6b7a8c";
    private static final Digest NEXT = new Digest("ab".repeat(32));

    private final List<RepositoryState> repositories = new ArrayList<>();
    private final List<Course> plans = new ArrayList<>();
    private final List<Diagnosis> findings = new ArrayList<>();
    private Optional<Instant> notBefore = Optional.empty();
    private Optional<ManifestState> manifest = manifest(Condition.VALID);
    private Optional<Desired> desired = Optional.empty();
    private Recorded recorded = nothing();

    WhyTest() {
        repositories.add(repository(RepositoryState.Condition.OK, ""));
    }

    @Test
    void a_repository_that_cannot_be_read_comes_before_what_it_held() {
        repositories.set(
                0, repository(RepositoryState.Condition.UNREACHABLE, "platform does not answer"));
        manifest = manifest(Condition.INVALID, "apps/shop/manifest.yml:2:1  ASN1104  a tab");

        var why = why("postgresql/main");

        assertThat(codes(why)).containsExactly(Code.REPOSITORY, Code.MANIFEST_INVALID);
        assertThat(why.facts().getFirst().message())
                .isEqualTo("repository platform can't be read: platform does not answer");
        assertThat(why.facts().getFirst().steps()).last().isEqualTo("assent status " + SHOP);
    }

    @Test
    void before_the_first_look_at_a_repository_nothing_can_be_known() {
        repositories.clear();
        manifest = Optional.empty();

        assertThat(codes(why("postgresql/main")))
                .containsExactly(Code.NOT_READ, Code.MANIFEST_UNKNOWN);
    }

    @Test
    void an_invalid_manifest_is_told_with_its_file_and_everything_that_is_wrong_with_it() {
        manifest = manifest(Condition.INVALID, "apps/shop/manifest.yml:2:1  ASN1104  a tab");

        var fact = only(Code.MANIFEST_INVALID, why("postgresql/main"));

        assertThat(fact.message())
                .isEqualTo(
                        "apps/shop/manifest.yml of repository platform at commit 3f2a1c9d5e is not"
                                + " valid, so nothing is planned from it");
        assertThat(fact.details()).containsExactly("apps/shop/manifest.yml:2:1  ASN1104  a tab");
        assertThat(fact.steps()).first().isEqualTo("assent validate apps/shop/manifest.yml");
    }

    @Test
    void a_manifest_that_is_gone_is_told_and_what_exists_is_said_to_exist() {
        manifest = manifest(Condition.GONE);
        recorded = recorded(3, existing("postgresql/main"));

        var why = why("postgresql/main");

        assertThat(codes(why)).containsExactly(Code.MANIFEST_GONE, Code.RECORDED);
        assertThat(why.facts().getFirst().steps())
                .containsExactly("# put apps/shop/manifest.yml back, and push it");
    }

    @Test
    void an_application_that_no_manifest_speaks_of_is_told_with_the_nearest_that_there_is() {
        manifest = Optional.empty();

        var why = Why.of(situation(new ApplicationName("shpo", "production")), Optional.empty());

        var fact = only(Code.MANIFEST_UNKNOWN, why);
        assertThat(fact.message()).endsWith("shpo/production; did you mean shop/production?");
        assertThat(fact.steps()).containsExactly("assent why shop/production");
    }

    @Test
    void an_application_of_another_repository_is_told_with_what_was_left_alone() {
        manifest = Optional.empty();
        repositories.set(
                0,
                repository(
                        RepositoryState.Condition.OK,
                        "apps/shop/manifest.yml is not planned: the application shop is declared by"
                                + " repository other"));

        assertThat(codes(why("postgresql/main")))
                .containsExactly(Code.REPOSITORY, Code.MANIFEST_UNKNOWN);
    }

    @Test
    void a_manifest_whose_commit_is_lost_is_told() {
        assertThat(codes(why("postgresql/main"))).containsExactly(Code.MANIFEST_LOST);
    }

    @Test
    void a_group_that_no_manifest_names_is_told_with_the_nearest_that_it_names() {
        declares(desired(declared("postgresql/main").servers("pg-1")));

        var fact = only(Code.NOT_DECLARED, why("postgresql/mian"));

        assertThat(fact.message())
                .isEqualTo(PATH + " declares no postgresql/mian; did you mean postgresql/main?");
        assertThat(fact.steps()).first().isEqualTo("assent why shop/production postgresql/main");
        assertThat(fact.steps())
                .last()
                .asString()
                .contains("assent group add shop/production/postgresql/mian");
    }

    @Test
    void a_group_that_is_declared_without_servers_is_told_with_how_to_ask_for_it() {
        declares(desired(declared("postgresql/main"), declared("postgresql/spare").servers("a")));

        var fact = only(Code.NO_SERVERS, why("postgresql/main"));

        assertThat(fact.steps())
                .containsExactly("assent group add shop/production/postgresql/main");
        assertThat(fact.place()).hasValueSatisfying(it -> assertThat(it.line()).isEqualTo(3));
    }

    @Test
    void a_group_that_is_not_fully_defined_is_told_with_which_server_lacks_what() {
        declares(desired(declared("postgresql/main").servers("pg-1", "")));

        var fact = only(Code.NOT_DEFINED, why("postgresql/main"));

        assertThat(fact.message()).endsWith("server number 2 has no `unique_name`");
        assertThat(fact.steps()).last().isEqualTo("assent validate --show " + PATH);
    }

    @Test
    void a_version_an_engine_and_a_setting_that_the_provider_lacks_are_told() {
        declares(
                desired(
                        declared("postgresql/main").version("15").servers("a"),
                        declared("redis/cache").servers("b"),
                        declared("postgresql/map").setting("postgis", "true").servers("c")));

        assertThat(only(Code.NOT_AVAILABLE, why("postgresql/main")).message())
                .contains("provider here has no postgresql 15, only 16.14");
        assertThat(only(Code.NOT_AVAILABLE, why("redis/cache")).message())
                .contains("provider here has no redis; it has postgresql");
        assertThat(only(Code.NOT_AVAILABLE, why("postgresql/map")).message())
                .contains("provider here has no `postgis`");
    }

    @Test
    void what_is_undefined_and_unavailable_at_once_is_told_in_two_points() {
        declares(desired(declared("redis/cache").servers("")));

        assertThat(codes(why("redis/cache"))).containsExactly(Code.NOT_DEFINED, Code.NOT_AVAILABLE);
    }

    @Test
    void a_plan_that_waits_for_a_yes_is_told_with_the_yes_that_it_needs() {
        recorded = recorded(3, existing("postgresql/legacy"));
        declares(desired(declared("postgresql/main").servers("pg-1")));
        var plan = plan(PlanState.PROPOSED, "");

        var fact = only(Code.PLAN_PROPOSED, why("postgresql/main"));

        assertThat(fact.message())
                .isEqualTo(
                        "plan %s, which would create group postgresql/main, waits for a yes"
                                .formatted(plan.id()));
        assertThat(fact.steps())
                .containsExactly(
                        "assent show " + plan.id(),
                        "assent approve " + plan.id() + " --destroy postgresql/legacy");
    }

    @Test
    void a_plan_that_is_approved_waits_for_a_start() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        var plan = plan(PlanState.APPROVED, "", "c1");

        var fact = only(Code.PLAN_APPROVED, why("postgresql/main"));

        assertThat(fact.message()).endsWith("is approved by ada and waits to be started");
        assertThat(fact.steps()).containsExactly("assent apply " + plan.id());
    }

    @Test
    void an_approved_removal_that_waits_for_its_time_can_be_cancelled() {
        notBefore = Optional.of(NOW);
        declares(desired(declared("postgresql/main").servers("pg-1")));
        var plan = plan(PlanState.APPROVED, "", "c1");

        var fact = only(Code.PLAN_APPROVED, why("postgresql/main"));

        assertThat(fact.message()).contains("is approved by ada and waits until " + NOW);
        assertThat(fact.steps()).containsExactly("# or cancel it: assent reject " + plan.id());
    }

    @Test
    void a_plan_that_is_being_applied_can_be_followed() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        var plan = plan(PlanState.APPLYING, "", "c1");

        assertThat(only(Code.PLAN_APPLYING, why("postgresql/main")).steps())
                .containsExactly("assent follow " + plan.id());
    }

    @Test
    void a_failed_plan_is_told_with_its_reason_to_whom_it_still_owes_something() {
        recorded = recorded(1, existing("postgresql/main").primary());
        declares(
                desired(
                        declared("postgresql/main").servers("main"),
                        declared("postgresql/spare").servers("spare")));
        var both = Planner.plan(desired.orElseThrow(), nothing(), CATALOGUE, Optional.of(COMMIT));
        plans.add(
                new Course(
                        stored(
                                both,
                                PlanState.FAILED,
                                "build server spare failed: full",
                                "c1",
                                "c2"),
                        Map.of("c1", NOW)));

        var spare = only(Code.PLAN_FAILED, why("postgresql/spare"));

        assertThat(spare.message())
                .contains(
                        "create group postgresql/spare", "failed: build server spare failed: full")
                .doesNotContain("create group postgresql/main");
        assertThat(spare.steps())
                .startsWith("assent show " + both.id())
                .endsWith("assent apply " + both.id());
        assertThat(codes(why("postgresql/main"))).containsExactly(Code.AS_DECLARED);
    }

    @Test
    void a_change_that_was_held_back_is_told_with_who_did() {
        recorded = recorded(3, existing("postgresql/legacy"));
        declares(desired(declared("postgresql/main").servers("pg-1")));
        plan(PlanState.APPROVED, "", "c1");

        assertThat(codes(why("postgresql/legacy"))).containsExactly(Code.HELD_BACK);
        assertThat(only(Code.HELD_BACK, why("postgresql/legacy")).message())
                .contains("ada held back", "remove group postgresql/legacy");
    }

    @Test
    void a_rejected_plan_is_told_with_who_and_why_and_what_brings_it_back() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        plan(PlanState.REJECTED, "rejected by ada: too large");

        var fact = only(Code.PLAN_REJECTED, why("postgresql/main"));

        assertThat(fact.message()).endsWith("was rejected by ada: too large");
        assertThat(fact.steps()).last().isEqualTo("assent replan shop/production");
    }

    @Test
    void an_expired_plan_is_told() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        plan(PlanState.EXPIRED, "nobody carried it out in 168 hours");

        assertThat(only(Code.PLAN_EXPIRED, why("postgresql/main")).message())
                .endsWith("expired: nobody carried it out in 168 hours");
    }

    @Test
    void a_superseded_plan_is_told_with_the_one_in_its_place() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        plan(PlanState.SUPERSEDED, "the record moved on");

        var fact = only(Code.PLAN_SUPERSEDED, why("postgresql/main"));

        assertThat(fact.message()).endsWith("was superseded by p-abababab: the record moved on");
        assertThat(fact.steps()).first().isEqualTo("assent show p-abababab");
    }

    @Test
    void the_last_word_on_a_change_counts() {
        declares(desired(declared("postgresql/main").servers("pg-1")));
        plan(PlanState.PROPOSED, "");
        plan(PlanState.REJECTED, "rejected by ada: too large");

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.PLAN_PROPOSED);
    }

    @Test
    void what_is_not_planned_yet_is_told_and_what_it_waits_for() {
        declares(
                desired(
                        declared("postgresql/main").servers("pg-1"),
                        declared("postgresql/spare").servers("pg-2")));
        assertThat(only(Code.NOT_PLANNED, why("postgresql/spare")).steps())
                .containsExactly("assent plans shop/production");

        var other =
                Planner.plan(
                        desired(declared("postgresql/main").servers("pg-1")),
                        nothing(),
                        CATALOGUE,
                        Optional.of(COMMIT));
        plans.add(new Course(stored(other, PlanState.APPLYING, "", "c1"), Map.of()));

        assertThat(only(Code.NOT_PLANNED, why("postgresql/spare")).steps())
                .containsExactly("assent follow " + other.id());
    }

    @Test
    void what_is_as_declared_is_said_to_be_and_nothing_is_in_the_way() {
        recorded = recorded(1, existing("postgresql/main").servers("pg-1").primary());
        declares(desired(declared("postgresql/main").servers("pg-1")));

        var why = why("postgresql/main");

        assertThat(why.isBlocked()).isFalse();
        assertThat(only(Code.AS_DECLARED, why).steps())
                .containsExactly("assent blame shop/production/postgresql/main");
    }

    @Test
    void what_an_edit_cannot_do_is_told_with_the_way_there() {
        recorded = recorded(1, existing("postgresql/main").servers("pg-1").primary());
        declares(desired(declared("postgresql/main").version("17").servers("pg-1")));

        var fact = only(Code.APPLIES_ON_BUILD, why("postgresql/main"));

        assertThat(fact.message()).contains("it is 16.15, the manifest says 17");
        assertThat(fact.steps()).isNotEmpty();
    }

    @Test
    void a_primary_server_that_is_to_go_has_to_be_replaced_first() {
        recorded = recorded(1, existing("postgresql/main").servers("a", "b").primary());
        declares(desired(declared("postgresql/main").servers("b")));

        assertThat(codes(why("postgresql/main"))).contains(Code.PROMOTE_FIRST);
    }

    @Test
    void a_protected_group_that_is_to_go_is_told_with_how_to_unprotect_it() {
        recorded = recorded(1, existing("postgresql/old").isProtected());
        declares(desired(declared("postgresql/main").servers("pg-1")));

        var fact = only(Code.PROTECTED, why("postgresql/old"));

        assertThat(fact.steps()).containsExactly("assent unprotect shop/production/postgresql/old");
    }

    @Test
    void a_protected_group_that_stays_is_said_to_be_protected() {
        recorded = recorded(1, existing("postgresql/main").servers("pg-1").primary().isProtected());
        declares(desired(declared("postgresql/main").servers("pg-1")));

        var why = why("postgresql/main");

        assertThat(codes(why)).containsExactly(Code.IS_PROTECTED, Code.AS_DECLARED);
        assertThat(why.isBlocked()).isFalse();
    }

    @Test
    void an_external_group_is_said_to_be_elsewhere() {
        declares(desired(declared("postgresql/main").external()));

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.EXTERNAL);
    }

    @Test
    void a_group_that_was_built_and_is_external_now_is_told() {
        recorded = recorded(1, existing("postgresql/main"));
        declares(desired(declared("postgresql/main").external()));

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.NOW_EXTERNAL);
    }

    @Test
    void an_adopted_group_that_no_manifest_declares_is_said_to_be_both() {
        recorded = recorded(1, existing("postgresql/main").origin(Origin.ADOPTED));
        declares(desired(declared("postgresql/spare").servers("pg-1")));

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.UNMANAGED, Code.ADOPTED);
    }

    @Test
    void a_manifest_that_declares_nothing_any_more_is_told() {
        recorded = recorded(1, existing("postgresql/main"));
        declares(desired());

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.MANIFEST_GONE);
    }

    @Test
    void a_replication_that_a_rule_forbids_is_told() {
        recorded =
                recorded(
                        1,
                        existing("postgresql/main").primary(),
                        existing("postgresql/copy").version("17.11"));
        declares(
                desired(
                        declared("postgresql/main").servers("main"),
                        declared("postgresql/copy").servers("copy").follows("main")));

        assertThat(only(Code.NOT_REPLICATED, why("postgresql/copy")).steps())
                .containsExactly("# mend " + PATH + ", line 9, and push it");
    }

    @Test
    void a_group_that_others_follow_stays_until_they_do_not() {
        recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").follows("main"));
        declares(desired(declared("postgresql/copy").servers("copy")));

        assertThat(codes(why("postgresql/main"))).containsExactly(Code.NOT_YET);
    }

    @Test
    void what_is_not_as_it_is_recorded_is_told_with_since_when_and_what_can_be_done() {
        recorded = recorded(1, existing("postgresql/main").servers("pg-1").primary());
        declares(desired(declared("postgresql/main").servers("pg-1")));
        var found =
                new Finding(
                        group("postgresql/main"),
                        new ServerName("pg-1"),
                        Kind.STOPPED,
                        "",
                        "pg-1 of postgresql/main is stopped");
        var open = List.of(new OpenFinding(SHOP, found, NOW));
        findings.addAll(Diagnosis.of(recorded, open, _ -> Optional.empty()));

        var fact = only(Code.DRIFTED, why("postgresql/main"));

        assertThat(codes(why("postgresql/main"))).doesNotContain(Code.AS_DECLARED);
        assertThat(fact.message()).isEqualTo("pg-1 of postgresql/main is stopped, since " + NOW);
        assertThat(fact.steps())
                .containsExactly("# what would mend it is planned at the next look at the servers");
    }

    @Test
    void of_a_whole_application_everything_is_told_in_the_order_in_which_it_has_to_be_cleared() {
        recorded = recorded(1, existing("postgresql/main").servers("pg-1").primary());
        declares(
                desired(
                        declared("postgresql/main").servers("pg-1"),
                        declared("postgresql/spare").servers("pg-2"),
                        declared("redis/cache").servers("")));
        plan(PlanState.PROPOSED, "");

        var why = Why.of(situation(SHOP), Optional.empty());

        assertThat(codes(why))
                .containsExactly(
                        Code.NOT_DEFINED, Code.NOT_AVAILABLE, Code.PLAN_PROPOSED, Code.AS_DECLARED);
        assertThat(why.facts()).isSortedAccordingTo(java.util.Comparator.comparing(Fact::code));
    }

    private Why why(String group) {
        return Why.of(situation(SHOP), Optional.of(group(group)));
    }

    private Situation situation(ApplicationName application) {
        return new Situation(
                application,
                repositories,
                manifest,
                desired,
                recorded,
                Neighbours.NONE,
                CATALOGUE,
                plans,
                findings,
                new TreeSet<>(List.of(SHOP, new ApplicationName("blog", "staging"))));
    }

    private void declares(Desired manifest) {
        desired = Optional.of(manifest);
    }

    /// What is wanted now, as a stored plan that is older than those before it.
    private StoredPlan plan(PlanState state, String reason, String... covered) {
        var plan = Planner.plan(desired.orElseThrow(), recorded, CATALOGUE, Optional.of(COMMIT));
        var stored = stored(plan, state, reason, covered);
        plans.add(new Course(stored, Map.of()));
        return stored;
    }

    private StoredPlan stored(Plan plan, PlanState state, String reason, String... covered) {
        var assent = new Assent("ada", "cli", NOW, new TreeSet<>(List.of(covered)));
        return new StoredPlan(
                plan,
                plan.digest(),
                state,
                new Provenance("platform", PATH, COMMIT),
                Wanted.BY_BRANCH,
                Optional.empty(),
                NOW,
                NOW,
                covered.length == 0 ? List.of() : List.of(assent),
                notBefore,
                Optional.of(reason).filter(it -> !it.isEmpty()),
                state == PlanState.SUPERSEDED ? Optional.of(NEXT) : Optional.empty());
    }

    private static Optional<ManifestState> manifest(Condition condition, String... problems) {
        return Optional.of(
                new ManifestState(
                        SHOP,
                        new Provenance("platform", PATH, COMMIT),
                        condition,
                        List.of(problems),
                        NOW));
    }

    private static RepositoryState repository(RepositoryState.Condition condition, String detail) {
        return new RepositoryState(
                "platform",
                Optional.of(COMMIT),
                "",
                condition,
                Optional.of(detail).filter(it -> !it.isEmpty()),
                NOW,
                NOW);
    }

    private static List<Code> codes(Why why) {
        return why.facts().stream().map(Fact::code).toList();
    }

    private static Fact only(Code code, Why why) {
        assertThat(why.facts().stream().filter(it -> it.code() == code)).as("%s", why).hasSize(1);
        return why.facts().stream().filter(it -> it.code() == code).findFirst().orElseThrow();
    }
}
