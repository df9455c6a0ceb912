package dev.assent.plan;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.catalogue;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.place;
import static dev.assent.plan.Given.recorded;
import static dev.assent.plan.Given.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.render.PlanJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The rows of the domain's table "from difference to plan".
class PlannerTest {

    // desired: fully defined; recorded: no record yet

    @Test
    void a_fully_defined_group_of_a_new_application_is_created_with_all_its_servers() {
        var desired = desired(declared("postgresql/main").version("16").servers("pg-1", "pg-2"));

        var plan = plan(desired, nothing());

        assertThat(changes(plan))
                .containsExactly(
                        new CreateGroup(
                                group("postgresql/main"),
                                Specification.of(Variant.POSTGRESQL).pinned(new Version("16.15")),
                                Origin.MANIFEST,
                                List.of(ServerSpec.of("pg-1"), ServerSpec.of("pg-2")),
                                true));
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void a_version_that_is_left_out_is_the_newest_of_the_catalogue_pinned_in_the_plan() {
        var plan = plan(desired(declared("postgresql/main").servers("pg-1")), nothing());

        assertThat(changes(plan))
                .singleElement()
                .extracting(it -> ((CreateGroup) it).specification().version().orElseThrow())
                .isEqualTo(new Version("17.11"));
    }

    @Test
    void the_first_group_of_an_engine_becomes_primary() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").servers("pg-1"),
                                declared("postgresql/spare").servers("pg-2")),
                        nothing());

        assertThat(changes(plan))
                .extracting(it -> ((CreateGroup) it).primary())
                .containsExactly(true, false);
    }

    @Test
    void the_group_that_the_manifest_calls_primary_becomes_primary_and_not_the_first() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").servers("pg-1"),
                                declared("postgresql/spare").servers("pg-2").primary()),
                        nothing());

        // Built first, so that at no moment the root level points to another one or to none.
        assertThat(changes(plan))
                .extracting(Change::group, it -> ((CreateGroup) it).primary())
                .containsExactly(
                        tuple(group("postgresql/spare"), true),
                        tuple(group("postgresql/main"), false));
    }

    @Test
    void a_further_group_of_an_engine_does_not_take_over_from_the_primary_one() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/spare").servers("pg-2")),
                        recorded(1, existing("postgresql/main").primary()));

        assertThat(changes(plan))
                .extracting(it -> ((CreateGroup) it).primary())
                .containsExactly(false);
    }

    // desired: servers missing or not fully defined; recorded: no record yet

    @Test
    void a_group_without_servers_of_a_new_application_is_not_built() {
        var plan = plan(desired(declared("postgresql/main")), nothing());

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.NOT_BUILT);
    }

    @Test
    void a_group_whose_variables_an_existing_one_has_is_not_built_beside_it() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/my-db").servers("a"),
                                declared("postgresql/main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/my_db").origin(Origin.REQUEST)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(messages(plan).getFirst())
                .contains("postgresql/my_db exists and has the same variables");
    }

    @Test
    void a_server_without_a_name_is_not_built_and_the_notice_says_which() {
        var plan = plan(desired(declared("postgresql/main").servers("pg-1", "")), nothing());

        assertThat(plan.changes()).isEmpty();
        assertThat(messages(plan))
                .containsExactly(
                        "postgresql/main is not built: server number 2 has no `unique_name`");
    }

    @Test
    void what_the_provider_needs_and_a_server_lacks_is_named() {
        var catalogue =
                catalogue(
                        Map.of(Variant.POSTGRESQL, versions("16.15")), "region", "size", "vendor");
        var desired = desired(declared("postgresql/main").server("pg-1", Map.of("vendor", "aws")));

        var plan = plan(desired, nothing(), catalogue);

        assertThat(messages(plan))
                .containsExactly(
                        "postgresql/main is not built: server pg-1 lacks `region`, `size`, which"
                                + " provider here needs");
    }

    @Test
    void a_version_that_the_provider_does_not_have_is_not_built_and_the_notice_names_what_it_has() {
        var plan =
                plan(
                        desired(declared("postgresql/main").version("9.6").servers("pg-1")),
                        nothing());

        assertThat(messages(plan))
                .containsExactly(
                        "postgresql/main is not built: provider here has no postgresql 9.6, only"
                                + " 16.14, 16.15, 17.10, 17.11");
    }

    @Test
    void what_asks_for_something_that_the_provider_lacks_is_not_built_without_it() {
        var asking = declared("postgresql/geo").setting("postgis.version", "3").servers("pg-1");
        var without = declared("postgresql/main").setting("postgis", "false").servers("pg-2");

        var plan = plan(desired(asking, without), nothing());

        assertThat(messages(plan))
                .containsExactly("postgresql/geo is not built: provider here has no `postgis`");
        assertThat(changes(plan))
                .extracting(Change::group)
                .containsExactly(group("postgresql/main"));
    }

    @Test
    void an_engine_that_the_provider_does_not_have_is_not_built() {
        var plan = plan(desired(declared("redis/cache").servers("r-1")), nothing());

        assertThat(messages(plan))
                .containsExactly(
                        "redis/cache is not built: provider here has no redis; it has postgresql");
    }

    @Test
    void a_variant_that_the_provider_does_not_have_names_the_one_that_it_has() {
        var plan =
                plan(
                        desired(declared("mysql/main").version("8.0").servers("db-1")),
                        nothing(),
                        catalogue(Map.of(Variant.MARIADB, versions("10.11.19", "11.4.5"))));

        assertThat(messages(plan))
                .containsExactly(
                        "mysql/main is not built: provider here has no mysql; it has mariadb"
                                + " 10.11.19, 11.4.5: write `engine: mariadb`");
    }

    @Test
    void a_group_of_several_servers_is_not_built_where_its_engine_has_no_replicas() {
        var plan =
                plan(
                        desired(
                                declared("memcached/main").servers("m-1", "m-2"),
                                declared("memcached/other").servers("m-3")),
                        nothing(),
                        lonely());

        assertThat(messages(plan))
                .containsExactly(
                        "memcached/main is not built: provider here has no replicas of memcached;"
                                + " declare one server, or a group for each");
        assertThat(changes(plan))
                .extracting(Change::group)
                .containsExactly(group("memcached/other"));
    }

    @Test
    void a_group_whose_engine_has_no_replicas_does_not_grow() {
        var plan =
                plan(
                        desired(declared("memcached/main").servers("m-1", "m-2")),
                        recorded(1, existing("memcached/main").version("1.6.18").servers("m-1")),
                        lonely());

        assertThat(plan.changes()).isEmpty();
        assertThat(messages(plan).getFirst())
                .contains("provider here has no replicas of memcached");
    }

    private static Catalogue lonely() {
        return new Catalogue(
                "here",
                Map.of(Variant.MEMCACHED, versions("1.6.18")),
                new TreeSet<>(),
                new TreeSet<>(),
                Set.of(),
                false);
    }

    // desired: fully defined; recorded: application exists, group does not

    @Test
    void a_new_group_of_an_existing_application_is_proposed() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main"),
                                declared("postgresql/spare").servers("pg-2")),
                        recorded(4, existing("postgresql/main").primary()));

        assertThat(changes(plan))
                .extracting(Change::group)
                .containsExactly(group("postgresql/spare"));
        assertThat(plan.baseSerial()).isEqualTo(4);
        assertThat(plan.unchanged()).isEqualTo(1);
    }

    // desired: group without servers; recorded: application exists, group does not

    @Test
    void a_new_group_without_servers_is_only_declared() {
        var plan =
                plan(
                        desired(declared("postgresql/main"), declared("postgresql/later")),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.DECLARED);
    }

    // desired: no such group; recorded: one that a manifest once declared

    @Test
    void a_group_gone_from_its_manifest_is_proposed_for_removal_and_nothing_else() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(
                                2,
                                existing("postgresql/main").primary(),
                                existing("postgresql/legacy").servers("old-1", "old-2")));

        assertThat(changes(plan))
                .containsExactly(
                        new RemoveGroup(
                                group("postgresql/legacy"),
                                List.of(new ServerName("old-1"), new ServerName("old-2"))));
        assertThat(plan.destructive()).hasSize(1);
    }

    @Test
    void additions_come_before_removals() {
        var plan =
                plan(
                        desired(declared("postgresql/renamed").servers("pg-2")),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.changes()).extracting(PlannedChange::id).containsExactly("c1", "c2");
        assertThat(changes(plan)).hasExactlyElementsOfTypes(CreateGroup.class, RemoveGroup.class);
    }

    @Test
    void a_manifest_that_declares_nothing_any_more_removes_nothing() {
        var plan = plan(desired(), recorded(1, existing("postgresql/main").primary()));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.MANIFEST_GONE);
    }

    // desired: no such group; recorded: one from a request or adoption

    @Test
    void a_group_that_no_manifest_ever_declared_stays() {
        for (var origin : List.of(Origin.REQUEST, Origin.ADOPTED)) {
            var plan =
                    plan(
                            desired(declared("postgresql/main")),
                            recorded(
                                    1,
                                    existing("postgresql/main"),
                                    existing("postgresql/extra").origin(origin)));

            assertThat(plan.changes()).isEmpty();
            assertThat(codes(plan)).containsExactly(Notice.Code.UNMANAGED);
        }
    }

    // more or fewer servers

    @Test
    void a_further_server_is_added_as_a_replica() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("pg-1", "pg-2")),
                        recorded(1, existing("postgresql/main").servers("pg-1")));

        assertThat(changes(plan))
                .containsExactly(new AddServer(group("postgresql/main"), ServerSpec.of("pg-2")));
    }

    @Test
    void a_replica_gone_from_the_manifest_is_proposed_for_removal_as_destructive() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("pg-1")),
                        recorded(1, existing("postgresql/main").servers("pg-1", "pg-2")));

        assertThat(changes(plan))
                .containsExactly(
                        new RemoveServer(group("postgresql/main"), new ServerName("pg-2")));
        assertThat(changes(plan))
                .extracting(Change::severity)
                .containsExactly(Severity.DESTRUCTIVE);
    }

    @Test
    void the_primary_server_of_a_group_is_never_removed_from_under_it() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("pg-2")),
                        recorded(1, existing("postgresql/main").servers("pg-1", "pg-2")));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.PROMOTE_FIRST);
    }

    @Test
    void a_group_that_leaves_out_its_servers_keeps_those_that_it_has() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(1, existing("postgresql/main").servers("pg-1", "pg-2")));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void while_a_declared_server_has_no_name_none_is_taken_for_gone() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("pg-1", "")),
                        recorded(1, existing("postgresql/main").servers("pg-1", "pg-2")));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.NOT_BUILT);
    }

    @Test
    void a_replica_is_not_added_when_its_groups_version_can_no_longer_be_built() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("pg-1", "pg-2")),
                        recorded(1, existing("postgresql/main").version("13.1").servers("pg-1")));

        assertThat(plan.changes()).isEmpty();
        assertThat(messages(plan))
                .containsExactly(
                        "a server of postgresql/main is not built: provider here no longer has"
                                + " postgresql 13.1");
    }

    // other value of a build setting; engine or variant changed

    @Test
    void another_version_applies_on_build_and_both_values_are_named() {
        var plan =
                plan(
                        desired(declared("postgresql/main").version("17").servers("main")),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.APPLIES_ON_BUILD);
        assertThat(messages(plan).getFirst()).contains("it is 16.15, the manifest says 17");
    }

    @Test
    void another_version_comes_with_the_commands_that_lead_there_in_order() {
        var plan =
                plan(
                        desired(declared("postgresql/main").version("17").servers("main")),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.notices().getFirst().steps())
                .filteredOn(it -> it.startsWith("assent ") || it.startsWith("#"))
                .extracting(it -> it.split(" ")[1])
                .startsWith("group")
                .containsSubsequence("group", "primary", "redeploy", "then");
    }

    @Test
    void a_less_precise_version_is_no_difference() {
        var plan =
                plan(
                        desired(declared("postgresql/main").version("16").servers("main")),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices()).isEmpty();
        assertThat(plan.unchanged()).isEqualTo(1);
    }

    @Test
    void another_build_setting_applies_on_build() {
        var plan =
                plan(
                        desired(declared("postgresql/main").setting("encoding", "LATIN1")),
                        recorded(1, existing("postgresql/main").setting("encoding", "UTF8")));

        assertThat(codes(plan)).containsExactly(Notice.Code.APPLIES_ON_BUILD);
        assertThat(messages(plan).getFirst()).contains("it is UTF8, the manifest says LATIN1");
    }

    @Test
    void another_value_of_a_redeploy_setting_is_changed_from_the_next_redeploy_on() {
        var plan =
                plan(
                        desired(declared("memcached/cache").setting("memory", "128")),
                        recorded(1, existing("memcached/cache").setting("memory", "64")));

        assertThat(changes(plan))
                .containsExactly(
                        new ChangeSetting(
                                group("memcached/cache"),
                                Optional.empty(),
                                "memory",
                                Optional.of("64"),
                                "128"));
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void a_setting_that_the_manifest_leaves_out_stays_as_it_is() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(1, existing("postgresql/main").setting("encoding", "UTF8")));

        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void data_does_not_change_engine_in_place() {
        var plan =
                plan(
                        desired(declared("mysql/main").variant(Variant.PERCONA)),
                        recorded(1, existing("mysql/main")));

        assertThat(plan.changes()).isEmpty();
        assertThat(messages(plan).getFirst()).contains("it is mysql, the manifest says percona");
    }

    // external, and nothing differs

    @Test
    void where_nothing_differs_the_plan_is_empty_and_says_nothing() {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main")
                                        .version("16.15")
                                        .setting("encoding", "UTF8")
                                        .servers("pg-1", "pg-2")
                                        .primary()),
                        recorded(
                                4,
                                existing("postgresql/main")
                                        .setting("encoding", "UTF8")
                                        .servers("pg-1", "pg-2")
                                        .primary()));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices()).isEmpty();
        assertThat(plan.unchanged()).isEqualTo(1);
    }

    @Test
    void an_external_group_is_nothing_to_do() {
        var plan = plan(desired(declared("redis/cache").external()), nothing());

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void a_group_that_became_external_keeps_its_servers() {
        var plan =
                plan(
                        desired(declared("postgresql/main").external()),
                        recorded(1, existing("postgresql/main")));

        assertThat(plan.changes()).isEmpty();
        assertThat(codes(plan)).containsExactly(Notice.Code.NOW_EXTERNAL);
    }

    // why, and the same bytes

    @Test
    void the_order_of_servers_is_no_wish_once_another_one_was_promoted() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("a", "b")),
                        recorded(1, existing("postgresql/main").servers("b", "a").primary()));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void the_old_primary_server_is_removed_as_any_replica_once_another_one_was_promoted() {
        var plan =
                plan(
                        desired(declared("postgresql/main").servers("b")),
                        recorded(1, existing("postgresql/main").servers("b", "a").primary()));

        assertThat(changes(plan))
                .containsExactly(new RemoveServer(group("postgresql/main"), new ServerName("a")));
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    void a_primary_server_that_is_gone_from_the_manifest_says_how_to_promote_another_one() {
        var recorded = recorded(1, existing("postgresql/main").servers("a", "b", "c").primary());

        var stays = plan(desired(declared("postgresql/main").servers("c", "b")), recorded);
        var comes = plan(desired(declared("postgresql/main").servers("d")), recorded);

        assertThat(stays.notices())
                .singleElement()
                .extracting(Notice::steps)
                .isEqualTo(List.of("assent promote shop/production/postgresql/main c"));
        assertThat(comes.notices())
                .singleElement()
                .extracting(Notice::steps)
                .isEqualTo(
                        List.of(
                                "# once a server that stays is there:",
                                "assent promote shop/production/postgresql/main d"));
    }

    @Test
    void a_group_with_replicas_is_not_built_where_its_servers_cannot_follow_one_another() {
        var poor =
                new Catalogue(
                        "here",
                        CATALOGUE.versions(),
                        CATALOGUE.requires(),
                        CATALOGUE.lacks(),
                        Set.of(),
                        false);

        var plan = plan(desired(declared("postgresql/main").servers("a", "b")), nothing(), poor);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(messages(plan))
                .containsExactly(
                        "postgresql/main is not built: provider here has no replicas of postgresql; declare one server, or a group for each");
    }

    @Test
    void a_change_says_which_line_of_which_commit_asks_for_it() {
        var plan =
                Planner.plan(
                        desired(declared("postgresql/main").servers("pg-1")),
                        nothing(),
                        CATALOGUE,
                        Optional.of("0123abcd"));

        assertThat(plan.changes().getFirst().because())
                .isEqualTo(new Because.Declared(place(3), Optional.of("0123abcd")));
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        var desired =
                desired(
                        declared("postgresql/main").servers("pg-1", "pg-2"),
                        declared("postgresql/new").setting("b", "2").setting("a", "1"));
        var recorded =
                recorded(
                        7,
                        existing("postgresql/main").servers("pg-1", "pg-9"),
                        existing("redis/x"));

        var once = PlanJson.write(plan(desired, recorded)).toString();
        var again = PlanJson.write(plan(desired, recorded)).toString();

        assertThat(once).isEqualTo(again);
    }

    @Test
    void the_digest_depends_on_what_is_done_and_not_on_the_commit_or_the_line() {
        var desired = desired(declared("postgresql/main").servers("pg-1"));

        var reviewed = Planner.plan(desired, nothing(), CATALOGUE, Optional.of("aaaa"));
        var merged = Planner.plan(desired, nothing(), CATALOGUE, Optional.of("bbbb"));
        var other = plan(desired(declared("postgresql/main").servers("pg-2")), nothing());
        var later = plan(desired, recorded(1));

        assertThat(merged.digest()).isEqualTo(reviewed.digest());
        assertThat(other.digest()).isNotEqualTo(reviewed.digest());
        assertThat(later.digest()).isNotEqualTo(reviewed.digest());
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return plan(desired, recorded, CATALOGUE);
    }

    private static Plan plan(Desired desired, Recorded recorded, Catalogue catalogue) {
        return Planner.plan(desired, recorded, catalogue, Optional.empty());
    }

    private static List<Change> changes(Plan plan) {
        return plan.changes().stream().map(PlannedChange::change).toList();
    }

    private static List<Notice.Code> codes(Plan plan) {
        return plan.notices().stream().map(Notice::code).toList();
    }

    private static List<String> messages(Plan plan) {
        return plan.notices().stream().map(Notice::message).toList();
    }
}
