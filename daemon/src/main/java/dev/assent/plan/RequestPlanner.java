package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Replicate;
import dev.assent.plan.Request.Resync;
import dev.assent.plan.Request.RotateCredentials;
import dev.assent.plan.Request.Scale;
import dev.assent.plan.Request.StopReplicating;
import java.util.Optional;

/// Works out the plan of a request. What the manifest declares is the manifest's: a request that
/// contradicts it is refused with the place.
public final class RequestPlanner {

    private final ApplicationName application;
    private final Scene scene;
    private final Because because;
    private final Draft draft = new Draft();

    private RequestPlanner(Scene scene, Because because) {
        this.application = scene.recorded().application();
        this.scene = scene;
        this.because = because;
    }

    /// The plan of a request, or why there is none.
    ///
    /// @param desired what the manifest declares now
    /// @param who asks
    public static Answer plan(
            Request request,
            Desired desired,
            Recorded recorded,
            Neighbours neighbours,
            Catalogue catalogue,
            String who) {
        var scene = new Scene(desired, recorded, neighbours, catalogue);
        var because = new Because.Asked(who, request.words(recorded.application()));
        var planner = new RequestPlanner(scene, because);
        return planner.refuse(request)
                .<Answer>map(Answer.Refused::new)
                .orElseGet(() -> new Answer.Planned(planner.draft.plan(scene, 0)));
    }

    /// Why it cannot be; where it can, the changes are in the draft.
    private Optional<String> refuse(Request request) {
        return switch (request) {
            case AddGroup it -> new GroupAddition(scene, draft, because).refuse(it);
            case Adopt it -> new Adoption(scene, draft, because).refuse(it);
            case RemoveGroup it -> existing(it.group(), this::remove);
            case Scale it ->
                    existing(
                            it.group(),
                            group ->
                                    new Scaling(scene, draft, because)
                                            .refuse(group, it.replicas()));
            case Promote it -> existing(it.group(), group -> servers().promote(group, it));
            case Resync it -> existing(it.group(), group -> servers().resync(group, it));
            case RotateCredentials it -> existing(it.group(), group -> servers().rotate(group, it));
            case Replicate it ->
                    existing(it.group(), group -> replication().start(group, it.from()));
            case StopReplicating it -> existing(it.group(), replication()::stop);
            case MakePrimary it -> existing(it.group(), this::primary);
            case Protect it -> existing(it.group(), group -> protect(group, it.isProtected()));
        };
    }

    private ServerRequests servers() {
        return new ServerRequests(scene, draft, because);
    }

    private ReplicationRequests replication() {
        return new ReplicationRequests(scene, draft, because);
    }

    private interface Judge {

        Optional<String> refuse(RecordedGroup group);
    }

    private Optional<String> existing(GroupName name, Judge judge) {
        return scene.existing(name)
                .map(judge::refuse)
                .orElseGet(() ->
                        Optional.of(
                                "there is no group %s of %s; see what there is: assent status %s"
                                        .formatted(name, application, application)));
    }

    private Optional<String> remove(RecordedGroup group) {
        var declared = scene.declared(group.name());
        if (declared.isPresent()) {
            return Optional.of(
                    "%s is declared at %s; remove it there, and approve the plan that follows"
                            .formatted(group.name(), at(declared.get().place())));
        }
        if (group.standing().isProtected()) return Optional.of(scene.guarded(group));
        var replicas = scene.replicasOf(group.name());
        if (!replicas.isEmpty()) {
            var follower = replicas.getFirst();
            return Optional.of(
                    "%s follows %s; end that first: %s"
                            .formatted(follower, group.name(), Commands.stopReplicating(follower)));
        }
        var servers = group.servers().stream().map(RecordedServer::name).toList();
        draft.propose(
                group.origin() == Origin.ADOPTED
                        ? new ReleaseGroup(group.name(), servers)
                        : new Change.RemoveGroup(group.name(), servers),
                because);
        return Optional.empty();
    }

    private Optional<String> primary(RecordedGroup group) {
        if (group.primary()) {
            return Optional.of(
                    "%s is the primary group of %s already"
                            .formatted(group.name(), group.name().engine()));
        }
        var owner =
                scene.desired().groups().stream()
                        .filter(it -> it.name().engine() == group.name().engine())
                        .filter(DesiredGroup::primary)
                        .filter(it -> !it.external() && !it.name().equals(group.name()))
                        .findFirst();
        if (owner.isPresent()) {
            return Optional.of(
                    "the manifest says that %s is primary, at %s; change it there"
                            .formatted(owner.get().name(), at(owner.get().place())));
        }
        var now = scene.recorded().primary(group.name().engine()).map(RecordedGroup::name);
        draft.propose(new SetPrimary(group.name(), now), because);
        return Optional.empty();
    }

    private Optional<String> protect(RecordedGroup group, boolean isProtected) {
        if (group.standing().isProtected() == isProtected) {
            return Optional.of(
                    "%s is %s"
                            .formatted(
                                    group.name(),
                                    isProtected ? "protected already" : "not protected"));
        }
        draft.propose(new SetProtection(group.name(), isProtected), because);
        return Optional.empty();
    }

    static String at(Place place) {
        return place.path() + ":" + place.line();
    }
}
