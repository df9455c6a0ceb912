package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Version;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import java.util.List;
import java.util.stream.Collectors;

/// What a change's title leaves out: how something is built, what it was before, what goes with it.
final class ChangeDetails {

    private ChangeDetails() {}

    /// Lines of plain text, without control characters.
    static List<String> of(Change change) {
        return switch (change) {
            case CreateGroup it -> List.of(specification(it.specification()), servers(it));
            case AdoptGroup it ->
                    List.of(
                            specification(it.specification()),
                            "entered as %s, database %s"
                                    .formatted(
                                            Visible.of(it.username()), Visible.of(it.database())));
            case AddServer it -> added(it.server());
            case ChangeSetting it ->
                    List.of("it is " + it.from().map(Visible::of).orElse("not set"));
            case SetBackups it ->
                    List.of(
                            "now: "
                                    + it.from()
                                            .map(Object::toString)
                                            .map(Visible::of)
                                            .orElse("none"));
            case SetProtection _, StopReplication _, ReleaseGroup _ -> List.of();
            case StartReplication it -> List.of("and delete what " + it.group() + " holds now");
            case SetPrimary it -> List.of("now: " + it.from().map(Object::toString).orElse("none"));
            case PromoteServer it ->
                    List.of(
                            it.forsaken()
                                    ? "without " + it.from() + ", whatever it still has"
                                    : it.from() + " becomes a replica of it");
            case ResyncServer it ->
                    it.diverged()
                            ? List.of("and delete what it alone holds")
                            : List.of("by a fresh copy of what it follows");
            case RotateCredentials it ->
                    List.of(
                            it.application()
                                    ? "its own, its replicas' and the application's"
                                    : "its own and its replicas', not the application's");
            case RepairServer _ -> List.of();
            case AcceptVersion it -> List.of("now: " + it.from());
            case RemoveServer _ -> List.of("and its copy of the data");
            case RemoveGroup it -> List.of("and all its data, on " + names(it.servers()));
        };
    }

    private static String specification(Specification specification) {
        var settings =
                specification.settings().entrySet().stream()
                        .map(it -> ", " + Visible.of(it.getKey()) + " " + Visible.of(it.getValue()))
                        .collect(Collectors.joining());
        return specification.variant()
                + " "
                + specification.version().map(Version::text).orElse("")
                + settings;
    }

    private static String servers(CreateGroup create) {
        var primary = "primary server " + described(create.servers().getFirst());
        if (create.servers().size() == 1) return primary;
        return create.servers().stream()
                .skip(1)
                .map(ChangeDetails::described)
                .collect(
                        Collectors.joining(
                                ", ",
                                primary + ", replica" + (create.servers().size() > 2 ? "s " : " "),
                                ""));
    }

    private static List<String> added(ServerSpec server) {
        var settings = settings(server);
        return settings.isEmpty()
                ? List.of("as a replica of the primary server")
                : List.of("as a replica of the primary server, " + settings);
    }

    private static String described(ServerSpec server) {
        var settings = settings(server);
        return settings.isEmpty() ? server.name().name() : server.name() + " (" + settings + ")";
    }

    private static String settings(ServerSpec server) {
        return server.settings().entrySet().stream()
                .map(it -> Visible.of(it.getKey()) + " " + Visible.of(it.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String names(List<ServerName> servers) {
        return servers.stream().map(ServerName::name).collect(Collectors.joining(", "));
    }
}
