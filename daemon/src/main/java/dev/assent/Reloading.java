package dev.assent;

import dev.assent.configuration.Configuration;
import dev.assent.http.ListenException;
import dev.assent.http.Reload;
import dev.assent.manifest.Look;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration anew while the daemon runs: all of it or nothing.
final class Reloading {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final Path file;
    private final Map<String, String> environment;
    private final Store store;
    private final InForce inForce;
    private final Function<Loaded, Runnable> prepare;

    /// @param prepare makes ready what other settings take, and gives what puts them in force,
    ///   where nothing can fail any more. What it throws leaves everything as it is.
    Reloading(
            Path file,
            Map<String, String> environment,
            Store store,
            InForce inForce,
            Function<Loaded, Runnable> prepare) {
        this.file = file;
        this.environment = environment;
        this.store = store;
        this.inForce = inForce;
        this.prepare = prepare;
    }

    /// Reads it, and puts it in force where nothing is wrong with it.
    ///
    /// @param who asked for that
    synchronized Reload reload(String who) {
        try {
            return switch (Loaded.from(file, environment)) {
                case Loaded.Loading.Good(var loaded) -> take(loaded, who);
                case Loaded.Loading.Bad(var problems) -> refused(text(problems));
            };
        } catch (ListenException | SourceException | StateException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused("could not read " + e.getMessage());
        }
    }

    private Reload take(Loaded loaded, String who) {
        var changed = changed(inForce.loaded(), loaded);
        var force = prepare.apply(loaded);
        var what = changed.isEmpty() ? "nothing has changed" : String.join(", ", changed);
        // Before it is so: nothing counts that the audit trail cannot be told of.
        store.audit().note(who, "configuration.reloaded", what);
        force.run();
        LOG.info("the configuration was read anew: {}", what);
        return new Reload.Taken(changed);
    }

    private static Reload refused(String why) {
        LOG.error(
                "the configuration was not read anew, and the former one stays in force: {}", why);
        return new Reload.Refused(why);
    }

    private static String text(List<Problem> problems) {
        return problems.stream()
                .map(it -> ProblemText.of(it, it.severity(), Look.PLAIN))
                .collect(Collectors.joining("\n"));
    }

    /// What is otherwise, in a few words each.
    static List<String> changed(Loaded before, Loaded now) {
        var changed = new ArrayList<String>();
        var old = before.configuration();
        var fresh = now.configuration();
        byName("repository", repositories(old), repositories(fresh), changed);
        byName("provider", old.providers(), fresh.providers(), changed);
        byName("forge of", old.forges(), fresh.forges(), changed);
        if (!old.applications().equals(fresh.applications())) changed.add("applications");
        if (old.cascading() != fresh.cascading()) changed.add("replication");
        if (!old.planTtl().equals(fresh.planTtl())) changed.add("plan_ttl");
        if (!before.policy().equals(now.policy())) changed.add("policy");
        if (!old.access().equals(fresh.access())) changed.add("how people and webhooks come in");
        if (!old.notifications().equals(fresh.notifications())) changed.add("notifications");
        if (!old.backups().equals(fresh.backups())) changed.add("record_backups");
        if (!old.published().equals(fresh.published())) changed.add("audit");
        if (!old.traces().equals(fresh.traces())) changed.add("traces");
        if (!old.record().equals(fresh.record())) changed.add("record (from the next start)");
        return changed;
    }

    private static Map<String, Repository> repositories(Configuration configuration) {
        var all = new LinkedHashMap<String, Repository>();
        configuration.repositories().forEach(it -> all.put(it.name(), it));
        return all;
    }

    private static <T> void byName(
            String what, Map<String, T> before, Map<String, T> now, List<String> changed) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (var name : names) {
            if (!before.containsKey(name)) {
                changed.add("%s %s is new".formatted(what, name));
            } else if (!now.containsKey(name)) {
                changed.add("%s %s is gone".formatted(what, name));
            } else if (!before.get(name).equals(now.get(name))) {
                changed.add("%s %s".formatted(what, name));
            }
        }
    }
}
