package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import dev.assent.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands that a notice tells people to copy. Names have neither spaces nor quotes in them.
final class Commands {

    private Commands() {}

    static String addGroup(ApplicationName application, DesiredGroup group) {
        return addGroup(application, group.name(), Optional.empty());
    }

    static String addGroup(
            ApplicationName application, GroupName group, Optional<Version> version) {
        return "assent group add %s/%s%s"
                .formatted(
                        application,
                        group,
                        version.map(it -> " --version " + it.text()).orElse(""));
    }

    static String removeGroup(ApplicationName application, GroupName group) {
        return "assent group remove %s/%s".formatted(application, group);
    }

    static String unprotect(ApplicationName application, GroupName group) {
        return "assent unprotect %s/%s".formatted(application, group);
    }

    static String primary(ApplicationName application, GroupName group) {
        return "assent primary %s/%s".formatted(application, group);
    }

    static String promote(ApplicationName application, GroupName group, ServerName server) {
        return "assent promote %s/%s %s".formatted(application, group, server);
    }

    static String stopReplicating(GroupAddress group) {
        return "assent replicate %s --stop".formatted(group);
    }

    static String rotate(GroupAddress group) {
        return "assent credentials rotate " + group;
    }

    /// How the data of a group gets to servers that are built otherwise: a second group, a copy,
    /// the root-level variables, and the end of the first.
    ///
    /// @param version that the second group is to have; empty for the newest
    static List<String> replace(
            ApplicationName application, DesiredGroup group, Optional<Version> version) {
        var old = group.name();
        var next = successor(old, version);
        var steps = new ArrayList<String>();
        steps.add(addGroup(application, next, version));
        steps.add("# approve that plan, and have the application write no more to " + old);
        steps.add("eval \"$(assent env %s --pending --format shell)\"".formatted(application));
        steps.add(copy(old, next));
        steps.add(primary(application, next));
        steps.add("# approve that plan, too");
        steps.add("assent redeploy " + application);
        steps.add(
                "# then remove %s from %s, line %d, and approve the plan"
                        .formatted(old, group.place().path(), group.place().line()));
        return steps;
    }

    /// A name for the group that takes another one's place.
    private static GroupName successor(GroupName old, Optional<Version> version) {
        var suffix = version.map(it -> "-" + it.text().replace('.', '-')).orElse("-next");
        var longest = 63 - suffix.length();
        var name = old.name().length() > longest ? old.name().substring(0, longest) : old.name();
        return new GroupName(old.engine(), name + suffix);
    }

    /// With the engine's own programs, and the addresses that `assent env` prints.
    private static String copy(GroupName from, GroupName to) {
        var prefix = from.engine().prefix();
        var source = "$" + prefix + "_" + from.variablePart();
        var target = "$" + prefix + "_" + to.variablePart();
        return switch (from.engine()) {
            case POSTGRESQL ->
                    "pg_dump --no-owner --no-privileges -f copy.sql \"%s_URL\" && psql -v ON_ERROR_STOP=1 --single-transaction -f copy.sql \"%s_URL\""
                            .formatted(source, target);
            case MYSQL ->
                    "# copy the data with mysqldump from %s_URL to %s_URL"
                            .formatted(source, target);
            case REDIS, MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB ->
                    "# copy the data from %s_URL to %s_URL".formatted(source, target);
        };
    }
}
