package dev.assent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.plan.render.PlanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What holds of every plan, whatever is desired and recorded.
class PlanPropertiesTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// Only people ask for these.
    private static final Set<String> REQUESTED =
            Set.of(
                    "adopt-group",
                    "set-protection",
                    "promote-server",
                    "resync-server",
                    "rotate-credentials",
                    "repair-server",
                    "accept-version");

    @Test
    void planning_twice_gives_the_same_bytes_and_maps_have_no_order() {
        Many.pairs(pair -> {
            var plan = pair.plan();

            assertThat(PlanJson.write(Pairs.of(pair.seed()).plan()).toString())
                    .isEqualTo(PlanJson.write(plan).toString());
            assertThat(shuffled(pair).plan()).isEqualTo(plan);
        });
    }

    @Test
    void once_a_plan_is_applied_there_is_nothing_left_to_do() {
        Many.pairs(pair -> {
            var plan = pair.plan();
            var again = pair.planFrom(Foreseen.after(pair.recorded(), plan));

            if (plan.notices().stream().noneMatch(it -> it.code() == Notice.Code.NOT_YET)) {
                assertThat(again.changes()).isEmpty();
            }
            assertThat(again.notices()).filteredOn(it -> !announced(it, plan)).isEmpty();
        });
    }

    @Test
    void what_is_not_yet_possible_is_after_a_few_plans() {
        Many.pairs(pair -> {
            var recorded = pair.recorded();
            for (var left = 3; left > 0; left--) {
                recorded = Foreseen.after(recorded, pair.planFrom(recorded));
            }

            assertThat(pair.planFrom(recorded).changes()).isEmpty();
        });
    }

    @Test
    void nothing_is_destroyed_that_the_author_did_not_ask_for() {
        Many.pairs(pair -> {
            for (var planned : pair.plan().changes()) {
                var change = planned.change();
                if (change.severity() == Severity.DESTRUCTIVE) {
                    assertThat(asked(change, pair)).as("%s", change).isTrue();
                    assertThat(mayLose(change.group(), pair)).as("%s", change).isTrue();
                }
                if (change instanceof ReleaseGroup) {
                    assertThat(gone(change.group(), pair)).as("%s", change).isTrue();
                }
            }
        });
    }

    @Test
    void a_group_that_stays_keeps_its_primary_server() {
        Many.pairs(pair -> {
            var plan = pair.plan();
            var after = Foreseen.after(pair.recorded(), plan);

            for (var group : pair.recorded().groups()) {
                after.group(group.name())
                        .ifPresent(it ->
                                assertThat(it.primaryServer().name())
                                        .isEqualTo(group.primaryServer().name()));
            }
        });
    }

    @Test
    void a_change_comes_after_what_it_depends_on_and_additions_come_before_removals() {
        Many.pairs(pair -> {
            var before = new HashSet<String>();
            var removing = false;
            for (var planned : pair.plan().changes()) {
                assertThat(before).containsAll(planned.dependsOn());
                before.add(planned.id());
                var adds =
                        planned.change() instanceof CreateGroup
                                || planned.change() instanceof AddServer;
                assertThat(adds && removing).as("%s after a removal", planned.id()).isFalse();
                removing |=
                        planned.change() instanceof RemoveGroup
                                || planned.change() instanceof RemoveServer
                                || planned.change() instanceof ReleaseGroup;
            }
        });
    }

    @Test
    void the_record_is_sound_after_every_single_change() {
        Many.pairs(pair -> {
            var recorded = pair.recorded();
            Sound.check(recorded, pair);
            for (var planned : pair.plan().changes()) {
                recorded = Foreseen.after(recorded, planned.change());
                Sound.check(recorded, pair);
            }
        });
    }

    @Test
    void the_record_is_sound_where_only_a_part_was_approved_and_what_that_depends_on() {
        Many.pairs(pair -> {
            var dice = new Dice(pair.seed());
            var recorded = pair.recorded();
            var approved = new HashSet<String>();
            for (var planned : pair.plan().changes()) {
                if (dice.chance(40) || !approved.containsAll(planned.dependsOn())) continue;
                approved.add(planned.id());
                recorded = Foreseen.after(recorded, planned.change());
                Sound.check(recorded, pair);
            }
        });
    }

    @Test
    void an_engine_is_never_without_a_group_while_another_one_could_take_over() {
        Many.pairs(pair -> {
            var plan = pair.plan();
            var kept = engines(pair.recorded());
            kept.retainAll(engines(Foreseen.after(pair.recorded(), plan)));

            var recorded = pair.recorded();
            for (var planned : plan.changes()) {
                recorded = Foreseen.after(recorded, planned.change());
                assertThat(engines(recorded)).containsAll(kept);
            }
        });
    }

    @Test
    void what_a_change_does_to_variables_is_what_becomes_of_their_names() {
        Many.pairs(pair -> {
            var names = names(pair.recorded());
            var recorded = pair.recorded();
            for (var planned : pair.plan().changes()) {
                recorded = Foreseen.after(recorded, planned.change());
                names.addAll(planned.variables().added());
                names.removeAll(planned.variables().removed());
                assertThat(names).as(planned.id()).isEqualTo(names(recorded));
            }
        });
    }

    @Test
    void every_plan_can_be_shown_and_is_the_same_again_when_its_json_is_read() {
        Many.pairs(pair -> {
            var plan = pair.plan();
            var text = PlanText.of(plan, false);

            assertThat(text).endsWith("\n").doesNotContain("\u001b", "null", "Optional");
            assertThat(PlanText.of(plan, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text);
            assertThat(PlanJson.read(MAPPER.readTree(PlanJson.write(plan).toString())))
                    .isEqualTo(plan);
            // The slowest of them; a part is enough.
            if (pair.seed() % 10 != 0) return;
            assertThat(PlanMarkdown.of(plan, Optional.of(pair.recorded()), Estimates.NONE))
                    .hasSizeLessThan(PlanMarkdown.LIMIT)
                    .doesNotContain("null", "Optional");
        });
    }

    @Test
    void two_plans_have_one_digest_when_they_do_the_same_and_only_then() {
        var digests = new HashMap<Digest, Object>();
        var plans = new HashMap<Object, Digest>();
        Many.pairs(pair -> {
            var plan = pair.plan();
            var what = what(plan);

            assertThat(digests.merge(plan.digest(), what, (first, _) -> first)).isEqualTo(what);
            assertThat(plans.merge(what, plan.digest(), (first, _) -> first))
                    .isEqualTo(plan.digest());
            assertThat(fromAnotherCommit(pair).digest()).isEqualTo(plan.digest());
            // Of these, a few are enough.
            if (pair.seed() % 20 == 0 && !plan.isEmpty()) {
                assertThat(elsewhere(plan).digest()).isNotEqualTo(plan.digest());
                assertThat(later(plan).digest()).isNotEqualTo(plan.digest());
                assertThat(withoutTheLastOf(plan).digest()).isNotEqualTo(plan.digest());
            }
        });
    }

    @Test
    void the_pairs_reach_every_kind_of_change_and_notice() {
        assumeTrue(Many.count() >= 1_000, "too few pairs to reach everything");
        var changes = new TreeMap<String, Integer>();
        var notices = new EnumMap<Notice.Code, Integer>(Notice.Code.class);
        var empty = new int[1];
        Many.pairs(pair -> {
            var plan = pair.plan();
            plan.changes().forEach(it -> changes.merge(it.change().action(), 1, Integer::sum));
            plan.notices().forEach(it -> notices.merge(it.code(), 1, Integer::sum));
            if (plan.isEmpty() && plan.notices().isEmpty()) empty[0]++;
        });

        var enough = Many.count() / 500;
        for (var kind : Change.class.getPermittedSubclasses()) {
            var action =
                    kind.getSimpleName()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                            .toLowerCase(Locale.ROOT);
            if (REQUESTED.contains(action)) {
                assertThat(changes).doesNotContainKey(action);
            } else {
                assertThat(changes.getOrDefault(action, 0)).as(action).isGreaterThan(enough);
            }
        }
        for (var code : Notice.Code.values()) {
            assertThat(notices.getOrDefault(code, 0)).as(code.word()).isGreaterThan(enough);
        }
        assertThat(empty[0]).as("nothing to do or say").isGreaterThan(enough);
    }

    /// What the manifest's author wrote that may destroy something; the planner's own words are not
    /// asked.
    private static boolean asked(Change change, Pair pair) {
        return switch (change) {
            case RemoveGroup it -> gone(it.group(), pair);
            case RemoveServer it -> {
                var names =
                        declared(it.group(), pair).orElseThrow().servers().stream()
                                .map(DesiredServer::name)
                                .toList();
                yield !names.isEmpty()
                        && names.stream().allMatch(Optional::isPresent)
                        && !names.contains(Optional.of(it.server()));
            }
            case StartReplication it ->
                    declared(it.group(), pair)
                            .flatMap(DesiredGroup::replication)
                            .flatMap(wanted -> wanted.source())
                            .map(wanted -> wanted.from(pair.desired().application()))
                            .equals(Optional.of(it.source()));
            case Change.AdoptGroup _,
                    Change.AddServer _,
                    Change.ChangeSetting _,
                    Change.CreateGroup _,
                    Change.ReleaseGroup _,
                    Change.SetBackups _,
                    Change.SetPrimary _,
                    Change.SetProtection _,
                    Change.StopReplication _,
                    Change.PromoteServer _,
                    Change.ResyncServer _,
                    Change.RotateCredentials _,
                    Change.RepairServer _,
                    Change.AcceptVersion _ ->
                    false;
        };
    }

    /// Whether a group is neither protected nor adopted.
    private static boolean mayLose(GroupName name, Pair pair) {
        return pair.recorded()
                .group(name)
                .filter(it -> it.standing().isProtected() || it.origin() == Origin.ADOPTED)
                .isEmpty();
    }

    private static boolean gone(GroupName group, Pair pair) {
        return declared(group, pair).isEmpty()
                && !pair.desired().groups().isEmpty()
                && pair.recorded().group(group).orElseThrow().standing().declared()
                && !pair.recorded().group(group).orElseThrow().standing().isProtected();
    }

    private static Optional<DesiredGroup> declared(GroupName group, Pair pair) {
        return pair.desired().groups().stream().filter(it -> it.name().equals(group)).findFirst();
    }

    private static Set<Engine> engines(Recorded recorded) {
        var engines = new TreeSet<Engine>();
        recorded.groups().forEach(it -> engines.add(it.name().engine()));
        return engines;
    }

    private static Set<String> names(Recorded recorded) {
        var names = new TreeSet<String>();
        for (var group : recorded.groups()) {
            var engine = group.name().engine();
            var endings = new ArrayList<>(engine.variables());
            if (group.servers().size() > 1) endings.add("REPLICA_ADDRESS");
            for (var ending : endings) {
                names.add(engine.prefix() + "_" + group.name().variablePart() + "_" + ending);
                if (group.primary()) names.add(engine.prefix() + "_" + ending);
            }
        }
        return names;
    }

    /// Whether the plan before said that of the group, too. That an application is no longer new
    /// changes what a group without servers is: declared for later.
    private static boolean announced(Notice notice, Plan before) {
        var codes =
                notice.code() == Notice.Code.DECLARED
                        ? Set.of(Notice.Code.DECLARED, Notice.Code.NOT_BUILT)
                        : Set.of(notice.code());
        return before.notices().stream()
                .filter(it -> it.group().equals(notice.group()))
                .anyMatch(it -> codes.contains(it.code()));
    }

    private static Object what(Plan plan) {
        return List.of(
                plan.application(),
                plan.baseSerial(),
                plan.changes().stream().map(PlannedChange::change).toList());
    }

    private static Plan elsewhere(Plan plan) {
        return new Plan(
                new ApplicationName("another", "production"),
                plan.baseSerial(),
                plan.changes(),
                plan.notices(),
                plan.unchanged());
    }

    private static Plan later(Plan plan) {
        return new Plan(
                plan.application(),
                plan.baseSerial() + 1,
                plan.changes(),
                plan.notices(),
                plan.unchanged());
    }

    private static Plan withoutTheLastOf(Plan plan) {
        return new Plan(
                plan.application(),
                plan.baseSerial(),
                plan.changes().subList(0, plan.changes().size() - 1),
                List.of(),
                0);
    }

    private static Plan fromAnotherCommit(Pair pair) {
        return Planner.plan(
                pair.desired(),
                pair.recorded(),
                pair.neighbours(),
                pair.catalogue(),
                Optional.of("fedcba9876543210"));
    }

    /// The same with whatever has no order in another one.
    private static Pair shuffled(Pair pair) {
        var catalogue = pair.catalogue();
        var versions = new HashMap<>(catalogue.versions());
        versions.replaceAll((_, all) -> all.reversed());
        return new Pair(
                pair.seed(),
                pair.desired(),
                pair.recorded(),
                new Neighbours(reversed(pair.neighbours().groups())),
                new Catalogue(
                        catalogue.provider(),
                        versions,
                        catalogue.requires().reversed(),
                        catalogue.lacks().reversed(),
                        catalogue.replicates(),
                        catalogue.cascading()));
    }

    private static <K extends Comparable<K>, V> Map<K, V> reversed(Map<K, V> map) {
        var keys = new ArrayList<>(map.keySet());
        keys.sort(Collections.reverseOrder());
        var reversed = new LinkedHashMap<K, V>();
        keys.forEach(it -> reversed.put(it, map.get(it)));
        return reversed;
    }
}
