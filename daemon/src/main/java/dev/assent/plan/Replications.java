package dev.assent.plan;

import dev.assent.manifest.Code;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which group is to follow which: all that a manifest wishes, judged together, in the record as
/// the rest of the plan leaves it. What each wish alone may have, two of them may not: that one
/// group follows another which follows a third, or the first.
final class Replications {

    private final Scene scene;
    private final Draft draft;
    private final Optional<String> commit;
    private final List<Wish> refused = new ArrayList<>();
    private Recorded foreseen;

    /// A group's wish to follow another one.
    private record Wish(DesiredGroup group, DesiredReplication declared, GroupAddress source) {

        GroupName name() {
            return group.name();
        }
    }

    private record Refusal(Notice.Code code, String why, Optional<Code> rule) {}

    /// @param draft with all that is built
    Replications(Scene scene, Draft draft, Optional<String> commit) {
        this.scene = scene;
        this.draft = draft;
        this.commit = commit;
        // Foreseeing copies the record for every change: not where nobody wishes for anything.
        var wished = scene.desired().groups().stream().anyMatch(it -> it.replication().isPresent());
        this.foreseen = wished ? draft.after(scene.recorded()) : scene.recorded();
    }

    /// Proposes what may be. Where two wishes exclude each other, the first in the manifest comes
    /// true. In a row of groups whoever is followed comes before who follows, since what it holds
    /// is what that one gets.
    void settle() {
        for (var group : scene.desired().groups()) {
            if (group.external() || group.replication().isEmpty()) continue;
            if (foreseen.group(group.name()).isPresent()) {
                consider(group, group.replication().get());
            }
        }
        if (scene.catalogue().cascading()) upstreamFirst();
        // What was refused may do once somebody else has stopped following.
        while (refused.removeIf(this::comesTrue)) {}
    }

    private void upstreamFirst() {
        var sources = new HashMap<GroupAddress, GroupAddress>();
        refused.forEach(it -> sources.put(scene.address(it.name()), it.source()));
        refused.sort(Comparator.comparingInt(it -> wishesAhead(it, sources)));
    }

    /// How many wishes there are one behind the other from a wish's source on.
    private static int wishesAhead(Wish wish, Map<GroupAddress, GroupAddress> sources) {
        var passed = new HashSet<GroupAddress>();
        var next = Optional.of(wish.source());
        while (next.isPresent() && passed.add(next.get())) {
            next = Optional.ofNullable(sources.get(next.get()));
        }
        return passed.size();
    }

    private void consider(DesiredGroup group, DesiredReplication declared) {
        var source = declared.source().map(it -> it.from(scene.recorded().application()));
        if (source.isPresent()) {
            if (!now(group.name()).equals(source)) {
                refused.add(new Wish(group, declared, source.get()));
            }
        } else {
            stop(group.name(), declared);
        }
    }

    private boolean comesTrue(Wish wish) {
        if (refusal(wish, foreseen).isPresent()) return false;
        stop(wish.name(), wish.declared());
        propose(new StartReplication(wish.name(), wish.source()), wish.declared());
        return true;
    }

    private void stop(GroupName name, DesiredReplication declared) {
        now(name).ifPresent(it -> propose(new StopReplication(name, it), declared));
    }

    private void propose(Change change, DesiredReplication declared) {
        draft.propose(change, new Because.Declared(declared.place(), commit));
        foreseen = Foreseen.after(foreseen, change);
    }

    private Optional<GroupAddress> now(GroupName name) {
        return foreseen.group(name).flatMap(it -> it.standing().replicatesFrom());
    }

    /// What there is once all is built and everybody follows whom he is to follow.
    Scene settled() {
        return scene.with(foreseen);
    }

    /// Says what may not be, and why; what only has to wait until something of this plan is gone is
    /// told apart.
    void explain() {
        if (refused.isEmpty()) return;
        var end = draft.after(scene.recorded());
        for (var wish : refused) {
            var lasting = refusal(wish, end);
            var waits = lasting.isEmpty();
            var refusal = lasting.or(() -> refusal(wish, foreseen)).orElseThrow();
            draft.notice(
                    new Notice(
                            waits ? Notice.Code.NOT_YET : refusal.code(),
                            Optional.of(wish.name()),
                            "%s does not follow %s%s: %s"
                                    .formatted(
                                            wish.name(),
                                            wish.source(),
                                            waits ? " yet" : "",
                                            refusal.why()),
                            Optional.of(wish.declared().place()),
                            List.of(),
                            refusal.rule()));
        }
    }

    private Optional<Refusal> refusal(Wish wish, Recorded recorded) {
        var then = scene.with(recorded);
        var group = recorded.group(wish.name()).orElseThrow();
        if (group.standing().isProtected()) {
            return guarded("it is protected, and its data would be deleted");
        }
        var forbidden =
                new ReplicationRules(then).forbid(scene.address(wish.name()), wish.source());
        if (forbidden.isPresent()) {
            return forbidden.map(it ->
                    new Refusal(Notice.Code.NOT_REPLICATED, it.sentence(), Optional.of(it.rule())));
        }
        return then.protectedBehind(wish.name())
                .flatMap(it ->
                        guarded(
                                "%s follows it and is protected, and would lose its data, too"
                                        .formatted(it)));
    }

    private static Optional<Refusal> guarded(String why) {
        return Optional.of(new Refusal(Notice.Code.PROTECTED, why, Optional.empty()));
    }
}
