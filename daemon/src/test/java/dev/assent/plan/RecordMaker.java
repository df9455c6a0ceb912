package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes records that the store could hold: one primary group of each engine, who follows has one
/// server and follows somebody who follows nobody.
final class RecordMaker {

    private final Dice dice;
    private final ApplicationName application;
    private final Neighbours others;
    private final List<RecordedGroup> groups = new ArrayList<>();

    RecordMaker(Dice dice, ApplicationName application, Neighbours others) {
        this.dice = dice;
        this.application = application;
        this.others = others;
    }

    Recorded make() {
        if (dice.chance(15)) return Recorded.nothing(application);
        for (var left = dice.below(6); left > 0; left--) {
            var name = new GroupName(dice.oneOf(Pairs.ENGINES), dice.oneOf(Pairs.NAMES));
            if (groups.stream().noneMatch(it -> it.name().equals(name))) groups.add(group(name));
        }
        for (var engine : Engine.values()) crown(engine);
        return new Recorded(application, 1 + dice.below(50), groups);
    }

    private RecordedGroup group(GroupName name) {
        var origin =
                dice.oneOf(
                        List.of(Origin.MANIFEST, Origin.MANIFEST, Origin.REQUEST, Origin.ADOPTED));
        var source =
                origin == Origin.ADOPTED
                        ? Optional.<GroupAddress>empty()
                        : dice.maybe(40, () -> source(name.engine())).flatMap(it -> it);
        return new RecordedGroup(
                name,
                source.map(it -> existing(it).specification()).orElseGet(() -> specification(name)),
                origin,
                new Standing(
                        origin == Origin.MANIFEST || dice.chance(50),
                        false,
                        dice.chance(12),
                        source,
                        dice.maybe(30, () -> Pairs.backups(dice, name.engine()))),
                origin == Origin.ADOPTED
                        ? List.of(server(name.name() + "-1", new TreeMap<>()))
                        : servers(name, source.isPresent() ? 1 : 1 + dice.below(3)));
    }

    /// Whom a group of the engine could follow.
    private Optional<GroupAddress> source(Engine engine) {
        var own = groups.stream().map(it -> new GroupAddress(application, it.name()));
        // MongoDB does not replicate between applications.
        var foreign =
                engine == Engine.MONGODB
                        ? Stream.<GroupAddress>empty()
                        : others.groups().keySet().stream();
        var all =
                Stream.concat(own, foreign)
                        .filter(it -> it.group().engine() == engine)
                        .filter(it -> existing(it).origin() != Origin.ADOPTED)
                        .filter(it -> existing(it).standing().replicatesFrom().isEmpty())
                        .sorted()
                        .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(dice.oneOf(all));
    }

    private RecordedGroup existing(GroupAddress address) {
        return others.group(address)
                .or(() ->
                        groups.stream().filter(it -> it.name().equals(address.group())).findFirst())
                .orElseThrow();
    }

    private void crown(Engine engine) {
        var ofEngine = groups.stream().filter(it -> it.name().engine() == engine).toList();
        if (ofEngine.isEmpty()) return;
        var chosen = dice.oneOf(ofEngine);
        groups.set(groups.indexOf(chosen), chosen.with(chosen.standing().withPrimary(true)));
    }

    private Specification specification(GroupName name) {
        var variant = Pairs.variant(dice, name.engine());
        return Specification.of(variant)
                .pinned(Pairs.version(dice, variant))
                .with(Pairs.settings(dice, name.engine()));
    }

    private List<RecordedServer> servers(GroupName group, int count) {
        var servers = new ArrayList<RecordedServer>();
        for (var number = 1; number <= count; number++) {
            servers.add(server(group.name() + "-" + number, settings()));
        }
        return servers;
    }

    private SortedMap<String, String> settings() {
        var settings = new TreeMap<String, String>();
        if (dice.chance(60)) settings.put("region", dice.oneOf(List.of("north", "south")));
        return settings;
    }

    private static RecordedServer server(String name, SortedMap<String, String> settings) {
        return new RecordedServer(
                new ServerSpec(new ServerName(name), settings),
                new Endpoint("127.0.0.1", 20_000 + Math.floorMod(name.hashCode(), 9_999)));
    }

    /// A group of another application that neither follows nor is followed.
    static RecordedGroup lonely(Dice dice, GroupName name) {
        var variant = Pairs.variant(dice, name.engine());
        return new RecordedGroup(
                name,
                Specification.of(variant).pinned(Pairs.version(dice, variant)),
                dice.oneOf(List.of(Origin.MANIFEST, Origin.MANIFEST, Origin.ADOPTED)),
                Standing.fresh(Origin.MANIFEST, true),
                List.of(server(name.name() + "-1", new TreeMap<>())));
    }
}
