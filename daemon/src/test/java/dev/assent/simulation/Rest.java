package dev.assent.simulation;

import com.google.errorprone.annotations.FormatMethod;
import dev.assent.apply.Beginning;
import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.plan.Request;
import dev.assent.provider.Health;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.Resolution;
import dev.assent.state.StoredPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The end of a run: nothing goes wrong any more, all is approved and carried out, and what is then
/// has to be what is wanted.
final class Rest {

    private static final int ROUNDS = 12;

    /// How many runs build all that was pushed.
    private static final double ALL = 0.1;

    private final Simulation world;
    private boolean wasIll = true;
    private boolean asked;

    Rest(Simulation world) {
        this.world = world;
    }

    void come() {
        world.log("From here on nothing goes wrong.");
        world.rules(Rules.ALL.getFirst(), Beginning.ON_APPROVAL, Duration.ZERO);
        if (world.chance().of(0.2)) world.restart();
        world.gits()
                .forEach(git -> {
                    git.comeBack();
                    git.heads.clear();
                });
        // To build it without anything that goes wrong would show little, and takes most of the
        // time.
        if (!world.chance().of(ALL)) world.forgetWhatWasNotBegun();
        for (var round = 0; !quiet(round); round++) {
            if (round > ROUNDS) throw new Violation("it does not come to rest: " + open());
        }
        check();
    }

    private List<String> open() {
        return world.open().stream()
                .map(it -> it.id() + " " + it.state() + " " + it.reason().orElse(""))
                .toList();
    }

    /// @return whether there was nothing left to do, though all was planned once more
    private boolean quiet(int round) {
        world.log("round " + round);
        world.pass(Duration.ofMinutes(1));
        if (asked) {
            Manifests.APPLICATIONS.forEach(world.reconciler()::planOnceMore);
        } else {
            world.gits().forEach(it -> world.poll(it.repository));
            world.settle();
        }
        // Once more after it was mended: then what was found is over.
        var ill = !world.provider().isWell();
        if (ill || wasIll) {
            wasIll = ill;
            world.look();
            world.pass(Duration.ofMinutes(1));
            world.look();
        }
        world.records().forEach(this::plain);
        while (world.work()) world.settle();
        var busy = false;
        var before = List.<String>of();
        for (var open = open(); !open.equals(before); open = open()) {
            busy |= !open.isEmpty();
            before = open;
            world.open().forEach(this::decide);
            while (world.work()) world.settle();
            world.settle();
        }
        var quiet = asked && !busy && world.model().isAtRest();
        asked = !busy;
        return quiet;
    }

    private void decide(StoredPlan plan) {
        var destroy = Simulation.all(plan.plan().destructive());
        if (plan.state() == PlanState.NEEDS_DECISION) {
            if (world.resolve(plan, Resolution.ADOPT)) return;
            // What was left behind, and does not fit, is removed by hand.
            world.log("  by hand " + world.model().leftBehind());
            world.model().leftBehind().forEach(world.provider()::removeByHand);
            world.resolve(plan, Resolution.RETRY);
        } else if (plan.state() == PlanState.PROPOSED) {
            world.yes(plan, plan.digest(), "ada", destroy, false);
        } else if (Simulation.isAny(plan, PlanState.APPROVED, PlanState.FAILED)) {
            var decision = world.reconciler().apply(plan.id(), "ada");
            world.tell("apply " + plan.id(), decision);
            // By other rules than it was approved by it can't be resumed.
            if (decision instanceof Decision.Refused(var why) && why.contains("reject it")) {
                world.reconciler().reject(plan.id(), Simulation.speaker("ada"), "other rules");
            }
        }
    }

    /// Without what people asked for beside the manifests.
    private void plain(Recorded recorded) {
        for (var group : recorded.groups()) {
            if (group.standing().isProtected()) {
                world.ask(recorded.application(), new Request.Protect(group.name(), false));
            }
            if (group.standing().replicatesFrom().isPresent()) {
                world.ask(recorded.application(), new Request.StopReplicating(group.name()));
            }
        }
    }

    @FormatMethod
    private static void check(boolean holds, String otherwise, Object... of) {
        if (!holds) throw new Violation("at rest " + otherwise.formatted(of));
    }

    private void check() {
        var recorded = new HashSet<ServerKey>();
        var servers = world.provider().servers;
        for (var of : world.records()) {
            for (var group : of.groups()) {
                var passwords = world.store().credentials().get(of.application(), group.name());
                var primary =
                        new ServerKey(of.application(), group.name(), group.primaryServer().name());
                for (var each : group.servers()) {
                    var key = new ServerKey(of.application(), group.name(), each.name());
                    recorded.add(key);
                    var server = servers.get(key);
                    if (server == null)
                        throw new Violation("at rest %s is not there".formatted(key));
                    check(server.state() == Health.State.RUNNING, "%s is %s", key, server.state());
                    check(server.endpoint().equals(each.endpoint()), "%s is elsewhere", key);
                    check(
                            passwords.equals(Optional.of(server.credentials())),
                            "%s knows other passwords",
                            key);
                    var source =
                            key.equals(primary)
                                    ? Optional.<ServerKey>empty()
                                    : Optional.of(primary);
                    check(
                            server.source().equals(source),
                            "%s follows %s, not %s",
                            key,
                            server.source(),
                            source);
                }
            }
        }
        recorded.addAll(world.model().leftBehind());
        check(
                recorded.containsAll(servers.keySet()),
                "%s is recorded, and there are %s",
                recorded,
                servers.keySet());
        check(world.store().audit().firstBroken().isEmpty(), "the audit trail is broken");
        for (var application : Manifests.APPLICATIONS) {
            for (var git : world.gits())
                git.file(application.app()).ifPresent(it -> wanted(application.toString(), it));
        }
    }

    /// What a manifest declares is there, and of its groups nothing else but a promoted server.
    private void wanted(String application, String text) {
        // One that can't be read, or declares nothing at all, is no wish to lose everything.
        if (Manifests.servers(text).isEmpty()) return;
        var wanted = new TreeMap<String, List<String>>();
        for (var server : Manifests.servers(text)) {
            wanted.merge(
                    server.replaceAll("-\\d$", ""),
                    List.of(server),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
        }
        for (var of : world.records()) {
            if (!of.application().toString().equals(application)) continue;
            for (var group : of.groups()) {
                var names = group.servers().stream().map(it -> it.name().name()).toList();
                var mine =
                        wanted.remove(
                                "%s-%s".formatted(group.name().engine(), group.name().name()));
                if (mine == null) {
                    check(!group.standing().declared(), "%s is declared no more", group.name());
                    continue;
                }
                check(names.containsAll(mine), "%s has %s, and not %s", group.name(), names, mine);
                var more = names.stream().filter(it -> !mine.contains(it)).toList();
                check(
                        List.of(names.getFirst()).containsAll(more),
                        "%s has %s, and more than %s",
                        group.name(),
                        names,
                        mine);
            }
        }
        check(wanted.isEmpty(), "%s lacks %s", application, wanted);
    }
}
