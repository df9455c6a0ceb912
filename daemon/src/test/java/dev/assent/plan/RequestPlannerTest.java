package dev.assent.plan;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.catalogue;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Endpoint;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The rows of the domain's table that begin with a request.
class RequestPlannerTest {

    private static final Endpoint OLD_DATABASE = new Endpoint("db.example.org", 5432);

    // add group

    @Test
    void a_group_whose_name_the_manifest_has_is_added_as_the_manifest_specifies_it() {
        var changes =
                planned(
                        add("postgresql/spare"),
                        desired(
                                declared("postgresql/spare")
                                        .version("16")
                                        .setting("encoding", "UTF8")),
                        recorded(1, existing("postgresql/main").primary()));

        assertThat(changes)
                .containsExactly(
                        new CreateGroup(
                                group("postgresql/spare"),
                                Specification.of(Variant.POSTGRESQL)
                                        .with(Map.of("encoding", "UTF8"))
                                        .pinned(new Version("16.15")),
                                Origin.MANIFEST,
                                List.of(ServerSpec.of("postgresql-spare")),
                                false));
    }

    @Test
    void a_group_that_no_manifest_names_is_added_in_the_newest_version_pinned() {
        var changes = planned(add("postgresql/spare"), desired(), recorded(1));

        assertThat(changes)
                .containsExactly(
                        new CreateGroup(
                                group("postgresql/spare"),
                                Specification.of(Variant.POSTGRESQL).pinned(new Version("17.11")),
                                Origin.REQUEST,
                                List.of(ServerSpec.of("postgresql-spare")),
                                true));
    }

    @Test
    void a_wanted_version_is_pinned_as_precisely_as_the_catalogue_has_it() {
        var request =
                new AddGroup(
                        group("postgresql/spare"),
                        Optional.empty(),
                        Optional.of(new Version("16")));

        assertThat(planned(request, desired(), recorded(1)))
                .singleElement()
                .extracting(it -> ((CreateGroup) it).specification().version().orElseThrow())
                .isEqualTo(new Version("16.15"));
    }

    @Test
    void a_version_that_contradicts_the_manifest_is_refused_with_its_line() {
        var request =
                new AddGroup(
                        group("postgresql/spare"),
                        Optional.empty(),
                        Optional.of(new Version("17")));

        assertThat(
                        refused(
                                request,
                                desired(declared("postgresql/spare").version("16")),
                                recorded(1)))
                .isEqualTo(
                        "the manifest says that postgresql/spare has version 16, at apps/shop/manifest.yml:3; change it there");
    }

    @Test
    void a_generated_server_name_is_one_that_nothing_else_has() {
        var changes =
                planned(
                        add("postgresql/spare"),
                        desired(declared("postgresql/main").servers("postgresql-spare")),
                        recorded(1, existing("postgresql/main").servers("postgresql-spare-2")));

        assertThat(((CreateGroup) changes.getFirst()).servers())
                .containsExactly(ServerSpec.of("postgresql-spare-3"));
    }

    @Test
    void what_exists_is_external_collides_or_cannot_be_built_is_not_added() {
        var recorded = recorded(1, existing("postgresql/main"));

        assertThat(refused(add("postgresql/main"), desired(), recorded))
                .isEqualTo("there is a group postgresql/main already");
        assertThat(
                        refused(
                                add("redis/cache"),
                                desired(declared("redis/cache").external()),
                                recorded))
                .contains("declared external at apps/shop/manifest.yml:3");
        assertThat(
                        refused(
                                add("postgresql/ma-in"),
                                desired(declared("postgresql/ma_in")),
                                recorded))
                .contains("would have the same variables");
        assertThat(refused(add("redis/cache"), desired(), recorded))
                .isEqualTo("provider here has no redis; it has postgresql");
        assertThat(refused(add("postgresql/replica"), desired(), recorded))
                .contains("primary group's replicas");
    }

    @Test
    void a_declared_group_without_servers_is_not_added_beside_one_with_its_variables() {
        var why =
                refused(
                        add("postgresql/my-db"),
                        desired(declared("postgresql/my-db")),
                        recorded(1, existing("postgresql/my_db").origin(Origin.REQUEST)));

        assertThat(why).contains("postgresql/my_db exists and has the same variables");
    }

    @Test
    void a_provider_that_needs_more_of_a_server_says_what() {
        var demanding = catalogue(CATALOGUE.versions(), "region", "size");

        assertThat(refused(add("postgresql/spare"), desired(), recorded(1), demanding))
                .contains("provider here needs region, size of every server");
    }

    // remove group

