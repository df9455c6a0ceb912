package dev.assent.plan;

import static dev.assent.plan.Given.versions;

import dev.assent.model.ApplicationName;
import dev.assent.model.Backups;
import dev.assent.model.Catalogue;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Pairs of what is desired and what is recorded, all that may be: a record that the store could
/// hold, and a manifest that grew out of it as people edit theirs. The same seed gives the same
/// pair.
public final class Pairs {

    /// Who has groups that replicate from and to ours.
    static final ApplicationName BLOG = new ApplicationName("blog", "production");

    /// Few, so that they meet; none collides with another as a variable.
    static final List<String> NAMES = List.of("default", "main", "spare", "copy", "old", "next");

    /// What exists of each variant in the world of these pairs; a provider has a part of it.
    private static final Map<Variant, List<Version>> WORLD =
            Map.of(
                    Variant.POSTGRESQL, versions("16.14", "16.15", "17.10", "17.11"),
                    Variant.MYSQL, versions("8.0.40", "8.4.3"),
                    Variant.PERCONA, versions("8.0.39"),
                    Variant.MARIADB, versions("10.11.9", "11.4.3"),
                    Variant.REDIS, versions("6.2.14", "7.2.5"),
                    Variant.MONGODB, versions("6.0.17", "7.0.14"),
                    Variant.MEMCACHED, versions("1.6.31"));

    /// Those with more to go wrong come more often.
    static final List<Engine> ENGINES =
            List.of(
                    Engine.POSTGRESQL,
                    Engine.POSTGRESQL,
                    Engine.POSTGRESQL,
                    Engine.MYSQL,
                    Engine.MYSQL,
                    Engine.REDIS,
                    Engine.MONGODB,
                    Engine.MEMCACHED);

    private Pairs() {}

    /// A pair of the application `shop/production`.
    public static Pair of(long seed) {
        return of(seed, Given.SHOP);
    }

    public static Pair of(long seed, ApplicationName application) {
        var dice = new Dice(seed);
        var catalogue = catalogue(dice);
        var blog = blog(dice);
        var recorded = new RecordMaker(dice, application, new Neighbours(blog)).make();
        // Who follows somebody else's group is known only once that one is.
        var neighbours = followers(dice, recorded.groups(), application, blog);
        var desired = new ManifestMaker(dice, recorded).make();
        return new Pair(seed, desired, recorded, neighbours, catalogue);
    }

    private static Catalogue catalogue(Dice dice) {
        var known = new HashMap<>(WORLD);
        if (dice.chance(10)) known.remove(Variant.MONGODB);
        if (dice.chance(10)) known.put(Variant.POSTGRESQL, versions("17.11"));
        var replicates = new HashSet<>(known.keySet());
        if (dice.chance(20)) replicates.remove(Variant.POSTGRESQL);
        return new Catalogue(
                "here",
                known,
                new TreeSet<>(dice.chance(5) ? Set.of("region") : Set.of()),
                new TreeSet<>(Set.of("postgis")),
                replicates,
                dice.chance(30));
    }

    private static Map<GroupAddress, RecordedGroup> blog(Dice dice) {
        var groups = new HashMap<GroupAddress, RecordedGroup>();
        for (var left = dice.below(3); left > 0; left--) {
            var name = new GroupName(dice.oneOf(ENGINES), dice.oneOf(NAMES));
            groups.put(new GroupAddress(BLOG, name), RecordMaker.lonely(dice, name));
        }
        return groups;
    }

    private static Neighbours followers(
            Dice dice,
            List<RecordedGroup> sources,
            ApplicationName application,
            Map<GroupAddress, RecordedGroup> blog) {
        var groups = new HashMap<>(blog);
        for (var source : sources) {
            if (source.standing().replicatesFrom().isPresent() || !dice.chance(4)) continue;
            var name = new GroupName(source.name().engine(), "follower-of-" + source.name().name());
            var follower = RecordMaker.lonely(dice, name).with(source.specification());
            var address = new GroupAddress(application, source.name());
            groups.put(
                    new GroupAddress(BLOG, name),
                    follower.with(follower.standing().withReplication(Optional.of(address))));
        }
        return new Neighbours(groups);
    }

    static Variant variant(Dice dice, Engine engine) {
        return engine == Engine.MYSQL ? dice.oneOf(Variant.of(engine)) : Variant.defaultOf(engine);
    }

    /// One that exists.
    static Version version(Dice dice, Variant variant) {
        var all = WORLD.getOrDefault(variant, List.of());
        return dice.chance(60) ? all.getFirst() : dice.oneOf(all);
    }

    static Backups backups(Dice dice, Engine engine) {
        var dumped = engine == Engine.POSTGRESQL || engine == Engine.MYSQL;
        return new Backups(
                dice.oneOf(List.of("0 3 * * *", "30 1 * * 0")),
                dice.oneOf(List.of(7, 100)),
                dumped && dice.chance(70) ? Backups.Kind.TEXT : Backups.Kind.BINARY,
                dice.chance(70),
                dice.oneOf(List.of(List.of(), List.of("logs"), List.of("sessions", "logs"))),
                dice.chance(20));
    }

    static Map<String, String> settings(Dice dice, Engine engine) {
        var settings = new HashMap<String, String>();
        if (dice.chance(30)) settings.put("encoding", dice.oneOf(List.of("UTF8", "LATIN1")));
        if (dice.chance(20)) settings.put("root_disk_size", dice.oneOf(List.of("50", "100")));
        if (dice.chance(30)) settings.put("tamper_with_yml", dice.oneOf(List.of("true", "false")));
        if (engine == Engine.MEMCACHED && dice.chance(70)) {
            settings.put("memory", dice.oneOf(List.of("64", "128", "256")));
        }
        return settings;
    }
}
