package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
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
            unavailable.add(absent(group.specification(), catalogue, "write `engine: %s`"));
        } else if (group.servers().size() > 1) {
            replicaless(group.specification().variant(), catalogue)
                    .map(it -> it + "; declare one server, or a group for each")
                    .ifPresent(unavailable::add);
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

    /// That the servers of a variant cannot follow one another, if they cannot.
    static Optional<String> replicaless(Variant variant, Catalogue catalogue) {
        return catalogue.replicates().contains(variant)
                ? Optional.empty()
                : Optional.of(
                        "provider %s has no replicas of %s"
                                .formatted(catalogue.provider(), variant));
    }

    /// That a provider cannot build what is wanted, and what it can build instead.
    ///
    /// @param way how one gets another variant, which stands in for `%s`
    static String absent(Specification wanted, Catalogue catalogue, String way) {
        var variant = wanted.variant();
        var lack = "provider %s has no %s".formatted(catalogue.provider(), variant);
        if (!catalogue.versions(variant).isEmpty()) {
            return "%s %s, only %s"
                    .formatted(
                            lack,
                            wanted.version().map(Version::text).orElse(""),
                            versions(variant, catalogue));
        }
        var kin =
                Variant.of(variant.engine()).stream()
                        .filter(it -> !catalogue.versions(it).isEmpty())
                        .findFirst();
        if (kin.isPresent()) {
            return "%s; it has %s %s: %s"
                    .formatted(
                            lack,
                            kin.get(),
                            versions(kin.get(), catalogue),
                            way.formatted(kin.get()));
        }
        var others =
                catalogue.versions().keySet().stream()
                        .filter(it -> !catalogue.versions(it).isEmpty())
                        .map(Variant::word)
                        .collect(Collectors.joining(", "));
        return others.isEmpty() ? lack : lack + "; it has " + others;
    }

    private static String versions(Variant variant, Catalogue catalogue) {
        return catalogue.versions(variant).stream()
                .map(Version::text)
                .collect(Collectors.joining(", "));
    }
}
