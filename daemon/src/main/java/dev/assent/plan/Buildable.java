package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerSpec;
import dev.assent.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether a declared group is fully defined, and can be built by its application's provider.
final class Buildable {

    private Buildable() {}

    /// What is lacking, one phrase each; empty when the group can be built.
    static List<String> lacking(DesiredGroup group, Catalogue catalogue) {
        var lacking = new ArrayList<String>();
        if (group.servers().isEmpty()) lacking.add("it has no servers");
        for (var i = 0; i < group.servers().size(); i++) {
            lacking.addAll(lacking(group.servers().get(i), i + 1, catalogue));
        }
        if (catalogue.newest(group.specification()).isEmpty()) {
            lacking.add(unavailable(group, catalogue));
        }
        group.specification().settings().entrySet().stream()
                .filter(it -> !it.getValue().equals("false"))
                .map(it -> it.getKey().split("\\.")[0])
                .filter(it -> catalogue.lacks().contains(it))
                .distinct()
                .forEach(it ->
                        lacking.add("provider %s has no `%s`".formatted(catalogue.provider(), it)));
        return lacking;
    }

    /// What is lacking in one server, one phrase each.
    ///
    /// @param number its position in the group, from 1
    static List<String> lacking(DesiredServer server, int number, Catalogue catalogue) {
        var lacking = new ArrayList<String>();
        var name = server.name().map(Object::toString).orElse("number " + number);
        if (server.name().isEmpty()) lacking.add("server " + name + " has no `unique_name`");
        var missing =
                catalogue.requires().stream()
                        .filter(it -> !server.settings().containsKey(it))
                        .map(it -> "`" + it + "`")
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            lacking.add(
                    "server %s lacks %s, which provider %s needs"
                            .formatted(name, missing, catalogue.provider()));
        }
        return lacking;
    }

    /// The server of a fully defined group.
    static ServerSpec server(DesiredServer server) {
        return new ServerSpec(server.name().orElseThrow(), server.settings());
    }

    private static String unavailable(DesiredGroup group, Catalogue catalogue) {
        var variant = group.specification().variant();
        var versions = catalogue.versions(variant);
        if (versions.isEmpty()) {
            return "provider %s has no %s".formatted(catalogue.provider(), variant);
        }
        return "provider %s has no %s %s, only %s"
                .formatted(
                        catalogue.provider(),
                        variant,
                        group.specification().version().map(Version::text).orElse(""),
                        versions.stream().map(Version::text).collect(Collectors.joining(", ")));
    }
}
