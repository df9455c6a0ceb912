package dev.assent.manifest;

import dev.assent.manifest.DeclaredGroup.DeclaredServer;
import dev.assent.manifest.DeclaredGroup.SameAs;
import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Engine;
import dev.assent.model.Place;
import dev.assent.model.ServerName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can only be said of all groups of an application together: names that must differ, and
/// servers that name each other.
final class ApplicationCheck {

    private static final int LONGEST_CHAIN = 100;

    private final KnownServers servers;
    private final String environment;
    private final Problems problems;
    private final Set<Set<String>> circles = new HashSet<>();

    private ApplicationCheck(KnownServers servers, String environment, Problems problems) {
        this.servers = servers;
        this.environment = environment;
        this.problems = problems;
    }

    /// The groups with their servers looked up.
    ///
    /// @param environment for messages; empty for what holds in every environment
    static List<DesiredGroup> check(
            List<DeclaredGroup> groups,
            KnownServers servers,
            String environment,
            Problems problems) {
        VariableNames.check(groups, problems);
        reportTwoPrimaries(groups, problems);
        var check = new ApplicationCheck(servers, environment, problems);
        return groups.stream().map(check::resolved).toList();
    }

    private static void reportTwoPrimaries(List<DeclaredGroup> groups, Problems problems) {
        var primaries = new EnumMap<Engine, Place>(Engine.class);
        for (var group : groups) {
            if (group.primary().isEmpty()) continue;
            var place = group.primary().get();
            var first = primaries.putIfAbsent(group.name().engine(), place);
            if (first == null) continue;
            problems.add(
                    Code.TWO_PRIMARIES,
                    new Spot(place, group.spot().pointer().child("primary")),
                    "%s has a primary group in line %d already"
                            .formatted(group.name().engine(), first.line()),
                    Remedy.suggest("let one group of an engine say `primary: true`"));
        }
    }

    private DesiredGroup resolved(DeclaredGroup group) {
        group.shared().ifPresent(this::warnOfShared);
        var resolved = new ArrayList<DesiredServer>();
        var places = new HashMap<ServerName, Place>();
        for (var server : group.servers()) {
            var it = resolved(server);
            var first = it.name().map(name -> places.putIfAbsent(name, it.place()));
            if (first.isPresent()) {
                reportTwiceInGroup(it.name().orElseThrow(), server, first.get());
            } else {
                resolved.add(it);
            }
        }
        return new DesiredGroup(
                group.name(),
                group.specification(),
                group.external(),
                group.primary().isPresent(),
                resolved,
                group.replication(),
                group.backups(),
                group.spot().place());
    }

    /// An old key, which meant a machine of this application or a group of another one. Nothing is
    /// built for it, which its author must know.
    private void warnOfShared(Entry shared) {
        var target = shared.value().text().orElse("");
        var here = servers.names().contains(target);
        var instead = here ? "server: {same_as: %s}".formatted(target) : "server: external";
        problems.add(
                Code.DEPRECATED,
                shared.keySpot(),
                "`%s` is an old key; the group is taken for one that lives elsewhere, and is not built"
                        .formatted(shared.key()),
                Remedy.suggest(
                                here
                                        ? "if the server %s of this file is meant, write `%s`; if not, `server: external`"
                                                .formatted(Words.quoted(target), instead)
                                        : "write `server: external`, or `server: {same_as: NAME}` for a server of this file")
                        .mended(Mending.instead(shared, instead, problems)));
    }

    private void reportTwiceInGroup(ServerName name, DeclaredServer server, Place first) {
        problems.add(
                Code.SERVER_NAME_TWICE,
                server.spot(),
                "%s is in this group already, in line %d"
                        .formatted(Words.quoted(name.name()), first.line()),
                Remedy.suggest("a group has each machine once; name another one"));
    }

    private DesiredServer resolved(DeclaredServer server) {
        var place = server.spot().place();
        return server.sameAs()
                .map(sameAs -> {
                    var chain = new LinkedHashSet<String>();
                    server.name().ifPresent(it -> chain.add(it.name()));
                    return follow(sameAs, chain, sameAs)
                            .map(it -> new DesiredServer(it.name(), it.settings(), place))
                            .orElse(new DesiredServer(Optional.empty(), server.settings(), place));
                })
                .orElse(new DesiredServer(server.name(), server.settings(), place));
    }

    /// Follows a `same_as` to the machine that it means; empty, with a problem, when there is none.
    private Optional<DesiredServer> follow(SameAs next, Set<String> chain, SameAs origin) {
        var target = next.target();
        if (chain.contains(target)) {
            reportCircle(
                    chain.stream().dropWhile(it -> !it.equals(target)).toList(), target, origin);
            return Optional.empty();
        }
        if (chain.size() == LONGEST_CHAIN) {
            reportEndless(origin);
            return Optional.empty();
        }
        var known = servers.named(target);
        if (known.isEmpty()) {
            reportUnknown(next);
            return Optional.empty();
        }
        var further = known.get().server().flatMap(DeclaredServer::sameAs);
        if (further.isEmpty()) {
            return Optional.of(
                    new DesiredServer(
                            Optional.of(target).filter(ServerName::isName).map(ServerName::new),
                            known.get().settings(),
                            known.get().spot().place()));
        }
        chain.add(target);
        return follow(further.get(), chain, origin);
    }

    private void reportCircle(List<String> circle, String target, SameAs origin) {
        if (circle.size() == 1) {
            problems.add(
                    Code.SAME_AS_ITSELF,
                    origin.spot(),
                    "the server %s cannot be the same as itself".formatted(Words.quoted(target)),
                    Remedy.suggest("name another server, or remove `same_as`"));
            return;
        }
        if (!circles.add(Set.copyOf(circle))) return;
        var names = new ArrayList<>(circle.stream().map(Words::quoted).toList());
        names.add(Words.quoted(target));
        problems.add(
                Code.SAME_AS_CYCLE,
                origin.spot(),
                "these servers name each other and none is defined: " + String.join(" → ", names),
                Remedy.suggest("define one of them in full"));
    }

    private void reportEndless(SameAs origin) {
        problems.add(
                Code.SAME_AS_CYCLE,
                origin.spot(),
                "more than %d servers name each other before one is defined"
                        .formatted(LONGEST_CHAIN),
                Remedy.suggest("name the machine itself"));
    }

    private void reportUnknown(SameAs sameAs) {
        // What the alias would have brought may define it.
        if (problems.has(Code.UNDEFINED_ALIAS)) return;
        var near =
                problems.full()
                        ? Optional.<String>empty()
                        : Spelling.near(sameAs.target(), servers.names());
        problems.add(
                Code.UNKNOWN_SERVER,
                sameAs.spot(),
                environment.isEmpty()
                        ? "no server named %s is defined in this file"
                                .formatted(Words.quoted(sameAs.target()))
                        : "no server named %s is defined for %s in this file"
                                .formatted(
                                        Words.quoted(sameAs.target()), Words.quoted(environment)),
                near.isPresent()
                        ? Mending.nearest(sameAs.spot(), sameAs.target(), near, problems)
                        : Remedy.suggest("give some server this `unique_name`"));
    }
}
