package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.Desired.Source;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Builders that show only what matters to a test. Groups are named `ENGINE/GROUP`; the application
/// is `shop/production`, the manifest `apps/shop/manifest.yml`.
public final class Given {

    public static final ApplicationName SHOP = new ApplicationName("shop", "production");
    public static final String PATH = "apps/shop/manifest.yml";

    /// PostgreSQL 16 and 17 in two minor versions each, and no other engine.
    public static final Catalogue CATALOGUE =
            catalogue(Map.of(Variant.POSTGRESQL, versions("16.14", "16.15", "17.10", "17.11")));

    private Given() {}

    public static Catalogue catalogue(Map<Variant, List<Version>> versions, String... requires) {
        return new Catalogue(
                "here",
                versions,
                new TreeSet<>(List.of(requires)),
                new TreeSet<>(Set.of("postgis")),
                versions.keySet(),
                false);
    }

    public static List<Version> versions(String... texts) {
        return Arrays.stream(texts).map(Version::new).toList();
    }

    public static Desired desired(Declared... groups) {
        return new Desired(SHOP, PATH, Arrays.stream(groups).map(it -> it.group).toList());
    }

    public static Declared declared(String name) {
        return new Declared(name);
    }

    public static Recorded recorded(long serial, Existing... groups) {
        return new Recorded(SHOP, serial, Arrays.stream(groups).map(it -> it.group).toList());
    }

    public static Recorded nothing() {
        return Recorded.nothing(SHOP);
    }

    public static Existing existing(String name) {
        return new Existing(name);
    }

    public static GroupName group(String name) {
        return GroupName.parse(name).orElseThrow();
    }

    public static Place place(int line) {
        return Place.at(PATH, line, 1);
    }

    /// A declared group; without further calls a PostgreSQL 16 without servers on line 3.
    public static final class Declared {

        private DesiredGroup group;

        private Declared(String name) {
            var groupName = group(name);
            group =
                    new DesiredGroup(
                            groupName,
                            specification(groupName, Optional.empty(), Map.of()),
                            false,
                            false,
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            place(3));
        }

        public Declared version(String version) {
            return with(
                    specification(
                            group.name(), Optional.of(version), group.specification().settings()));
        }

        public Declared variant(Variant variant) {
            return with(
                    new Specification(
                            variant,
                            group.specification().version(),
                            group.specification().settings()));
        }

        public Declared setting(String name, String value) {
            var settings = new TreeMap<>(group.specification().settings());
            settings.put(name, value);
            return with(group.specification().with(settings));
        }

        /// Servers by name; an empty text is a server that has none.
        public Declared servers(String... names) {
            return with(
                    Arrays.stream(names)
                            .map(it ->
                                    new DesiredServer(
                                            Optional.of(it)
                                                    .filter(name -> !name.isEmpty())
                                                    .map(ServerName::new),
                                            new TreeMap<>(),
                                            place(5)))
                            .toList());
        }

        public Declared server(String name, Map<String, String> settings) {
            return with(
                    List.of(
                            new DesiredServer(
                                    Optional.of(new ServerName(name)),
                                    new TreeMap<>(settings),
                                    place(5))));
        }

        public Declared primary() {
            group = copy(group, group.specification(), group.servers(), false, true);
            return this;
        }

        public Declared external() {
            group = copy(group, group.specification(), group.servers(), true, false);
            return this;
        }

        /// Follows another group of its engine in the same application.
        public Declared follows(String group) {
            var name = new GroupName(this.group.name().engine(), group);
            return replication(Optional.of(new Source(Optional.empty(), Optional.empty(), name)));
        }

        /// Follows a group of its engine in another application.
        public Declared follows(ApplicationName application, String group) {
            var name = new GroupName(this.group.name().engine(), group);
            return replication(
                    Optional.of(
                            new Source(
                                    Optional.of(application.app()),
                                    Optional.of(application.environment()),
                                    name)));
        }

