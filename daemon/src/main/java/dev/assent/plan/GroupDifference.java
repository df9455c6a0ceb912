package dev.assent.plan;

import dev.assent.manifest.AppliedOn;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.model.Version;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Planner.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What must change in a group that exists and is declared.
record GroupDifference(List<Step> additions, List<Step> removals, List<Notice> notices) {

    static GroupDifference of(DesiredGroup desired, RecordedGroup recorded, Catalogue catalogue) {
        var difference =
                new GroupDifference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        difference.specification(desired, recorded);
        difference.added(desired, recorded, catalogue);
        difference.removed(desired, recorded);
        return difference;
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
        var version = built.version().orElseThrow();
        if (wanted.version().isPresent() && !version.satisfies(wanted.version().get())) {
            appliesOnBuild(
                    desired,
                    "version",
                    desired.name().toString(),
                    version.text(),
                    wanted.version().get().text());
        }
        settings(
                desired,
                "configuration",
                desired.name().toString(),
                wanted.settings(),
                built.settings());
        if (desired.primary() && !recorded.primary()) {
            notices.add(
                    Planner.notice(
                            Notice.Code.NOT_ACTED_ON,
                            desired,
                            "`primary` of "
                                    + desired.name()
                                    + " is read but not acted on by this version: the primary"
                                    + " group stays what it is"));
        }
    }

    /// A setting that the manifest leaves out is owned by the record and stays as it is.
    ///
    /// @param part where the settings stand: `configuration` or `server`
    /// @param whose what they are settings of, for messages
    private void settings(
            DesiredGroup desired,
            String part,
            String whose,
            SortedMap<String, String> wanted,
            SortedMap<String, String> built) {
        wanted.forEach((setting, value) -> {
            var before = Optional.ofNullable(built.get(setting));
            if (before.equals(Optional.of(value))) return;
            var was = before.orElse("not set");
            switch (AppliedOn.of(part, setting)) {
                case BUILD, UPGRADE -> appliesOnBuild(desired, setting, whose, was, value);
                case REDEPLOY -> appliesOnRedeploy(desired, setting, whose, was, value);
            }
        });
    }

    private void appliesOnBuild(
            DesiredGroup group, String setting, String whose, String built, String wanted) {
        notices.add(
                Planner.notice(
                        Notice.Code.APPLIES_ON_BUILD,
                        group,
                        "`%s` of %s counts only when a server is built: it is %s, the manifest says %s; to get there, declare another group with it, move the data, make that one primary, then remove this one"
                                .formatted(setting, whose, built, wanted)));
    }

    private void appliesOnRedeploy(
            DesiredGroup group, String setting, String whose, String inForce, String wanted) {
        notices.add(
                Planner.notice(
                        Notice.Code.APPLIES_ON_REDEPLOY,
                        group,
                        "`%s` of %s would count from the next redeploy on: it is %s, the manifest says %s; this version reads it and does not act on it"
                                .formatted(setting, whose, inForce, wanted)));
    }

    private void added(DesiredGroup desired, RecordedGroup recorded, Catalogue catalogue) {
        for (var i = 0; i < desired.servers().size(); i++) {
            var server = desired.servers().get(i);
            var existing = server.name().flatMap(name -> find(recorded, name));
            if (existing.isPresent()) {
                settings(
                        desired,
                        "server",
                        "server " + existing.get().name(),
                        server.settings(),
                        existing.get().spec().settings());
                continue;
            }
            var lacking = new ArrayList<>(Buildable.lacking(server, i + 1, catalogue));
            var version = recorded.specification().version().orElseThrow();
            if (!catalogue.versions(recorded.specification().variant()).contains(version)) {
                lacking.add(noLonger(recorded, version, catalogue));
            }
            if (lacking.isEmpty()) {
                additions.add(
                        new Step(
                                new AddServer(desired.name(), Buildable.server(server)),
                                server.place()));
            } else {
                notices.add(
                        Planner.notice(
                                Notice.Code.NOT_BUILT,
                                desired,
                                "a server of %s is not built: %s"
                                        .formatted(desired.name(), String.join("; ", lacking))));
            }
        }
    }

    private static String noLonger(RecordedGroup group, Version version, Catalogue catalogue) {
        return "provider %s no longer has %s %s"
                .formatted(catalogue.provider(), group.specification().variant(), version);
    }

    /// A server without a name could be any of those that exist: while there is one, or none is
    /// declared at all, nothing is taken for gone.
    private void removed(DesiredGroup desired, RecordedGroup recorded) {
        var names = desired.servers().stream().map(DesiredServer::name).toList();
        if (names.isEmpty() || names.contains(Optional.<ServerName>empty())) return;
        for (var server : recorded.servers()) {
            if (names.contains(Optional.of(server.name()))) continue;
            if (server.equals(recorded.primaryServer())) {
                notices.add(
                        Planner.notice(
                                Notice.Code.PROMOTE_FIRST,
                                desired,
                                "%s is the primary server of %s and is not removed while it is; promote a replica first"
                                        .formatted(server.name(), desired.name())));
            } else {
                removals.add(
                        new Step(new RemoveServer(desired.name(), server.name()), desired.place()));
            }
        }
    }

    private static Optional<RecordedServer> find(RecordedGroup group, ServerName name) {
        return group.servers().stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
