package dev.assent.plan;

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
import java.util.Map;
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
            appliesOnBuild(desired, "engine", built.variant().word(), wanted.variant().word());
        }
        var version = built.version().orElseThrow();
        if (wanted.version().isPresent() && !version.satisfies(wanted.version().get())) {
            appliesOnBuild(desired, "version", version.text(), wanted.version().get().text());
        }
        settings(desired, "", wanted.settings(), built.settings());
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
    private void settings(
            DesiredGroup desired,
            String prefix,
            SortedMap<String, String> wanted,
            SortedMap<String, String> built) {
        for (Map.Entry<String, String> setting : wanted.entrySet()) {
            var before = Optional.ofNullable(built.get(setting.getKey()));
            if (before.equals(Optional.of(setting.getValue()))) continue;
            appliesOnBuild(
                    desired,
                    prefix + setting.getKey(),
                    before.orElse("not set"),
                    setting.getValue());
        }
    }

    private void appliesOnBuild(DesiredGroup group, String setting, String built, String wanted) {
        notices.add(
                Planner.notice(
                        Notice.Code.APPLIES_ON_BUILD,
                        group,
                        "`%s` of %s counts only when a server is built: it is %s, the manifest says %s; to get there, declare another group with it, move the data, make that one primary, then remove this one"
                                .formatted(setting, group.name(), built, wanted)));
    }

    private void added(DesiredGroup desired, RecordedGroup recorded, Catalogue catalogue) {
        for (var i = 0; i < desired.servers().size(); i++) {
            var server = desired.servers().get(i);
            var existing = server.name().flatMap(name -> find(recorded, name));
            if (existing.isPresent()) {
                settings(
                        desired,
                        "server " + existing.get().name() + " ",
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