        public Declared followsNone() {
            return replication(Optional.empty());
        }

        private Declared replication(Optional<Source> source) {
            return facts(Optional.of(new DesiredReplication(source, place(9))), group.backups());
        }

        public Declared backups(Optional<Backups> backups) {
            return facts(group.replication(), Optional.of(new DesiredBackups(backups, place(10))));
        }

        private Declared facts(
                Optional<DesiredReplication> replication, Optional<DesiredBackups> backups) {
            group =
                    new DesiredGroup(
                            group.name(),
                            group.specification(),
                            group.external(),
                            group.primary(),
                            group.servers(),
                            replication,
                            backups,
                            group.place());
            return this;
        }

        private Declared with(Specification specification) {
            group = copy(group, specification, group.servers(), group.external(), group.primary());
            return this;
        }

        private Declared with(List<DesiredServer> servers) {
            group = copy(group, group.specification(), servers, group.external(), group.primary());
            return this;
        }

        private static DesiredGroup copy(
                DesiredGroup group,
                Specification specification,
                List<DesiredServer> servers,
                boolean external,
                boolean primary) {
            return new DesiredGroup(
                    group.name(),
                    specification,
                    external,
                    primary,
                    servers,
                    group.replication(),
                    group.backups(),
                    group.place());
        }
    }

    /// A group that exists; without further calls a PostgreSQL 16.15 that a manifest declared, on
    /// one server with the group's name.
    public static final class Existing {

        private RecordedGroup group;

        private Existing(String name) {
            var groupName = group(name);
            group =
                    new RecordedGroup(
                            groupName,
                            specification(groupName, Optional.of("16.15"), Map.of()),
                            Origin.MANIFEST,
                            Standing.fresh(Origin.MANIFEST, false),
                            List.of(server(groupName.name(), 20_000)));
        }

        public Existing version(String version) {
            return with(
                    specification(
                            group.name(), Optional.of(version), group.specification().settings()),
                    group.origin());
        }

        public Existing setting(String name, String value) {
            var settings = new TreeMap<>(group.specification().settings());
            settings.put(name, value);
            return with(group.specification().with(settings), group.origin());
        }

        public Existing origin(Origin origin) {
            return with(group.specification(), origin);
        }

        public Existing primary() {
            return with(group.standing().withPrimary(true));
        }

        public Existing isProtected() {
            return with(group.standing().withProtection(true));
        }

        /// Follows another group of its engine in the same application.
        public Existing follows(String name) {
            return follows(SHOP, name);
        }

        public Existing follows(ApplicationName application, String name) {
            var source = new GroupName(group.name().engine(), name);
            return with(
                    group.standing()
                            .withReplication(Optional.of(new GroupAddress(application, source))));
        }

        public Existing backups(Backups backups) {
            return with(group.standing().withBackups(Optional.of(backups)));
        }

        /// Servers by name, on the ports from 20000 on.
        public Existing servers(String... names) {
            var servers = new ArrayList<RecordedServer>();
            for (var name : names) servers.add(server(name, 20_000 + servers.size()));
            group = group.with(servers);
            return this;
        }

        public RecordedGroup built() {
            return group;
        }

        private Existing with(Specification specification, Origin origin) {
            group =
                    new RecordedGroup(
                            group.name(),
                            specification,
                            origin,
                            group.standing().withDeclared(origin == Origin.MANIFEST),
                            group.servers());
            return this;
        }

        private Existing with(Standing standing) {
            group = group.with(standing);
            return this;
        }

        private static RecordedServer server(String name, int port) {
            return new RecordedServer(ServerSpec.of(name), new Endpoint("127.0.0.1", port));
        }
    }

    private static Specification specification(
            GroupName group, Optional<String> version, Map<String, String> settings) {
        return new Specification(
                Variant.defaultOf(group.engine()),
                version.map(Version::new),
                new TreeMap<>(settings));
    }
}
