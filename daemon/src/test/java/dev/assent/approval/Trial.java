package dev.assent.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.Problem;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Effect;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.state.Asked;
import dev.assent.state.Assent;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Policies, plans and yeses that show only what matters to a test.
final class Trial {

    static final ApplicationName PRODUCTION = new ApplicationName("shop", "production");
    static final ApplicationName STAGING = new ApplicationName("shop", "staging");
    static final GroupName MAIN = GroupName.parse("postgresql/main").orElseThrow();
    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private Trial() {}

    static Policy policy(String text) {
        return switch (read(text)) {
            case PolicyReading.Valid(var policy, _) -> policy;
            case PolicyReading.Invalid(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    static List<Problem> problems(String text) {
        return switch (read(text)) {
            case PolicyReading.Valid(_, var warnings) -> warnings;
            case PolicyReading.Invalid(var problems) -> problems;
        };
    }

    static PolicyReading read(String text) {
        return new PolicyReader().read("policy.yml", text.getBytes(UTF_8));
    }

    static Change creating() {
        return new Change.CreateGroup(
                MAIN,
                Specification.of(Variant.POSTGRESQL).pinned(new Version("16.15")),
                Origin.MANIFEST,
                List.of(ServerSpec.of("main-1")),
                true);
    }

    static Change removing() {
        return new Change.RemoveGroup(MAIN, List.of());
    }

    static Change settingPrimary() {
        return new Change.SetPrimary(MAIN, Optional.empty());
    }

    static Change protecting() {
        return new Change.SetProtection(MAIN, true);
    }

    static Plan plan(ApplicationName application, Change... changes) {
        var planned = new ArrayList<PlannedChange>();
        for (var change : changes) {
            planned.add(
                    new PlannedChange(
                            "c" + (planned.size() + 1),
                            change,
                            new Because.Asked("ada", "test"),
                            List.of(),
                            Effect.NONE,
                            ""));
        }
        return new Plan(application, 1, planned, List.of(), 0);
    }

    /// A request.
    static Asked asked(String who, String person) {
        return new Asked(new MakePrimary(MAIN), who, person);
    }

    /// A plan that the branch wants, made by these.
    static Matter merged(Plan plan, String... authors) {
        return new Matter(
                plan,
                new Wanted(true, List.of(), new TreeSet<>(Set.of(authors))),
                Optional.empty());
    }

    static Matter proposed(Plan plan, boolean foreign) {
        var head = new Wanted.Head("platform", "refs/pull/7/head", "#7", foreign);
        return new Matter(
                plan, new Wanted(false, List.of(head), new TreeSet<>()), Optional.empty());
    }

    /// A yes to the first changes of a plan.
    static Assent yes(String person, Channel channel, int changes, String... groups) {
        var ids = new TreeSet<String>();
        for (var i = 1; i <= changes; i++) ids.add("c" + i);
        return new Assent(
                person,
                person,
                new TreeSet<>(Set.of(groups)),
                channel.word(),
                Optional.empty(),
                NOON,
                ids);
    }
}