    @Test
    void a_group_that_no_manifest_declares_is_removed_on_request() {
        var changes =
                planned(
                        new RemoveGroup(group("postgresql/spare")),
                        desired(declared("postgresql/main")),
                        recorded(
                                1,
                                existing("postgresql/main").primary(),
                                existing("postgresql/spare").origin(Origin.REQUEST)));

        assertThat(changes)
                .containsExactly(
                        new Change.RemoveGroup(
                                group("postgresql/spare"), List.of(new ServerName("spare"))));
    }

    @Test
    void a_group_whose_whole_manifest_is_gone_is_removed_by_name_only() {
        assertThat(
                        planned(
                                new RemoveGroup(group("postgresql/main")),
                                desired(),
                                recorded(1, existing("postgresql/main").primary())))
                .hasSize(1);
    }

    @Test
    void what_the_manifest_declares_is_not_removed_on_request() {
        assertThat(
                        refused(
                                new RemoveGroup(group("postgresql/main")),
                                desired(declared("postgresql/main")),
                                recorded(1, existing("postgresql/main"))))
                .isEqualTo(
                        "postgresql/main is declared at apps/shop/manifest.yml:3; remove it there, and approve the plan that follows");
    }

    @Test
    void a_protected_group_is_not_removed_on_request() {
        assertThat(
                        refused(
                                new RemoveGroup(group("postgresql/main")),
                                desired(),
                                recorded(1, existing("postgresql/main").isProtected())))
                .isEqualTo(
                        "postgresql/main is protected; if its data may go: assent unprotect shop/production/postgresql/main");
    }

    @Test
    void an_adopted_group_is_released_and_never_removed() {
        assertThat(
                        planned(
                                new RemoveGroup(group("postgresql/old")),
                                desired(),
                                recorded(1, existing("postgresql/old").origin(Origin.ADOPTED))))
                .singleElement()
                .isInstanceOf(ReleaseGroup.class);
    }

    @Test
    void a_source_is_not_removed_while_somebody_follows_it() {
        assertThat(
                        refused(
                                new RemoveGroup(group("postgresql/main")),
                                desired(),
                                recorded(
                                        1,
                                        existing("postgresql/main"),
                                        existing("postgresql/copy").follows("main"))))
                .isEqualTo(
                        "shop/production/postgresql/copy follows postgresql/main; end that first: assent replicate shop/production/postgresql/copy --stop");
    }

    // scale

    @Test
    void replicas_are_added_as_the_primary_server_is() {
        var changes =
                planned(
                        new Scale(group("postgresql/spare"), 2),
                        desired(),
                        recorded(1, existing("postgresql/spare").origin(Origin.REQUEST)));

        assertThat(changes)
                .containsExactly(
                        new AddServer(
                                group("postgresql/spare"),
                                ServerSpec.of("postgresql-spare-replica")),
                        new AddServer(
                                group("postgresql/spare"),
                                ServerSpec.of("postgresql-spare-replica-2")));
    }

    @Test
    void the_newest_replicas_go_first_and_the_primary_server_stays() {
        var changes =
                planned(
                        new Scale(group("postgresql/spare"), 0),
                        desired(),
                        recorded(
                                1,
                                existing("postgresql/spare")
                                        .origin(Origin.REQUEST)
                                        .servers("a", "b", "c")));

        assertThat(changes)
                .containsExactly(
                        new RemoveServer(group("postgresql/spare"), new ServerName("c")),
                        new RemoveServer(group("postgresql/spare"), new ServerName("b")));
    }

    @Test
    void the_servers_that_a_manifest_declares_are_not_scaled_on_request() {
        assertThat(
                        refused(
                                new Scale(group("postgresql/main"), 2),
                                desired(declared("postgresql/main").servers("a")),
                                recorded(1, existing("postgresql/main").servers("a"))))
                .isEqualTo(
                        "the servers of postgresql/main are declared at apps/shop/manifest.yml:3; add or remove them there");
    }

    @Test
    void a_number_that_is_so_already_or_means_nothing_is_said() {
        var recorded = recorded(1, existing("postgresql/main").servers("a", "b"));

        assertThat(refused(new Scale(group("postgresql/main"), 1), desired(), recorded))
                .isEqualTo("postgresql/main has 1 replica already");
        assertThat(refused(new Scale(group("postgresql/main"), -1), desired(), recorded))
                .contains("from 0 to 50 replicas, not -1");
        assertThat(refused(new Scale(group("postgresql/none"), 1), desired(), recorded))
                .contains("there is no group postgresql/none of shop/production");
    }

    // primary

