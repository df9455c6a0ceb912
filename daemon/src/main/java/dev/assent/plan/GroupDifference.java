package dev.assent.plan;

import dev.assent.manifest.AppliedOn;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerName;
import dev.assent.model.Version;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.RemoveServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What must change in the servers and settings of a group that exists and is declared.
final class GroupDifference {

    private final Scene scene;
    private final Draft draft;
    private final Optional<String> commit;

    GroupDifference(Scene scene, Draft draft, Optional<String> commit) {
        this.scene = scene;
        this.draft = draft;
        this.commit = commit;
    }

    void of(DesiredGroup desired, RecordedGroup recorded) {
        specification(desired, recorded);
        added(desired, recorded);
        removed(desired, recorded);
    }

    private void specification(DesiredGroup desired, RecordedGroup recorded) {
        var wanted = desired.specification();
        var built = recorded.specification();
        if (wanted.variant() != built.variant()) {
            appliesOnBuild(
                    desired,
                    "engine",
                    desired.name().toString(),
                    built.variant().word(),
                    wanted.variant().word());
        }
        var version = recorded.version();
        if (wanted.version().isPresent() && !version.satisfies(wanted.version().get())) {
            appliesOnBuild(
                    desired,
                    "version",
                    desired.name().toString(),
                    version.text(),
                    wanted.version().get().text());
        }
        settings(desired, Optional.empty(), wanted.settings(), built.settings());
    }

    /// A setting that the manifest leaves out is owned by the record and stays as it is.
    ///
    /// @param server whose settings they are; empty for those of the whole group
    private void settings(
            DesiredGroup desired,
            Optional<ServerName> server,
            SortedMap<String, String> wanted,
            SortedMap<String, String> built) {
        var part = server.isPresent() ? "server" : "configuration";
        var whose = server.map(it -> "server " + it).orElse(desired.name().toString());
        wanted.forEach((setting, value) -> {
            var before = Optional.ofNullable(built.get(setting));
            if (before.equals(Optional.of(value))) return;
            switch (AppliedOn.of(part, setting)) {
                case BUILD, UPGRADE ->
                        appliesOnBuild(desired, setting, whose, before.orElse("not set"), value);
                case REDEPLOY ->
                        draft.propose(
                                new ChangeSetting(desired.name(), server, setting, before, value),
                                new Because.Declared(desired.place(), commit));
            }
        });
    }

    private void appliesOnBuild(
            DesiredGroup group, String setting, String whose, String built, String wanted) {
        var version =
                setting.equals("version")
                        ? group.specification().version()
                        : Optional.<Version>empty();
        draft.notice(
                new Notice(
                        Notice.Code.APPLIES_ON_BUILD,
                        Optional.of(group.name()),
                        "`%s` of %s counts only when a server is built: it is %s, the manifest says %s"
                                .formatted(setting, whose, built, wanted),
                        Optional.of(group.place()),
                        Commands.replace(scene.recorded().application(), group, version)));
    }

    private void added(DesiredGroup desired, RecordedGroup recorded) {
        for (var i = 0; i < desired.servers().size(); i++) {
            var server = desired.servers().get(i);
            var existing = server.name().flatMap(recorded::server);
            if (existing.isPresent()) {
                settings(
                        desired,
                        Optional.of(existing.get().name()),
                        server.settings(),
                        existing.get().spec().settings());
                continue;
            }
            var lacking = lacking(desired, recorded, server, i + 1);
            if (lacking.isEmpty()) {
                draft.propose(
                        new AddServer(desired.name(), Buildable.server(server)),
                        new Because.Declared(server.place(), commit));
            } else {
                draft.notice(
                        Notice.Code.NOT_BUILT,
                        desired.name(),
                        desired.place(),
                        "a server of %s is not built: %s"
                                .formatted(desired.name(), String.join("; ", lacking)));
            }
        }
    }

    /// What keeps a server from being added to a group, one phrase each.
    ///
    /// @param number its position in the group, from 1
    private List<String> lacking(
            DesiredGroup desired, RecordedGroup recorded, DesiredServer server, int number) {
        var lacking = new ArrayList<>(Buildable.lacking(server, number, scene.catalogue()));
        lacking.addAll(scene.cannotGrow(endsToFollow(desired) ? onItsOwn(recorded) : recorded));
        return lacking;
    }

    private static boolean endsToFollow(DesiredGroup desired) {
        return desired.replication().filter(it -> it.source().isEmpty()).isPresent();
    }

    private static RecordedGroup onItsOwn(RecordedGroup group) {
        return group.with(group.standing().withReplication(Optional.empty()));
    }

    /// A server without a name could be any of those that exist: while there is one, or none is
    /// declared at all, nothing is taken for gone.
    private void removed(DesiredGroup desired, RecordedGroup recorded) {
        var names = desired.servers().stream().map(DesiredServer::name).toList();
        if (names.isEmpty() || names.contains(Optional.<ServerName>empty())) return;
        for (var server : recorded.servers()) {
            if (names.contains(Optional.of(server.name()))) continue;
            if (server.equals(recorded.primaryServer())) {
                promoteFirst(desired, recorded);
            } else if (recorded.origin() == Origin.ADOPTED) {
                draft.notice(
                        Notice.Code.NOT_YET,
                        desired.name(),
                        desired.place(),
                        "%s of %s is adopted, and what Assent did not build it does not remove"
                                .formatted(server.name(), desired.name()));
            } else if (recorded.standing().isProtected()) {
                draft.notice(
                        new Notice(
                                Notice.Code.PROTECTED,
                                Optional.of(desired.name()),
                                "%s is gone from the manifest, but %s is protected; it stays"
                                        .formatted(server.name(), desired.name()),
                                Optional.of(desired.place()),
                                List.of(
                                        Commands.unprotect(
                                                scene.recorded().application(), desired.name()))));
            } else {
                draft.propose(
                        new RemoveServer(desired.name(), server.name()),
                        new Because.Declared(desired.place(), commit));
            }
        }
    }

    private void promoteFirst(DesiredGroup desired, RecordedGroup recorded) {
        var application = scene.recorded().application();
        var stays = desired.servers().stream().flatMap(it -> it.name().stream()).toList();
        var steps = new ArrayList<String>();
        if (stays.stream().allMatch(it -> recorded.server(it).isEmpty())) {
            steps.add("# once a server that stays is there:");
        }
        stays.stream()
                .filter(it -> recorded.server(it).isPresent())
                .findFirst()
                .or(() -> stays.stream().findFirst())
                .ifPresent(it -> steps.add(Commands.promote(application, desired.name(), it)));
        draft.notice(
                new Notice(
                        Notice.Code.PROMOTE_FIRST,
                        Optional.of(desired.name()),
                        "%s is the primary server of %s and is not removed while it is; promote a replica first"
                                .formatted(recorded.primaryServer().name(), desired.name()),
                        Optional.of(desired.place()),
                        steps));
    }
}
