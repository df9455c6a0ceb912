package dev.assent.plan;

import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Desired.Source;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.model.Specification;
import dev.assent.model.Version;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes what a manifest could declare for an application that exists: most of it as it is, some
/// edited, some gone, some new.
final class ManifestMaker {

    private final Dice dice;
    private final Recorded recorded;
    private final Set<Engine> crowned = EnumSet.noneOf(Engine.class);
    private int line = 1;

    ManifestMaker(Dice dice, Recorded recorded) {
        this.dice = dice;
        this.recorded = recorded;
    }

    Desired make() {
        return new Desired(
                recorded.application(),
                Given.PATH,
                dice.chance(4) ? List.of() : List.copyOf(groups().values()));
    }

    private Map<GroupName, DesiredGroup> groups() {
        var groups = new LinkedHashMap<GroupName, DesiredGroup>();
        for (var group : recorded.groups()) {
            if (dice.chance(75)) groups.put(group.name(), edited(group));
        }
        for (var left = dice.below(4); left > 0; left--) {
            var engine =
                    dice.chance(60) && !recorded.groups().isEmpty()
                            ? dice.oneOf(recorded.groups()).name().engine()
                            : dice.oneOf(Pairs.ENGINES);
            var name = new GroupName(engine, dice.oneOf(Pairs.NAMES));
            if (recorded.group(name).isEmpty()) groups.put(name, added(name));
        }
        return groups;
    }

    private DesiredGroup edited(RecordedGroup group) {
        var built = group.specification();
        var variant =
                dice.chance(90) ? built.variant() : Pairs.variant(dice, group.name().engine());
        var settings = new TreeMap<>(built.settings());
        if (dice.chance(25)) settings.clear();
        if (dice.chance(25)) settings.putAll(Pairs.settings(dice, group.name().engine()));
        return group(
                group.name(),
                new Specification(variant, edited(group.version()), settings),
                dice.chance(50) ? List.of() : servers(group));
    }

    private Optional<Version> edited(Version version) {
        return switch (dice.below(6)) {
            case 0 -> Optional.of(new Version("99"));
            case 1, 2 -> Optional.empty();
            case 3 -> Optional.of(new Version(Integer.toString(version.major())));
            default -> Optional.of(version);
        };
    }

    private List<DesiredServer> servers(RecordedGroup group) {
        var servers = new ArrayList<DesiredServer>();
        for (var server : group.servers()) {
            if (dice.chance(80)) servers.add(server(server));
        }
        while (dice.chance(25)) servers.add(newServer(group.name(), servers.size()));
        return servers;
    }

    private DesiredServer server(RecordedServer server) {
        var settings = new TreeMap<>(server.spec().settings());
        if (dice.chance(10)) settings.put("region", "west");
        return new DesiredServer(Optional.of(server.name()), settings, next());
    }

    private DesiredServer newServer(GroupName group, int number) {
        SortedMap<String, String> settings = new TreeMap<>();
        if (dice.chance(80)) settings.put("region", "north");
        var name = new ServerName(group.name() + "-new-" + number);
        return new DesiredServer(dice.maybe(88, () -> name), settings, next());
    }

    private DesiredGroup added(GroupName name) {
        var variant = Pairs.variant(dice, name.engine());
        var version = dice.chance(5) ? new Version("99") : Pairs.version(dice, variant);
        var settings = Pairs.settings(dice, name.engine());
        if (dice.chance(4)) settings.put("postgis", "true");
        var servers = new ArrayList<DesiredServer>();
        for (var left = dice.oneOf(List.of(0, 1, 1, 1, 1, 2)); left > 0; left--) {
            servers.add(newServer(name, servers.size()));
        }
        return group(
                name,
                new Specification(variant, dice.maybe(70, () -> version), new TreeMap<>(settings)),
                servers);
    }

    private DesiredGroup group(
            GroupName name, Specification specification, List<DesiredServer> servers) {
        var external = dice.chance(5);
        return new DesiredGroup(
                name,
                specification,
                external,
                dice.chance(25) && crowned.add(name.engine()),
                servers,
                dice.maybe(35, () -> new DesiredReplication(source(name.engine()), next())),
                dice.maybe(
                        30,
                        () ->
                                new DesiredBackups(
                                        dice.maybe(70, () -> Pairs.backups(dice, name.engine())),
                                        next())),
                next());
    }

    /// Any group there could be, itself included.
    private Optional<Source> source(Engine engine) {
        var app =
                switch (dice.below(8)) {
                    case 0, 1 -> Optional.of(Pairs.BLOG.app());
                    case 2 -> Optional.of("nobody");
                    default -> Optional.<String>empty();
                };
        return dice.maybe(
                80,
                () ->
                        new Source(
                                app,
                                Optional.empty(),
                                new GroupName(engine, dice.oneOf(Pairs.NAMES))));
    }

    private Place next() {
        return Place.at(Given.PATH, ++line, 3);
    }
}
