package dev.assent.reconcile;

import dev.assent.configuration.RedeploySettings;
import dev.assent.log.About;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.state.InForce;
import dev.assent.state.Store;
import dev.assent.variables.ExternalGroups;
import dev.assent.variables.VariableChange;
import dev.assent.variables.Variables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The environment variables of applications: pending as soon as the record moves, in force from
/// the next redeploy on.
public final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final Declarations declarations;
    private final Function<ApplicationName, Optional<RedeploySettings>> settings;
    private final Map<ApplicationName, Running> running = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /// Delivers to applications as their settings say.
    ///
    /// @param settings how variables get to an application; where it is empty they are recorded
    public Delivery(
            Store store,
            Declarations declarations,
            Function<ApplicationName, Optional<RedeploySettings>> settings) {
        this.store = store;
        this.declarations = declarations;
        this.settings = settings;
    }

    /// A redeploy under way, and who carries it out.
    private record Running(Thread thread, CountDownLatch ended) {}

    /// Both sides of an application's variables, for somebody who asked to see them: audited, as
    /// they hold passwords.
    public Shown show(ApplicationName application, String who) {
        store.audit().note(who, "variables.shown", application, "pending and in force");
        var externals = externals(application);
        return new Shown(
                pending(application, externals),
                store.redeploys().inForce(application),
                externals.untold());
    }

    /// The variables as the next redeploy would put them in force, and as they are.
    ///
    /// @param untold external groups that have no variables, since nobody told where they stand
    public record Shown(
            SortedMap<String, String> pending, Optional<InForce> inForce, List<GroupName> untold) {

        public Shown {
            untold = List.copyOf(untold);
        }

        /// Names only: what a log or a debugger may show.
        @Override
        public String toString() {
            return "Shown" + pending.keySet();
        }
    }

    /// What the next redeploy would change, without any secret.
    public List<VariableChange> difference(ApplicationName application) {
        return VariableChange.between(
                store.redeploys().inForce(application).map(InForce::values).orElseGet(TreeMap::new),
                pending(application, externals(application)));
    }

    private ExternalGroups externals(ApplicationName application) {
        return ExternalGroups.of(
                declarations.desired(application),
                store.records().of(application),
                store.externals().of(application));
    }

    private SortedMap<String, String> pending(
            ApplicationName application, ExternalGroups externals) {
        return Variables.of(
                store.records().of(application),
                group -> credentials(application, group),
                externals.told());
    }

    private GroupCredentials credentials(ApplicationName application, GroupName group) {
        return store.credentials()
                .get(application, group)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no credentials of " + application + "/" + group));
    }

    /// Puts the pending variables in force; of one application once at a time.
    public Redeployment redeploy(ApplicationName application, String who) {
        var own = new Running(Thread.currentThread(), new CountDownLatch(1));
        if (running.putIfAbsent(application, own) != null) {
            return new Redeployment.Refused(
                    "%s is being redeployed already; wait for that to end, and see `assent history %s`"
                            .formatted(application, application));
        }
        try {
            if (ending) return new Redeployment.Refused("the daemon is ending; ask the next one");
            return alone(application, who);
        } finally {
            running.remove(application);
            own.ended.countDown();
        }
    }

    /// Keeps other nodes from redeploying it meanwhile.
    private Redeployment alone(ApplicationName application, String who) {
        var lease = "redeploy/" + application;
        var other = store.leases().takeForLife(lease);
        if (other.isPresent()) {
            return new Redeployment.Refused(
                    "%s is being redeployed already by node %s; wait for that to end, and see `assent history %s`"
                            .formatted(application, other.get(), application));
        }
        try {
            return new Attempt(
                            store,
                            application,
                            who,
                            pending(application, externals(application)),
                            settings.apply(application))
                    .go();
        } finally {
            store.leases().leave(lease);
        }
    }

    /// Ends the hooks that run, and lets their files be put back.
    @Override
    public void close() {
        ending = true;
        var left = List.copyOf(running.entrySet());
        left.forEach(it -> it.getValue().thread().interrupt());
        for (var it : left) {
            try {
                if (!it.getValue().ended().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    unended(it.getKey());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void unended(ApplicationName application) {
        try (var _ = About.application(application).event("redeploy.failed").enter()) {
            LOG.warn("the redeploy of {} did not end; see to its file", application);
        }
    }
}
