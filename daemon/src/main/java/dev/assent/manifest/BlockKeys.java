package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.List;

/// What a key inside an environment means.
final class BlockKeys {

    private final Entry environment;
    private final Problems problems;

    BlockKeys(Entry environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    boolean isComponent(Entry entry) {
        if (Components.isComponent(entry.key())) return true;
        var where = "directly under " + Words.quoted(environment.key());
        if (reportPart(entry, where, problems) || Components.isOtherKey(entry.key())) return false;
        reportMisspelt(entry, false, problems);
        if (TopKeys.holdsEnvironment(entry, List.of())) {
            TopKeys.warnOfEnvironment(
                    entry,
                    environment,
                    "indent it like " + Words.quoted(environment.key()),
                    problems);
        }
        // Not known to us, and yet it may hold servers that `same_as` names.
        return entry.value() instanceof Tree.Mapping;
    }

    /// Reports what belongs into a component and stands outside of any; says whether it is such.
    static boolean reportPart(Entry entry, String where, Problems problems) {
        switch (entry.key()) {
            case "groups" ->
                    problems.add(
                            Code.GROUPS_WITHOUT_ENGINE,
                            entry.keySpot(),
                            "`groups` stands %s, so nothing says of which engine they are"
                                    .formatted(where),
                            Remedy.suggest("put them under an engine, such as `postgresql:`"));
            case "server",
                    "servers",
                    "unique_name",
                    "same_as",
                    "vendor",
                    "region",
                    "size",
                    "version" ->
                    problems.add(
                            Code.MISPLACED_KEY,
                            entry.keySpot(),
                            "`%s` stands %s and belongs to no component, so it is ignored"
                                    .formatted(entry.key(), where),
                            Remedy.suggest("put it under a component, such as `postgresql:`"));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Reports a key that is nearly a component. At the top, whatever holds what components hold
    /// must be one; inside an environment it may be a kind of application that we don't know.
    static void reportMisspelt(Entry entry, boolean mustBeOne, Problems problems) {
        var engine = Components.nearEngine(entry.key());
        var other = Components.nearOther(entry.key());
        var sentence = "there is no component %s".formatted(Words.quoted(entry.key()));
        if (engine.isPresent()) {
            problems.add(
                    Code.UNKNOWN_COMPONENT,
                    entry.keySpot(),
                    sentence,
                    Components.engines().contains(engine.get())
                            ? Mending.nearest(entry, engine, problems)
                            : Remedy.didYouMean(engine));
        } else if (other.isPresent()) {
            problems.add(
                    Code.NEAR_COMPONENT,
                    entry.keySpot(),
                    sentence + "; it is left alone",
                    Mending.nearest(entry, other, problems));
        } else if (Components.beginsWithOther(entry.key())) {
            problems.add(
                    Code.NEAR_COMPONENT,
                    entry.keySpot(),
                    sentence + "; it is left alone",
                    Remedy.suggest("nothing to do if it was renamed to be left out"));
        } else if (mustBeOne) {
            problems.add(
                    Code.UNKNOWN_COMPONENT,
                    entry.keySpot(),
                    sentence,
                    Remedy.suggest("databases are " + Words.listed(Components.engines(), "and")));
        }
    }
}
