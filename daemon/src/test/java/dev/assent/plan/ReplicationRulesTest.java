package dev.assent.plan;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.catalogue;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static dev.assent.plan.Given.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Code;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Variant;
import dev.assent.plan.Given.Existing;
import dev.assent.plan.Request.Replicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each rule of which group may follow which, by its code: at planning, where a manifest wants it
/// and where a person does, and once more before it is done.
class ReplicationRulesTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "production");

    private static final Catalogue PLAIN =
            catalogue(
                    Map.of(
                            Variant.POSTGRESQL,
                            versions("16.15", "17.11"),
                            Variant.MYSQL,
                            versions("8.4.3"),
                            Variant.MONGODB,
                            versions("7.0.14")));

    private static final Catalogue CASCADING = PLAIN.withCascading(true);

    /// What there is, what is wanted in it, and the rule that forbids it.
    record Case(
            Recorded recorded,
            Neighbours neighbours,
            Catalogue catalogue,
            String group,
            GroupAddress source,
            Code rule) {}

    static final List<Named<Case>> CASES =
            List.of(
                    forbidden(
                            Code.FOLLOWS_ITSELF,
                            "postgresql/copy",
                            at(SHOP, "postgresql/copy"),
                            existing("postgresql/copy")),
                    forbidden(
                            Code.OTHER_ENGINE,
                            "postgresql/copy",
                            at(SHOP, "mysql/main"),
                            existing("postgresql/copy"),
                            existing("mysql/main").version("8.4.3")),
                    among(
                            Code.MONGODB_BETWEEN_APPLICATIONS,
                            new Neighbours(of(BLOG, existing("mongodb/main").version("7.0.14"))),
                            "mongodb/copy",
                            at(BLOG, "mongodb/main"),
                            existing("mongodb/copy").version("7.0.14")),
                    of(
                            Code.PROVIDER_CANNOT_REPLICATE,
                            catalogue(Map.of()),
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy")),
                    among(
                            Code.OTHER_PROVIDER,
                            new Neighbours(
                                    of(BLOG, existing("postgresql/main")),
                                    Map.of(BLOG, "elsewhere")),
                            "postgresql/copy",
                            at(BLOG, "postgresql/main"),
                            existing("postgresql/copy")),
                    forbidden(
                            Code.NO_SUCH_GROUP,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/copy")),
                    forbidden(
                            Code.FOLLOWER_ADOPTED,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy").origin(Origin.ADOPTED)),
                    forbidden(
                            Code.SOURCE_ADOPTED,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main").origin(Origin.ADOPTED),
                            existing("postgresql/copy")),
                    forbidden(
                            Code.FOLLOWER_HAS_REPLICAS,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy").servers("a", "b")),
                    forbidden(
                            Code.FOLLOWER_IS_SOURCE,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy"),
                            existing("postgresql/third").follows("copy")),
                    among(
                            Code.FOLLOWER_IS_SOURCE,
                            new Neighbours(of(BLOG, existing("postgresql/third").follows("copy"))),
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy")),
                    forbidden(
                            Code.SOURCE_IS_REPLICA,
                            "postgresql/copy",
                            at(SHOP, "postgresql/between"),
                            existing("postgresql/main"),
                            existing("postgresql/between").follows("main"),
                            existing("postgresql/copy")),
                    of(
                            Code.FOLLOWS_IN_CIRCLE,
                            CASCADING,
                            "postgresql/main",
                            at(SHOP, "postgresql/third"),
                            existing("postgresql/main"),
                            existing("postgresql/between").follows("main"),
                            existing("postgresql/third").follows("between")),
                    of(
                            Code.TOO_MANY_HOPS,
                            CASCADING,
                            "postgresql/copy-17",
                            at(SHOP, "postgresql/copy-16"),
                            chain(16, existing("postgresql/copy-17"))),
                    forbidden(
                            Code.INCOMPATIBLE_VERSIONS,
                            "postgresql/copy",
                            at(SHOP, "postgresql/main"),
                            existing("postgresql/main"),
                            existing("postgresql/copy").version("17.11")));

    @ParameterizedTest
    @FieldSource("CASES")
    void a_manifest_that_wants_it_gets_a_notice_with_the_code(Case it) {
        var source = it.source();
        // A manifest names groups of its own engine only.
        if (it.rule() == Code.OTHER_ENGINE) return;
        var plan =
                Planner.plan(
                        desired(
                                declared(it.group())
                                        .follows(source.application(), source.group().name())),
                        unmanaged(it),
                        it.neighbours(),
                        it.catalogue(),
                        Optional.empty());

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.code() == Notice.Code.NOT_REPLICATED)
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.rule()).contains(it.rule());
                    assertThat(notice.message()).endsWith("(" + it.rule().id() + ")");
                });
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void a_person_who_asks_for_it_is_refused_with_the_code(Case it) {
        var answer =
                RequestPlanner.plan(
                        new Replicate(group(it.group()), it.source()),
                        desired(),
                        it.recorded(),
                        it.neighbours(),
                        it.catalogue(),
                        "ann");

        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(((Answer.Refused) answer).why())
                .startsWith("%s does not follow %s: ".formatted(it.group(), it.source()))
                .endsWith("(" + it.rule().id() + ")");
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void what_is_about_to_be_done_is_checked_once_more(Case it) {
        assertThat(
                        ReplicationRules.check(
                                at(SHOP, it.group()),
                                it.source(),
                                it.recorded(),
                                it.neighbours(),
                                it.catalogue()))
                .map(Forbidden::rule)
                .contains(it.rule());
    }

    @Test
    void every_rule_has_a_case() {
        assertThat(CASES)
                .extracting(it -> it.getPayload().rule())
                .containsAll(
                        Arrays.stream(Code.values())
                                .filter(it -> it.id().startsWith("ASN15"))
                                .toList());
    }

    @Test
    void what_no_rule_forbids_may_be() {
        var recorded = recorded(1, existing("postgresql/main"), existing("postgresql/copy"));

        assertThat(check("postgresql/copy", at(SHOP, "postgresql/main"), recorded, PLAIN))
                .isEmpty();
    }

    @Test
    void a_group_that_changes_its_source_is_not_held_back_by_the_one_that_it_leaves() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/other"),
                        existing("postgresql/copy").follows("main"));

        assertThat(check("postgresql/copy", at(SHOP, "postgresql/other"), recorded, PLAIN))
                .isEmpty();
    }

    @Test
    void cascading_allows_a_copy_of_a_copy_and_a_source_that_follows() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").follows("main"),
                        existing("postgresql/third"),
                        existing("postgresql/fourth").follows("third"));

        assertThat(check("postgresql/third", at(SHOP, "postgresql/copy"), recorded, CASCADING))
                .isEmpty();
    }

    @Test
    void sixteen_hops_are_the_most_counted_on_both_sides_of_the_new_one() {
        var before = chain(8, existing("postgresql/a"), existing("postgresql/b").follows("a"));
        var all = new ArrayList<>(List.of(before));
        var last = "b";
        for (var i = 0; i < 6; i++) {
            all.add(existing("postgresql/b" + i).follows(last));
            last = "b" + i;
        }
        var sixteen = recorded(1, all.toArray(Existing[]::new));
        all.add(existing("postgresql/end").follows(last));
        var seventeen = recorded(1, all.toArray(Existing[]::new));

        var source = at(SHOP, "postgresql/copy-8");
        assertThat(check("postgresql/a", source, sixteen, CASCADING)).isEmpty();
        assertThat(check("postgresql/a", source, seventeen, CASCADING))
                .map(Forbidden::why)
                .contains("18 groups would follow one another in a row, and more than 17 may not");
    }

    @Test
    void why_versions_do_not_fit_is_said_in_words() {
        var recorded =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").version("17.11"));

        assertThat(check("postgresql/copy", at(SHOP, "postgresql/main"), recorded, PLAIN))
                .map(Forbidden::sentence)
                .contains(
                        "postgresql 17.11 cannot follow postgresql 16.15: both must have the same major version (ASN1514)");
    }

    private static Optional<Forbidden> check(
            String group, GroupAddress source, Recorded recorded, Catalogue catalogue) {
        return ReplicationRules.check(
                at(SHOP, group), source, recorded, Neighbours.NONE, catalogue);
    }

    /// The record without what a manifest that names one group would remove.
    private static Recorded unmanaged(Case it) {
        return new Recorded(
                SHOP,
                it.recorded().serial(),
                it.recorded().groups().stream()
                        .map(group -> group.with(group.standing().withDeclared(false)))
                        .toList());
    }

    private static Named<Case> forbidden(
            Code rule, String group, GroupAddress source, Existing... groups) {
        return of(rule, PLAIN, group, source, groups);
    }

    private static Named<Case> of(
            Code rule, Catalogue catalogue, String group, GroupAddress source, Existing... groups) {
        return Named.of(
                rule.name(),
                new Case(recorded(1, groups), Neighbours.NONE, catalogue, group, source, rule));
    }

    private static Named<Case> among(
            Code rule,
            Neighbours neighbours,
            String group,
            GroupAddress source,
            Existing... groups) {
        return Named.of(
                rule.name(), new Case(recorded(1, groups), neighbours, PLAIN, group, source, rule));
    }

    /// `copy-1` follows `main`, each further one the one before.
    private static Existing[] chain(int hops, Existing... others) {
        var all = new ArrayList<>(List.of(existing("postgresql/main")));
        IntStream.rangeClosed(1, hops)
                .mapToObj(i ->
                        existing("postgresql/copy-" + i)
                                .follows(i == 1 ? "main" : "copy-" + (i - 1)))
                .forEach(all::add);
        all.addAll(List.of(others));
        return all.toArray(Existing[]::new);
    }

    private static Map<GroupAddress, RecordedGroup> of(
            ApplicationName application, Existing... groups) {
        var all = new HashMap<GroupAddress, RecordedGroup>();
        for (var group : groups) {
            all.put(new GroupAddress(application, group.built().name()), group.built());
        }
        return all;
    }

    private static GroupAddress at(ApplicationName application, String name) {
        return new GroupAddress(application, group(name));
    }
}
