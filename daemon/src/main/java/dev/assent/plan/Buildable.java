package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerSpec;
import dev.assent.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Whether a declared group is fully defined, and can be built by its application's provider.
public final class Buildable {

    private static final String NO_SERVERS = "it has no servers";

    private Buildable() {}

    /// What is lacking whoever the provider is, one phrase each.
    public static List<String> lacking(DesiredGroup group) {
        if (group.servers().isEmpty()) return List.of(NO_SERVERS);
        return IntStream.range(0, group.servers().size())
                .mapToObj(i -> nameless(group.servers().get(i), i + 1))
                .flatMap(Optional::stream)
                .toList();
    }

    /// What is lacking, one phrase each; empty when the group can be built.
    static List<String> lacking(DesiredGroup group, Catalogue catalogue) {
        var lacking = new ArrayList<>(unsaid(group, catalogue));
        lacking.addAll(unavailable(group, catalogue));
        return lacking;
    }

    /// What the manifest leaves unsaid that the provider needs to know, one phrase each.
    public static List<String> unsaid(DesiredGroup group, Catalogue catalogue) {
        var unsaid = new ArrayList<String>();
        if (group.servers().isEmpty()) unsaid.add(NO_SERVERS);
        for (var i = 0; i < group.servers().size(); i++) {
            unsaid.addAll(lacking(group.servers().get(i), i + 1, catalogue));
        }
        return unsaid;
    }

    /// What the group asks for that the provider does not have, one phrase each.
    public static List<String> unavailable(DesiredGroup group, Catalogue catalogue) {
        var unavailable = new ArrayList<String>();
        if (catalogue.newest(group.specification()).isEmpty()) {
            unavailable.add(version(group, catalogue));
        } else if (group.servers().size() > 1
                && !catalogue.replicates().contains(group.specification().variant())) {
            unavailable.add(
                    "provider %s cannot have servers of %s follow one another, so that it can have only one"
                            .formatted(catalogue.provider(), group.specification().variant()));
        }
        if (catalogue.lacks().isEmpty() || group.specification().settings().isEmpty()) {
            return unavailable;
        }
        group.specification().settings().entrySet().stream()
                .filter(it -> !it.getValue().equals("false"))
                .map(it -> it.getKey().split("\\.")[0])
                .filter(it -> catalogue.lacks().contains(it))
                .distinct()
                .forEach(it ->
                        unavailable.add(
                                "provider %s has no `%s`".formatted(catalogue.provider(), it)));
        return unavailable;
    }

    /// What is lacking in one server, one phrase each.
    ///
    /// @param number its position in the group, from 1
    static List<String> lacking(DesiredServer server, int number, Catalogue catalogue) {
        var lacking = new ArrayList<String>();
        nameless(server, number).ifPresent(lacking::add);
        if (catalogue.requires().isEmpty()) return lacking;
        var missing =
                catalogue.requires().stream()
                        .filter(it -> !server.settings().containsKey(it))
                        .map(it -> "`" + it + "`")
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            lacking.add(
                    "server %s lacks %s, which provider %s needs"
                            .formatted(called(server, number), missing, catalogue.provider()));
        }
        return lacking;
    }

    /// That a server has no name, without which nobody can build it.
    ///
    /// @param number its position in the group, from 1
    public static Optional<String> nameless(DesiredServer server, int number) {
        return server.name().isPresent()
                ? Optional.empty()
                : Optional.of("server " + called(server, number) + " has no `unique_name`");
    }

    private static String called(DesiredServer server, int number) {
        return server.name().map(Object::toString).orElse("number " + number);
    }

    /// The server of a fully defined group.
    static ServerSpec server(DesiredServer server) {
        return new ServerSpec(server.name().orElseThrow(), server.settings());
    }

    private static String version(DesiredGroup group, Catalogue catalogue) {
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
