package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.Adopt;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Scale;
import java.util.Optional;

/// Works out the plan of a request. What the manifest declares is the manifest's: a request that
/// contradicts it is refused with the place.
public final class RequestPlanner {

    private static final int MOST_REPLICAS = 50;

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
                .orElseGet(() -> new Answer.Planned(planner.draft.plan(recorded, 0)));
    }

    /// Why it cannot be; where it can, the changes are in the draft.
    private Optional<String> refuse(Request request) {
        return switch (request) {
            case AddGroup it -> new GroupAddition(scene, draft, because).refuse(it);
            case Adopt it -> adopt(it);
            case RemoveGroup it -> existing(it.group(), this::remove);
            case Scale it -> existing(it.group(), group -> scale(group, it.replicas()));
            case MakePrimary it -> existing(it.group(), this::primary);
            case Protect it -> existing(it.group(), group -> protect(group, it.isProtected()));
        };
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
        if (group.standing().isProtected()) return Optional.of(guarded(group));
        var replicas = scene.replicasOf(group.name());
        if (!replicas.isEmpty()) {
            return Optional.of(
                    "%s follows %s; end that first".formatted(replicas.getFirst(), group.name()));
        }
        var servers = group.servers().stream().map(RecordedServer::name).toList();
        draft.propose(
                group.origin() == Origin.ADOPTED
                        ? new ReleaseGroup(group.name(), servers)
                        : new Change.RemoveGroup(group.name(), servers),
                because);
        return Optional.empty();
    }

    private Optional<String> scale(RecordedGroup group, int replicas) {
        var declared = scene.declared(group.name()).filter(it -> !it.servers().isEmpty());
        if (declared.isPresent()) {
            return Optional.of(
                    "the servers of %s are declared at %s; add or remove them there"
                            .formatted(group.name(), at(declared.get().place())));
        }
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            return Optional.of(
                    "a group has from 0 to %d replicas, not %d".formatted(MOST_REPLICAS, replicas));
        }
        var now = group.servers().size() - 1;
        if (replicas == now) {
            return Optional.of("%s has %s already".formatted(group.name(), count(now)));
        }
        return replicas > now ? grow(group, replicas - now) : shrink(group, now - replicas);
    }

    private Optional<String> grow(RecordedGroup group, int more) {
        var reasons = scene.cannotGrow(group);
        if (!reasons.isEmpty()) {
            return Optional.of(
                    "%s gets no further server: %s"
                            .formatted(group.name(), String.join("; ", reasons)));
        }
        var names = new ServerNames(scene);
        for (var i = 0; i < more; i++) {
            var name = names.next(group.name().engine() + "-" + group.name().name() + "-replica");
            // A replica is a machine like the one that it stands in for.
            var settings = group.primaryServer().spec().settings();
            draft.propose(new AddServer(group.name(), new ServerSpec(name, settings)), because);
        }
        return Optional.empty();
    }

    /// The newest go first.
    private Optional<String> shrink(RecordedGroup group, int fewer) {
        if (group.standing().isProtected()) return Optional.of(guarded(group));
        var servers = group.servers();
        servers.subList(servers.size() - fewer, servers.size()).reversed().stream()
                .map(it -> new RemoveServer(group.name(), it.name()))
                .forEach(it -> draft.propose(it, because));
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

    private Optional<String> adopt(Adopt adopt) {
        var name = adopt.group();
        if (scene.existing(name).isPresent()) {
            return Optional.of(
                    "there is a group %s already; give the adopted one another name"
                            .formatted(name));
        }
        var declared = scene.declared(name);
        if (declared.filter(DesiredGroup::external).isPresent()) {
            return Optional.of(
                    "%s is declared external at %s; say there that it is not, or give its address with: assent env set"
                            .formatted(name, at(declared.get().place())));
        }
        var clash = scene.clash(name);
        if (clash.isPresent()) return clash;
        var server = adopt.server().or(() -> declared.flatMap(RequestPlanner::firstServer));
        draft.propose(
                new AdoptGroup(
                        name,
                        adopt.specification(),
                        server.orElseGet(() ->
                                new ServerNames(scene).next(name.engine() + "-" + name.name())),
                        adopt.endpoint(),
                        adopt.username(),
                        adopt.database(),
                        !scene.recorded().has(it -> it.name().engine() == name.engine())),
                because);
        return Optional.empty();
    }

    private static Optional<ServerName> firstServer(DesiredGroup group) {
        return group.servers().stream().findFirst().flatMap(DesiredServer::name);
    }

    private String guarded(RecordedGroup group) {
        return "%s is protected; if its data may go: %s"
                .formatted(group.name(), Commands.unprotect(application, group.name()));
    }

    private static String count(int replicas) {
        return switch (replicas) {
            case 0 -> "no replica";
            case 1 -> "1 replica";
            default -> replicas + " replicas";
        };
    }

    static String at(Place place) {
        return place.path() + ":" + place.line();
    }
}
