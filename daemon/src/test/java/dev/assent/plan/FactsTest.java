package dev.assent.plan;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.manifest.Code;
import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Variant;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Given.Existing;
import dev.assent.plan.Plan.PlannedChange;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The row "`primary`, `replicate_from`, `backups` differ" of the domain's table, and the rules of
/// replication.
class FactsTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "production");
    private static final Backups NIGHTLY =
            new Backups("0 3 * * *", 7, Backups.Kind.TEXT, true, List.of(), false);
    private static final Backups WEEKLY =
            new Backups("0 3 * * 0", 7, Backups.Kind.TEXT, true, List.of(), false);

    // primary

    @Test
    void another_primary_group_is_set() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/spare").primary()),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/spare")));

        assertThat(changes(plan))
                .containsExactly(
                        new SetPrimary(
                                group("postgresql/spare"), Optional.of(group("postgresql/main"))));
        assertThat(plan.changes().getFirst().variables().changed())
                .contains("POSTGRESQL_URL", "POSTGRESQL_PORT")
                .doesNotContain("POSTGRESQL_MAIN_URL", "POSTGRESQL_SPARE_URL");
    }

    @Test
    void a_primary_group_that_no_manifest_names_stays_as_it_is() {
        var plan =
                plan(
                        desired(declared("postgresql/main"), declared("postgresql/spare")),
                        recorded(
                                1,
                                existing("postgresql/main"),
                                existing("postgresql/spare").primary()));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void a_new_group_that_is_to_be_primary_is_built_first_and_made_primary_then() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/new").servers("pg-2").primary()),
                        recorded(1, existing("postgresql/main").primary()));

        assertThat(plan.changes())
                .extracting(it -> it.change().action(), PlannedChange::dependsOn)
                .containsExactly(
                        tuple("create-group", List.of()), tuple("set-primary", List.of("c1")));
    }

    // backups

    @Test
    void other_backups_are_set() {
        var plan =
                plan(
                        desired(declared("postgresql/main").backups(Optional.of(NIGHTLY))),
                        recorded(1, existing("postgresql/main").backups(WEEKLY)));

        assertThat(changes(plan))
                .containsExactly(
                        new SetBackups(
                                group("postgresql/main"),
                                Optional.of(WEEKLY),
                                Optional.of(NIGHTLY)));
        assertThat(plan.changes().getFirst().change().severity()).isEqualTo(Severity.SAFE);
    }

    @Test
    void backups_end_only_where_the_manifest_says_none() {
        var ended =
                plan(
                        desired(declared("postgresql/main").backups(Optional.empty())),
                        recorded(1, existing("postgresql/main").backups(WEEKLY)));
        var silent =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(1, existing("postgresql/main").backups(WEEKLY)));

        assertThat(ended.changes())
                .singleElement()
                .extracting(it -> it.change().severity())
                .isEqualTo(Severity.DISRUPTIVE);
        assertThat(silent.isEmpty()).isTrue();
    }

    @Test
    void a_new_group_gets_its_backups_when_it_is_built() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main")
                                        .servers("pg")
                                        .backups(Optional.of(NIGHTLY))),
                        nothing());

        assertThat(changes(plan))
                .extracting(Change::action)
                .containsExactly("create-group", "set-backups");
    }

    // replication

    @Test
    void a_group_that_is_to_follow_another_one_starts_replication_and_loses_its_data() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")));

        assertThat(changes(plan))
                .containsExactly(new StartReplication(group("postgresql/copy"), address("main")));
        assertThat(plan.destructive()).hasSize(1);
        assertThat(plan.changes().getFirst().variables().changed())
                .contains("POSTGRESQL_COPY_PASSWORD")
                .doesNotContain("POSTGRESQL_COPY_PORT");
    }

    @Test
    void another_source_ends_the_first_replication_before_the_second_begins() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/other"),
                                declared("postgresql/copy").follows("other")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/other"),
                                existing("postgresql/copy").follows("main")));

        assertThat(changes(plan))
                .containsExactly(
                        new StopReplication(group("postgresql/copy"), address("main")),
                        new StartReplication(group("postgresql/copy"), address("other")));
        assertThat(plan.changes().getLast().dependsOn()).containsExactly("c1");
    }

    @Test
    void replication_ends_only_where_the_manifest_says_none() {
        var following = existing("postgresql/copy").follows("main");
        var recorded = recorded(1, existing("postgresql/main").primary(), following);

        var ended =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").followsNone()),
                        recorded);
        var silent =
                plan(desired(declared("postgresql/main"), declared("postgresql/copy")), recorded);

        assertThat(changes(ended))
                .containsExactly(new StopReplication(group("postgresql/copy"), address("main")));
        assertThat(silent.isEmpty()).isTrue();
    }

    @Test
    void a_source_that_the_same_plan_builds_is_built_first() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/copy").servers("b").follows("main"),
                                declared("postgresql/main").servers("a").primary()),
                        nothing());

        assertThat(changes(plan))
                .extracting(Change::action)
                .containsExactly("create-group", "create-group", "start-replication");
        assertThat(plan.changes().getLast().dependsOn()).containsExactly("c1", "c2");
    }

    @Test
    void a_group_of_another_application_is_followed_where_it_exists() {
        var wanted = desired(declared("postgresql/copy").follows(BLOG, "main"));
        var here = recorded(1, existing("postgresql/copy").primary());

        var found = plan(wanted, here, neighbours(existing("postgresql/main")));
        var missing = plan(wanted, here, Neighbours.NONE);

        assertThat(changes(found)).extracting(Change::action).containsExactly("start-replication");
        assertThat(missing.isEmpty()).isTrue();
        assertThat(refusal(missing))
                .isEqualTo(
                        "postgresql/copy does not follow blog/production/postgresql/main: there is no group blog/production/postgresql/main (ASN1506)");
    }

    @Test
    void a_source_cannot_be_made_a_replica() {
        var here =
                plan(
                        desired(
                                declared("postgresql/main").follows("other"),
                                declared("postgresql/other"),
                                declared("postgresql/copy")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/other"),
                                existing("postgresql/copy").follows("main")));
        var elsewhere =
                plan(
                        desired(
                                declared("postgresql/main").follows("other"),
                                declared("postgresql/other")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/other")),
                        neighbours(existing("postgresql/copy").follows(SHOP, "main")));

        assertThat(refusal(here)).contains("shop/production/postgresql/copy follows it already");
        assertThat(refusal(elsewhere))
                .contains("blog/production/postgresql/copy follows it already");
    }

    @Test
    void a_group_with_replicas_of_its_own_cannot_follow() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").servers("a", "b")));

        assertThat(refusal(plan)).contains("it has 2 servers");
    }

    @Test
    void a_replica_cannot_be_a_source() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy"),
                                declared("postgresql/third").follows("copy")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").follows("main"),
                                existing("postgresql/third")));

        assertThat(refusal(plan)).contains("a replica cannot be a source");
    }

    @Test
    void nobody_follows_himself_not_even_round_about() {
        var self =
                plan(
                        desired(declared("postgresql/main").follows("main")),
                        recorded(1, existing("postgresql/main").primary()));
        var circle =
                plan(
                        desired(
                                declared("postgresql/main").follows("copy"),
                                declared("postgresql/copy")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").follows("main")));

        assertThat(refusal(self)).contains("cannot follow itself");
        assertThat(refusal(circle)).contains("follows it already");
    }

    @Test
    void versions_must_be_compatible() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary().version("17.11"),
                                existing("postgresql/copy")));

        assertThat(refusal(plan))
                .contains(
                        "postgresql 16.15 cannot follow postgresql 17.11: both must have the same major version");
    }

    @Test
    void mongodb_does_not_replicate_between_applications() {
        var plan =
                plan(
                        desired(declared("mongodb/copy").follows(BLOG, "main")),
                        recorded(1, existing("mongodb/copy").primary().version("7.0")),
                        neighbours(existing("mongodb/main").version("7.0")));

        assertThat(refusal(plan)).contains("MongoDB does not replicate between applications");
    }

    @Test
    void a_provider_that_cannot_have_groups_follow_says_so_before_anybody_approves() {
        var poor =
                new Catalogue(
                        "here",
                        CATALOGUE.versions(),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        Set.of(),
                        false);
        var plan =
                Planner.plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")),
                        poor,
                        Optional.empty());

        assertThat(plan.isEmpty()).isTrue();
        assertThat(refusal(plan))
                .contains("provider here cannot have a group of postgresql follow");
    }

    @Test
    void a_protected_group_does_not_lose_its_data_to_a_replication() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").isProtected()));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices())
                .singleElement()
                .extracting(Notice::code)
                .isEqualTo(Notice.Code.PROTECTED);
    }

    // several wishes in one manifest

    @Test
    void of_two_groups_that_are_to_follow_each_other_only_the_first_does() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").follows("copy"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")));

        assertThat(changes(plan))
                .containsExactly(new StartReplication(group("postgresql/main"), address("copy")));
        assertThat(refusal(plan)).contains("shop/production/postgresql/main follows it already");
    }

    @Test
    void a_chain_is_not_started_in_one_plan_either() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").follows("main"),
                                declared("postgresql/third").follows("copy").servers("c")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")));

        assertThat(changes(plan))
                .extracting(Change::action)
                .containsExactly("create-group", "start-replication");
        assertThat(refusal(plan)).contains("a replica cannot be a source");
    }

    @Test
    void a_source_that_is_built_in_another_version_is_not_followed() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").servers("a").version("17"),
                                declared("postgresql/copy")
                                        .servers("b")
                                        .version("16")
                                        .follows("main")),
                        nothing());

        assertThat(changes(plan)).hasOnlyElementsOfType(CreateGroup.class);
        assertThat(refusal(plan)).contains("both must have the same major version");
    }

    @Test
    void whom_nobody_follows_any_more_may_follow_in_the_same_plan() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").follows("other"),
                                declared("postgresql/other"),
                                declared("postgresql/copy").follows("other")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/other"),
                                existing("postgresql/copy").follows("main")));

        assertThat(plan.notices()).isEmpty();
        assertThat(changes(plan))
                .containsExactly(
                        new StopReplication(group("postgresql/copy"), address("main")),
                        new StartReplication(group("postgresql/copy"), address("other")),
                        new StartReplication(group("postgresql/main"), address("other")));
        assertThat(plan.changes().getLast().dependsOn()).containsExactly("c1");
    }

    @Test
    void a_group_that_stops_following_gets_its_further_server_in_the_same_plan() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").servers("copy", "b").followsNone()),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").follows("main")));

        assertThat(plan.notices()).isEmpty();
        assertThat(plan.changes())
                .extracting(it -> it.change().action(), PlannedChange::dependsOn)
                .containsExactly(
                        tuple("stop-replication", List.of()), tuple("add-server", List.of("c1")));
    }

    @Test
    void a_group_that_loses_its_replica_follows_in_the_same_plan() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/copy").servers("a").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy").servers("a", "b")));

        assertThat(plan.notices()).isEmpty();
        assertThat(plan.changes())
                .extracting(it -> it.change().action(), PlannedChange::dependsOn)
                .containsExactly(
                        tuple("remove-server", List.of()),
                        tuple("start-replication", List.of("c1")));
    }

    @Test
    void a_source_is_not_removed_from_under_a_group_that_begins_to_follow_it() {
        var plan =
                plan(
                        desired(declared("postgresql/copy").follows("old")),
                        recorded(
                                1,
                                existing("postgresql/old"),
                                existing("postgresql/copy").primary()));

        assertThat(changes(plan))
                .containsExactly(new StartReplication(group("postgresql/copy"), address("old")));
        assertThat(plan.notices())
                .singleElement()
                .extracting(Notice::code)
                .isEqualTo(Notice.Code.NOT_YET);
    }

    @Test
    void who_is_followed_by_a_group_that_goes_follows_another_one_once_that_is_gone() {
        var desired =
                desired(declared("postgresql/main").follows("other"), declared("postgresql/other"));
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main").primary(),
                        existing("postgresql/other"),
                        existing("postgresql/copy").follows("main"));

        var first = plan(desired, recorded);
        var second = plan(desired, Foreseen.after(recorded, first));

        assertThat(changes(first)).extracting(Change::action).containsExactly("remove-group");
        assertThat(first.notices()).extracting(Notice::code).containsExactly(Notice.Code.NOT_YET);
        assertThat(changes(second)).extracting(Change::action).containsExactly("start-replication");
    }

    // cascading

    @Test
    void in_a_row_whoever_is_followed_comes_before_who_follows() {
        var desired =
                desired(
                        declared("postgresql/third").follows("second"),
                        declared("postgresql/second").follows("main"),
                        declared("postgresql/main"));
        var recorded =
                recorded(
                        1,
                        existing("postgresql/third"),
                        existing("postgresql/second"),
                        existing("postgresql/main").primary());

        var plan = cascading(desired, recorded);

        assertThat(plan.notices()).isEmpty();
        assertThat(plan.changes())
                .extracting(it -> it.change().group().name(), PlannedChange::dependsOn)
                .containsExactly(tuple("second", List.of()), tuple("third", List.of("c1")));
        assertThat(cascading(desired, Foreseen.after(recorded, plan)).isEmpty()).isTrue();
    }

    @Test
    void of_a_circle_all_but_the_last_come_true() {
        var plan =
                cascading(
                        desired(
                                declared("postgresql/main").follows("copy"),
                                declared("postgresql/copy").follows("main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy")));

        assertThat(changes(plan))
                .containsExactly(new StartReplication(group("postgresql/main"), address("copy")));
        assertThat(plan.notices())
                .singleElement()
                .satisfies(it -> assertThat(it.rule()).contains(Code.FOLLOWS_IN_CIRCLE));
    }

    @Test
    void whoever_follows_a_group_gets_its_new_data_too_and_the_plan_says_so() {
        var desired =
                desired(declared("postgresql/copy").follows("main"), declared("postgresql/main"));
        var groups =
                List.of(
                        existing("postgresql/main").primary(),
                        existing("postgresql/copy"),
                        existing("postgresql/third").follows("copy").origin(Origin.REQUEST));
        var kept =
                List.of(
                        existing("postgresql/main").primary(),
                        existing("postgresql/copy"),
                        existing("postgresql/third")
                                .follows("copy")
                                .origin(Origin.REQUEST)
                                .isProtected());

        var plan = cascading(desired, recorded(1, groups.toArray(Existing[]::new)));
        var held = cascading(desired, recorded(1, kept.toArray(Existing[]::new)));

        assertThat(plan.changes().getFirst().reach())
                .endsWith("; the same goes for shop/production/postgresql/third behind it");
        assertThat(plan.changes().getFirst().variables().changed())
                .contains("POSTGRESQL_COPY_PASSWORD", "POSTGRESQL_THIRD_PASSWORD");
        assertThat(held.isEmpty()).isTrue();
        assertThat(held.notices()).extracting(Notice::code).contains(Notice.Code.PROTECTED);
    }

    private static Plan cascading(Desired desired, Recorded recorded) {
        return Planner.plan(
                desired,
                recorded,
                Neighbours.NONE,
                everything().withCascading(true),
                Optional.empty());
    }

    // what goes

    @Test
    void a_source_that_is_gone_goes_after_whoever_followed_it() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(
                                1,
                                existing("postgresql/old"),
                                existing("postgresql/copy").follows("old"),
                                existing("postgresql/main").primary()));

        assertThat(changes(plan))
                .extracting(it -> ((RemoveGroup) it).group().name())
                .containsExactly("copy", "old");
        assertThat(plan.changes().getLast().dependsOn()).containsExactly("c1");
    }

    @Test
    void a_source_that_is_gone_stays_while_somebody_follows_it() {
        var plan =
                plan(
                        desired(declared("postgresql/copy")),
                        recorded(
                                1,
                                existing("postgresql/old").primary(),
                                existing("postgresql/copy").follows("old")));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices().getFirst().message())
                .contains("shop/production/postgresql/copy follows it");
    }

    @Test
    void a_group_that_takes_over_is_there_before_the_old_one_goes() {
        var plan =
                plan(
                        desired(declared("postgresql/new").servers("b").primary()),
                        recorded(1, existing("postgresql/old").primary()));

        assertThat(changes(plan))
                .extracting(Change::action)
                .containsExactly("create-group", "set-primary", "remove-group");
        assertThat(plan.changes().getLast().dependsOn()).containsExactly("c1", "c2");
        assertThat(((CreateGroup) changes(plan).getFirst()).origin()).isEqualTo(Origin.MANIFEST);
    }

    private static Neighbours neighbours(Existing... groups) {
        var all = new HashMap<GroupAddress, Recorded.RecordedGroup>();
        for (var group : groups)
            all.put(new GroupAddress(BLOG, group.built().name()), group.built());
        return new Neighbours(all);
    }

    private static GroupAddress address(String name) {
        return new GroupAddress(SHOP, group("postgresql/" + name));
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return plan(desired, recorded, Neighbours.NONE);
    }

    private static Plan plan(Desired desired, Recorded recorded, Neighbours neighbours) {
        return Planner.plan(desired, recorded, neighbours, everything(), Optional.empty());
    }

    private static Catalogue everything() {
        return new Catalogue(
                "here",
                CATALOGUE.versions(),
                new TreeSet<>(),
                new TreeSet<>(),
                Set.of(Variant.values()),
                false);
    }

    private static List<Change> changes(Plan plan) {
        return plan.changes().stream().map(PlannedChange::change).toList();
    }

    private static String refusal(Plan plan) {
        assertThat(plan.notices())
                .singleElement()
                .extracting(Notice::code)
                .isEqualTo(Notice.Code.NOT_REPLICATED);
        return plan.notices().getFirst().message();
    }
}
