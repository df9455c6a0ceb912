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
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
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
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Replicate;
import dev.assent.plan.Request.Resync;
import dev.assent.plan.Request.Scale;
import dev.assent.plan.Request.StopReplicating;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rows of the domain's table that begin with a request.
class RequestPlannerTest {

    private static final GroupName MAIN = group("postgresql/main");
    private static final GroupName COPY = group("postgresql/copy");
    private static final GroupAddress AT_MAIN = new GroupAddress(SHOP, MAIN);
    private static final ServerName A = new ServerName("a");
    private static final ServerName B = new ServerName("b");
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

    // promote, resync

    @Test
    void a_replica_becomes_the_primary_server() {
        var recorded = recorded(1, existing("postgresql/main").servers("a", "b", "c"));

        assertThat(planned(new Promote(MAIN, B, false), desired(), recorded))
                .containsExactly(new PromoteServer(MAIN, B, A, false));
        assertThat(planned(new Promote(MAIN, B, true), desired(), recorded))
                .containsExactly(new PromoteServer(MAIN, B, A, true));
    }

    @Test
    void a_promotion_that_cannot_be_is_refused_with_what_can() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main").servers("a", "b").isProtected(),
                        existing("postgresql/copy").servers("c").follows("main"),
                        existing("postgresql/old").origin(Origin.ADOPTED));

        assertThat(refused(new Promote(MAIN, A, false), desired(), recorded))
                .isEqualTo("a is the primary server of postgresql/main already");
        assertThat(refused(new Promote(MAIN, new ServerName("d"), false), desired(), recorded))
                .isEqualTo("postgresql/main has no server d; it has a, b");
        assertThat(refused(new Promote(MAIN, B, true), desired(), recorded))
                .isEqualTo(
                        "postgresql/main is protected; if its data may go: assent unprotect shop/production/postgresql/main");
        assertThat(refused(new Promote(COPY, new ServerName("c"), false), desired(), recorded))
                .isEqualTo(
                        "postgresql/copy follows shop/production/postgresql/main and has no primary server of its own; to have it go on by itself: assent replicate shop/production/postgresql/copy --stop");
        assertThat(refused(new Promote(group("postgresql/old"), A, false), desired(), recorded))
                .isEqualTo(
                        "postgresql/old is adopted: Assent knows where it is, and does nothing to its servers");
        assertThat(refused(new Promote(group("redis/x"), A, false), desired(), recorded))
                .startsWith("there is no group redis/x of shop/production");
    }

    @Test
    void a_protected_group_may_change_its_primary_server_where_nothing_is_lost() {
        var recorded = recorded(1, existing("postgresql/main").servers("a", "b").isProtected());

        assertThat(planned(new Promote(MAIN, B, false), desired(), recorded)).hasSize(1);
    }

    @Test
    void a_fresh_copy_is_for_a_replica_or_for_a_group_that_follows_another_one() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main").servers("a", "b"),
                        existing("postgresql/copy").follows("main"));

        assertThat(planned(new Resync(MAIN, Optional.of(B)), desired(), recorded))
                .containsExactly(new ResyncServer(MAIN, B, false));
        assertThat(planned(new Resync(MAIN, Optional.empty()), desired(), recorded))
                .containsExactly(new ResyncServer(MAIN, B, false));
        assertThat(planned(new Resync(COPY, Optional.empty()), desired(), recorded))
                .containsExactly(new ResyncServer(COPY, new ServerName("copy"), false));
    }

    @Test
    void a_fresh_copy_of_nothing_or_of_nobody_knows_which_is_refused() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main").servers("a", "b", "c"),
                        existing("postgresql/lonely"));

        assertThat(refused(new Resync(MAIN, Optional.empty()), desired(), recorded))
                .isEqualTo("postgresql/main has 2 replicas; say which: b, c");
        assertThat(refused(new Resync(MAIN, Optional.of(A)), desired(), recorded))
                .isEqualTo(
                        "a is the primary server of postgresql/main: the others are copies of it, and it of nobody; say which of them: b, c");
        assertThat(refused(new Resync(MAIN, Optional.of(new ServerName("d"))), desired(), recorded))
                .isEqualTo("postgresql/main has no server d; it has a, b, c");
        assertThat(
                        refused(
                                new Resync(group("postgresql/lonely"), Optional.empty()),
                                desired(),
                                recorded))
                .isEqualTo(
                        "postgresql/lonely has no replica and follows nobody: there is nothing to copy it from");
    }

    // replicate

    @Test
    void a_group_follows_another_one_and_leaves_the_one_before() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/other"),
                        existing("postgresql/new").origin(Origin.REQUEST),
                        existing("postgresql/copy").follows("other"));

        assertThat(planned(new Replicate(group("postgresql/new"), AT_MAIN), desired(), recorded))
                .containsExactly(new StartReplication(group("postgresql/new"), AT_MAIN));
        assertThat(planned(new Replicate(COPY, AT_MAIN), desired(), recorded))
                .containsExactly(
                        new StopReplication(
                                COPY, new GroupAddress(SHOP, group("postgresql/other"))),
                        new StartReplication(COPY, AT_MAIN));
        assertThat(planned(new StopReplicating(COPY), desired(), recorded)).hasSize(1);
    }

    @Test
    void whom_a_group_follows_is_the_manifests_where_that_says_so() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/other"),
                        existing("postgresql/copy").follows("other"));

        assertThat(
                        refused(
                                new Replicate(COPY, AT_MAIN),
                                desired(declared("postgresql/copy").follows("other")),
                                recorded))
                .isEqualTo(
                        "the manifest says that postgresql/copy follows shop/production/postgresql/other, at apps/shop/manifest.yml:9; change it there");
        assertThat(
                        refused(
                                new StopReplicating(COPY),
                                desired(declared("postgresql/copy").follows("other")),
                                recorded))
                .endsWith("at apps/shop/manifest.yml:9; change it there");
        assertThat(
                        refused(
                                new Replicate(COPY, AT_MAIN),
                                desired(declared("postgresql/copy").followsNone()),
                                recorded))
                .contains("the manifest says that postgresql/copy follows nobody");
        assertThat(
                        planned(
                                new StopReplicating(COPY),
                                desired(declared("postgresql/copy")),
                                recorded))
                .hasSize(1);
    }

    @Test
    void what_is_so_already_or_protected_is_not_replicated() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").follows("main"),
                        existing("postgresql/kept").isProtected());

        assertThat(refused(new Replicate(COPY, AT_MAIN), desired(), recorded))
                .isEqualTo(
                        "postgresql/copy follows shop/production/postgresql/main already; to copy it anew: assent resync shop/production/postgresql/copy");
        assertThat(refused(new StopReplicating(MAIN), desired(), recorded))
                .isEqualTo("postgresql/main follows no other group");
        assertThat(refused(new Replicate(group("postgresql/kept"), AT_MAIN), desired(), recorded))
                .startsWith("postgresql/kept is protected; if its data may go: ");
    }

    @Test
    void a_protected_group_does_not_lose_its_data_by_way_of_the_one_that_it_follows() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy"),
                        existing("postgresql/kept").follows("copy").isProtected());

        assertThat(
                        refused(
                                new Replicate(COPY, AT_MAIN),
                                desired(),
                                recorded,
                                CATALOGUE.withCascading(true)))
                .isEqualTo(
                        "shop/production/postgresql/kept follows postgresql/copy and is protected; if its data may go, too: assent unprotect shop/production/postgresql/kept");
    }

    // credentials rotate

    @Test
    void new_passwords_are_a_group_of_its_own_accord() {
        var recorded = recorded(1, existing("postgresql/main"));

        assertThat(planned(new Request.RotateCredentials(MAIN, true), desired(), recorded))
                .containsExactly(new Change.RotateCredentials(MAIN, true));
    }

    @Test
    void who_follows_has_the_passwords_of_the_first_in_the_row() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").follows("main"),
                        existing("postgresql/third").follows("copy"),
                        existing("memcached/x").version("1.6.31"));

        assertThat(
                        refused(
                                new Request.RotateCredentials(group("postgresql/third"), false),
                                desired(),
                                recorded))
                .isEqualTo(
                        "postgresql/third follows shop/production/postgresql/main and has that one's passwords; change them there: assent credentials rotate shop/production/postgresql/main");
        assertThat(
                        refused(
                                new Request.RotateCredentials(group("memcached/x"), false),
                                desired(),
                                recorded))
                .isEqualTo("memcached/x has no passwords: memcached knows none");
    }

    @Test
    void a_group_does_not_grow_where_its_servers_cannot_follow_one_another() {
        var poor =
                new Catalogue(
                        "here",
                        CATALOGUE.versions(),
                        CATALOGUE.requires(),
                        CATALOGUE.lacks(),
                        Set.of(),
                        false);

        assertThat(
                        refused(
                                new Scale(MAIN, 1),
                                desired(),
                                recorded(1, existing("postgresql/main")),
                                poor))
                .isEqualTo(
                        "postgresql/main gets no further server: provider here has no replicas of postgresql");
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
