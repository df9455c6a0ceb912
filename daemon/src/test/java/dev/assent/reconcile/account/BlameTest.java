package dev.assent.reconcile.account;

import static dev.assent.plan.Given.PATH;
import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Backups;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Effect;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.reconcile.account.Blame.Cause;
import dev.assent.reconcile.account.Blame.Line;
import dev.assent.state.Assent;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlameTest {

    private static final GroupName MAIN = group("postgresql/main");
    private static final GroupName SPARE = group("postgresql/spare");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final List<Course> courses = new ArrayList<>();
    private Recorded now = Recorded.nothing(SHOP);

    @Test
    void everything_of_a_new_group_comes_from_the_plan_that_built_it() {
        var plan = done("ada", creating(MAIN, true));

        var blame = blame(MAIN);

        assertThat(blame.lines())
                .extracting(Line::name)
                .containsExactly(
                        "exists",
                        "configuration.engine",
                        "configuration.version",
                        "configuration.encoding",
                        "servers.main-1",
                        "servers.main-1.size",
                        "primary",
                        "protected",
                        "replicate_from",
                        "backups");
        assertThat(blame.lines())
                .extracting(it -> it.cause().orElseThrow().plan().id())
                .containsOnly(plan.id());
        var cause = cause(blame, "configuration.version");
        assertThat(cause.because())
                .isEqualTo(new Because.Declared(place(1), Optional.of("commit-0")));
        assertThat(cause.assents()).extracting(Assent::who).containsExactly("ada");
        assertThat(cause.at()).isEqualTo(START);
    }

    @Test
    void what_was_changed_later_comes_from_there_and_the_rest_stays_where_it_was() {
        var built = done("ada", creating(MAIN, true));
        var grown =
                done(
                        "bob",
                        new AddServer(MAIN, ServerSpec.of("main-2")),
                        new ChangeSetting(
                                MAIN, Optional.empty(), "encoding", Optional.of("UTF8"), "LATIN1"),
                        new SetProtection(MAIN, true));

        var blame = blame(MAIN);

        for (var name : List.of("servers.main-2", "configuration.encoding", "protected")) {
            assertThat(cause(blame, name).plan()).as(name).isEqualTo(grown);
        }
        for (var name : List.of("servers.main-1", "configuration.version", "primary", "exists")) {
            assertThat(cause(blame, name).plan()).as(name).isEqualTo(built);
        }
    }

    @Test
    void another_group_made_primary_is_the_reason_why_this_one_no_longer_is() {
        done("ada", creating(MAIN, true), creating(SPARE, false));
        var moved = done("bob", new SetPrimary(SPARE, Optional.of(MAIN)));

        assertThat(cause(blame(MAIN), "primary").plan()).isEqualTo(moved);
        assertThat(cause(blame(SPARE), "primary").plan()).isEqualTo(moved);
    }

    @Test
    void a_removed_primary_group_is_the_reason_why_the_next_one_is() {
        done("ada", creating(MAIN, true), creating(SPARE, false));
        var removed = done("bob", new RemoveGroup(MAIN, List.of()));

        assertThat(cause(blame(SPARE), "primary").plan()).isEqualTo(removed);
        assertThat(Blame.of(now, MAIN, courses)).isEmpty();
    }

    @Test
    void what_was_held_back_or_failed_made_nothing_so() {
        done("ada", creating(MAIN, true));
        var protect = new SetProtection(MAIN, true);
        plan("bob", List.of(protect, creating(SPARE, false)), List.of("c2"), List.of("c2"));
        plan("bob", List.of(protect), List.of("c1"), List.of());

        var line = blame(MAIN).only("protected").lines().getFirst();

        assertThat(line.value()).isEqualTo("no");
        assertThat(line.cause().orElseThrow().assents())
                .extracting(Assent::who)
                .containsExactly("ada");
    }

    @Test
    void what_a_failed_plan_did_before_it_failed_was_its_doing() {
        done("ada", creating(MAIN, true));
        var failed =
                plan(
                        "bob",
                        List.of(new SetProtection(MAIN, true), creating(SPARE, false)),
                        List.of("c1", "c2"),
                        List.of("c1"));

        assertThat(cause(blame(MAIN), "protected").plan()).isEqualTo(failed);
    }

    @Test
    void of_a_group_that_was_removed_and_built_anew_only_the_second_life_counts() {
        done("ada", creating(MAIN, true));
        done("ada", new SetProtection(MAIN, true), new SetProtection(MAIN, false));
        done("ada", new RemoveGroup(MAIN, List.of()));
        var again = done("bob", creating(MAIN, true));

        assertThat(blame(MAIN).lines())
                .allMatch(it -> it.cause().orElseThrow().plan().equals(again));
    }

    @Test
    void where_the_group_that_was_to_be_primary_is_held_back_the_first_one_built_is() {
        var plan =
                plan(
                        "ada",
                        List.of(creating(MAIN, true), creating(SPARE, false)),
                        List.of("c2"),
                        List.of("c2"));
        now = Foreseen.after(now, new SetPrimary(SPARE, Optional.empty()));

        assertThat(cause(blame(SPARE), "primary").plan()).isEqualTo(plan);
    }

    @Test
    void what_no_plan_tells_of_has_no_cause() {
        done("ada", creating(MAIN, true));
        now = Foreseen.after(now, new SetProtection(MAIN, true));

        var blame = blame(MAIN);

        assertThat(blame.only("protected").lines())
                .singleElement()
                .matches(it -> it.cause().isEmpty());
        assertThat(blame.only("version").lines())
                .singleElement()
                .matches(it -> it.cause().isPresent());
    }

    @Test
    void it_can_be_narrowed_by_whole_name_last_part_or_what_it_is_part_of() {
        done("ada", creating(MAIN, true));
        var blame = blame(MAIN);

        assertThat(blame.only("configuration.version").lines()).hasSize(1);
        assertThat(blame.only("version").lines()).hasSize(1);
        assertThat(blame.only("servers").lines())
                .extracting(Line::name)
                .containsExactly("servers.main-1", "servers.main-1.size");
        assertThat(blame.only("sion").lines()).isEmpty();
    }

    /// Whatever is done in whatever order: everything that is recorded was made so by something.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void over_generated_histories_every_line_has_a_cause(long seed) {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++) done("ada", anything(random));

        for (var group : now.groups()) {
            assertThat(Blame.of(now, group.name(), courses).orElseThrow().lines())
                    .as("seed %d, %s", seed, group)
                    .allMatch(it -> it.cause().isPresent());
        }
    }

    private Change anything(Random random) {
        var absent = new ArrayList<>(List.of(MAIN, SPARE, group("postgresql/third")));
        now.groups().forEach(it -> absent.remove(it.name()));
        if (now.groups().isEmpty() || (!absent.isEmpty() && random.nextInt(4) == 0)) {
            var name = absent.get(random.nextInt(absent.size()));
            return creating(name, now.primary(name.engine()).isEmpty());
        }
        var group = now.groups().get(random.nextInt(now.groups().size()));
        var name = group.name();
        return switch (random.nextInt(8)) {
            case 0 -> new AddServer(name, ServerSpec.of("s" + courses.size()));
            case 1 ->
                    group.servers().size() > 1
                            ? new RemoveServer(name, group.servers().getLast().name())
                            : new SetProtection(name, true);
            case 2 ->
                    new ChangeSetting(
                            name,
                            Optional.<ServerName>empty(),
                            "s" + random.nextInt(3),
                            Optional.empty(),
                            "" + random.nextInt(3));
            case 3 -> new SetProtection(name, random.nextBoolean());
            case 4 -> new SetPrimary(name, now.primary(name.engine()).map(it -> it.name()));
            case 5 -> new RemoveGroup(name, List.of());
            default ->
                    new SetBackups(
                            name,
                            group.standing().backups(),
                            Optional.of(
                                    new Backups(
                                            "0 3 * * *",
                                            1 + random.nextInt(3),
                                            Backups.Kind.TEXT,
                                            true,
                                            List.of(),
                                            false)));
        };
    }

    private Blame blame(GroupName group) {
        return Blame.of(now, group, courses).orElseThrow();
    }

    private static Cause cause(Blame blame, String name) {
        return blame.lines().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .flatMap(Line::cause)
                .orElseThrow();
    }

    private static Change creating(GroupName group, boolean primary) {
        return new CreateGroup(
                group,
                Specification.of(Variant.POSTGRESQL)
                        .pinned(new Version("16.15"))
                        .with(new TreeMap<>(java.util.Map.of("encoding", "UTF8"))),
                Origin.MANIFEST,
                List.of(
                        new ServerSpec(
                                new ServerName(group.name() + "-1"),
                                new TreeMap<>(java.util.Map.of("size", "small")))),
                primary);
    }

    /// A plan that somebody agreed to whole, and that was carried out whole.
    private StoredPlan done(String who, Change... changes) {
        var ids = new ArrayList<String>();
        for (var i = 1; i <= changes.length; i++) ids.add("c" + i);
        return plan(who, List.of(changes), ids, ids);
    }

    private StoredPlan plan(
            String who, List<Change> changes, List<String> agreed, List<String> done) {
        var number = courses.size();
        var planned = new ArrayList<PlannedChange>();
        var recorded = new HashMap<String, Instant>();
        var base = now.serial();
        for (var change : changes) {
            var id = "c" + (planned.size() + 1);
            planned.add(
                    new PlannedChange(
                            id,
                            change,
                            new Because.Declared(place(1), Optional.of("commit-" + number)),
                            List.of(),
                            Effect.NONE,
                            ""));
            if (!done.contains(id)) continue;
            recorded.put(id, START.plusSeconds(number));
            now = Foreseen.after(now, change);
        }
        var plan = new Plan(SHOP, base, planned, List.of(), 0);
        var stored =
                new StoredPlan(
                        plan,
                        plan.digest(),
                        done.equals(agreed) ? PlanState.APPLIED : PlanState.FAILED,
                        new Provenance("platform", PATH, "commit-" + number),
                        Wanted.BY_BRANCH,
                        Optional.empty(),
                        START,
                        START,
                        List.of(new Assent(who, "cli", START, new TreeSet<>(agreed))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        courses.add(new Course(stored, recorded));
        return stored;
    }
}
