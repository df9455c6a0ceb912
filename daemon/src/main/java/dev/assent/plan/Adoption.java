package dev.assent.plan;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Request.Adopt;
import java.util.Optional;

/// The request that a server which exists is known as a group.
final class Adoption {

    private final Scene scene;
    private final Draft draft;
    private final Because because;

    Adoption(Scene scene, Draft draft, Because because) {
        this.scene = scene;
        this.draft = draft;
        this.because = because;
    }

    Optional<String> refuse(Adopt adopt) {
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
                            .formatted(name, RequestPlanner.at(declared.get().place())));
        }
        var clash = scene.clash(name);
        if (clash.isPresent()) return clash;
        var server = adopt.server().or(() -> declared.flatMap(Adoption::firstServer));
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
}
