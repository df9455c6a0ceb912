package dev.assent.plan;

import dev.assent.manifest.Code;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Which group may follow which (DOMAIN §5): same engine, provider and compatible version, one
/// server, no circles, MongoDB not between applications; who is followed does not follow, unless
/// the installation allows cascades.
public final class ReplicationRules {

    /// The most links that a chain of groups may have where groups may follow one another in a row.
    private static final int MOST_HOPS = 16;

    private final Scene scene;

    ReplicationRules(Scene scene) {
        this.scene = scene;
    }

    /// Why a group may not follow a source; empty where it may. What it follows now does not count:
    /// it ends before it follows another one.
    ///
    /// @param group of the recorded application
    /// @param recorded as it is when the group is to begin
    /// @param neighbours the groups of other applications, the source among them
    public static Optional<Forbidden> check(
            GroupAddress group,
            GroupAddress source,
            Recorded recorded,
            Neighbours neighbours,
            Catalogue catalogue) {
        var nothing = new Desired(recorded.application(), "", List.of());
        return new ReplicationRules(new Scene(nothing, recorded, neighbours, catalogue))
                .forbid(group, source);
    }

    /// The same in the record of a scene.
    Optional<Forbidden> forbid(GroupAddress group, GroupAddress source) {
        var existing = scene.existing(group);
        if (existing.isEmpty()) return no(Code.NO_SUCH_GROUP, "there is no group " + group);
        var words = words(group, source);
        if (words.isPresent()) return words;
        var target = target(group, existing.get());
        if (target.isPresent()) return target;
        return scene.existing(source)
                .map(it -> forbid(group, existing.get(), source, it))
                .orElseGet(() -> no(Code.NO_SUCH_GROUP, "there is no group " + source));
    }

    /// What can be said of the two addresses alone.
    private Optional<Forbidden> words(GroupAddress group, GroupAddress source) {
        if (group.equals(source)) {
            return no(Code.FOLLOWS_ITSELF, group.group() + " cannot follow itself");
        }
        if (group.group().engine() != source.group().engine()) {
            return no(
                    Code.OTHER_ENGINE,
                    "%s is another engine than %s".formatted(source.group(), group.group()));
        }
        if (group.group().engine() == Engine.MONGODB
                && !group.application().equals(source.application())) {
            return no(
                    Code.MONGODB_BETWEEN_APPLICATIONS,
                    "MongoDB does not replicate between applications");
        }
        return Optional.empty();
    }

    private Optional<Forbidden> target(GroupAddress group, RecordedGroup existing) {
        var variant = existing.specification().variant();
        if (existing.origin() == Origin.ADOPTED) {
            return no(
                    Code.FOLLOWER_ADOPTED,
                    "it is adopted, and what Assent did not build it does not delete");
        }
        if (!scene.catalogue().replicates().contains(variant)) {
            return no(
                    Code.PROVIDER_CANNOT_REPLICATE,
                    "provider %s cannot have a group of %s follow another one"
                            .formatted(scene.catalogue().provider(), variant));
        }
        var servers = existing.servers().size();
        if (servers != 1) {
            return no(
                    Code.FOLLOWER_HAS_REPLICAS,
                    "it has %d servers, and a group that follows another one has exactly one"
                            .formatted(servers));
        }
        if (scene.catalogue().cascading()) return Optional.empty();
        return scene.replicasOf(group).stream()
                .findFirst()
                .flatMap(it ->
                        no(
                                Code.FOLLOWER_IS_SOURCE,
                                "%s follows it already, and a source cannot be a replica"
                                        .formatted(it)));
    }

    private Optional<Forbidden> forbid(
            GroupAddress group, RecordedGroup target, GroupAddress source, RecordedGroup found) {
        var elsewhere =
                scene.providerOf(source.application())
                        .filter(it -> !it.equals(scene.catalogue().provider()));
        if (elsewhere.isPresent()) {
            return no(
                    Code.OTHER_PROVIDER,
                    "the servers of %s are built by provider %s, and its own by provider %s"
                            .formatted(source, elsewhere.get(), scene.catalogue().provider()));
        }
        if (found.origin() == Origin.ADOPTED) {
            return no(
                    Code.SOURCE_ADOPTED,
                    "%s is adopted, and has no user to replicate with".formatted(source));
        }
        return chained(group, source, found)
                .or(() ->
                        Versions.incompatible(target, found)
                                .map(why -> new Forbidden(Code.INCOMPATIBLE_VERSIONS, why)));
    }

    /// What the groups before and behind the two say to it.
    private Optional<Forbidden> chained(
            GroupAddress group, GroupAddress source, RecordedGroup found) {
        if (follows(found, group)) {
            return no(Code.FOLLOWS_IN_CIRCLE, "it would follow itself, by way of " + found.name());
        }
        var upstream = found.standing().replicatesFrom();
        if (upstream.isEmpty()) return tooLong(group, 1);
        if (!scene.catalogue().cascading()) {
            return no(
                    Code.SOURCE_IS_REPLICA,
                    "%s follows %s itself, and a replica cannot be a source"
                            .formatted(source, upstream.get()));
        }
        return tooLong(group, scene.hops(found) + 1);
    }

    /// @param hops from the group to the end of whom it is to follow
    private Optional<Forbidden> tooLong(GroupAddress group, int hops) {
        var all = hops + scene.hopsBehind(group);
        if (all <= MOST_HOPS) return Optional.empty();
        return no(
                Code.TOO_MANY_HOPS,
                "%d groups would follow one another in a row, and more than %d may not"
                        .formatted(all + 1, MOST_HOPS + 1));
    }

    private boolean follows(RecordedGroup group, GroupAddress whom) {
        var passed = new HashSet<GroupAddress>();
        var next = group.standing().replicatesFrom();
        while (next.isPresent() && passed.add(next.get())) {
            if (next.get().equals(whom)) return true;
            next = scene.existing(next.get()).flatMap(it -> it.standing().replicatesFrom());
        }
        return false;
    }

    private static Optional<Forbidden> no(Code code, String why) {
        return Optional.of(new Forbidden(code, why));
    }
}