    @Test
    void another_group_is_made_primary_on_request() {
        assertThat(
                        planned(
                                new MakePrimary(group("postgresql/spare")),
                                desired(declared("postgresql/main"), declared("postgresql/spare")),
                                recorded(
                                        1,
                                        existing("postgresql/main").primary(),
                                        existing("postgresql/spare"))))
                .containsExactly(
                        new SetPrimary(
                                group("postgresql/spare"), Optional.of(group("postgresql/main"))));
    }

    @Test
    void a_primary_group_that_the_manifest_names_is_the_manifests() {
        assertThat(
                        refused(
                                new MakePrimary(group("postgresql/spare")),
                                desired(
                                        declared("postgresql/main").primary(),
                                        declared("postgresql/spare")),
                                recorded(
                                        1,
                                        existing("postgresql/main").primary(),
                                        existing("postgresql/spare"))))
                .isEqualTo(
                        "the manifest says that postgresql/main is primary, at apps/shop/manifest.yml:3; change it there");
    }

    // protect

    @Test
    void a_group_is_protected_and_unprotected_by_a_plan() {
        var bare = recorded(1, existing("postgresql/main"));
        var guarded = recorded(2, existing("postgresql/main").isProtected());
        var protect = new Protect(group("postgresql/main"), true);
        var unprotect = new Protect(group("postgresql/main"), false);

        assertThat(planned(protect, desired(), bare))
                .containsExactly(new SetProtection(group("postgresql/main"), true));
        assertThat(planned(unprotect, desired(), guarded))
                .containsExactly(new SetProtection(group("postgresql/main"), false));
        assertThat(refused(protect, desired(), guarded))
                .isEqualTo("postgresql/main is protected already");
    }

    // adopt

    @Test
    void a_server_that_exists_is_adopted_as_what_it_says_it_is() {
        assertThat(planned(adopt("postgresql/old"), desired(), recorded(1)))
                .containsExactly(
                        new AdoptGroup(
                                group("postgresql/old"),
                                Specification.of(Variant.POSTGRESQL).pinned(new Version("13.4")),
                                new ServerName("postgresql-old"),
                                OLD_DATABASE,
                                "shop",
                                "shop_db",
                                true));
    }

    @Test
    void an_adopted_group_that_is_declared_has_the_server_that_is_declared() {
        assertThat(
                        planned(
                                adopt("postgresql/old"),
                                desired(declared("postgresql/old").servers("pg-old")),
                                recorded(1)))
                .extracting(it -> ((AdoptGroup) it).server())
                .containsExactly(new ServerName("pg-old"));
    }

    @Test
    void an_adopted_group_gets_no_replicas() {
        assertThat(
                        refused(
                                new Scale(group("postgresql/old"), 1),
                                desired(),
                                recorded(1, existing("postgresql/old").origin(Origin.ADOPTED))))
                .contains("the group is adopted");
    }

    // why

    @Test
    void a_change_says_who_asked_and_in_which_words() {
        var answer =
                RequestPlanner.plan(
                        new Scale(group("postgresql/main"), 1),
                        desired(),
                        recorded(1, existing("postgresql/main")),
                        Neighbours.NONE,
                        CATALOGUE,
                        "ann");

        assertThat(((Answer.Planned) answer).plan().changes().getFirst().because())
                .isEqualTo(
                        new Because.Asked(
                                "ann", "scale shop/production/postgresql/main --replicas 1"));
    }

    private static AddGroup add(String name) {
        return new AddGroup(group(name), Optional.empty(), Optional.empty());
    }

    private static Adopt adopt(String name) {
        return new Adopt(
                group(name),
                Specification.of(Variant.POSTGRESQL).pinned(new Version("13.4")),
                Optional.empty(),
                OLD_DATABASE,
                "shop",
                "shop_db");
    }

    private static List<Change> planned(Request request, Desired desired, Recorded recorded) {
        var answer = answer(request, desired, recorded, CATALOGUE);
        assertThat(answer).isInstanceOf(Answer.Planned.class);
        var plan = ((Answer.Planned) answer).plan();
        assertThat(plan.application()).isEqualTo(SHOP);
        return plan.changes().stream().map(PlannedChange::change).toList();
    }

    private static String refused(Request request, Desired desired, Recorded recorded) {
        return refused(request, desired, recorded, CATALOGUE);
    }

    private static String refused(
            Request request, Desired desired, Recorded recorded, Catalogue catalogue) {
        var answer = answer(request, desired, recorded, catalogue);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).why();
    }

    private static Answer answer(
            Request request, Desired desired, Recorded recorded, Catalogue catalogue) {
        var back = RequestJson.read(RequestJson.write(request));
        assertThat(back).isEqualTo(request);
        return RequestPlanner.plan(back, desired, recorded, Neighbours.NONE, catalogue, "ann");
    }
}
