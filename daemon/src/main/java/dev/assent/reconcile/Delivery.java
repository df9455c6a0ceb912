package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.state.InForce;
import dev.assent.state.Store;
import dev.assent.variables.Variables;
import java.util.Optional;
import java.util.SortedMap;

/// The environment variables of applications: pending as soon as the record moves, in force from
/// the next redeploy on.
public final class Delivery {

    private final Store store;

    public Delivery(Store store) {
        this.store = store;
    }

    /// Both sides of an application's variables, for somebody who asked to see them: audited, as
    /// they hold passwords.
    public Shown show(ApplicationName application, String who) {
        store.audit().note(who, "variables.shown", application, "pending and in force");
        return new Shown(pending(application), store.redeploys().inForce(application));
    }

    /// The variables as the next redeploy would put them in force, and as they are.
    public record Shown(SortedMap<String, String> pending, Optional<InForce> inForce) {

        /// Names only: what a log or a debugger may show.
        @Override
        public String toString() {
            return "Shown" + pending.keySet();
        }
    }

    private SortedMap<String, String> pending(ApplicationName application) {
        return Variables.of(
                store.records().of(application), group -> credentials(application, group));
    }

    /// Puts the pending variables in force.
    public InForce redeploy(ApplicationName application, String who) {
        return store.redeploys().redeployed(application, pending(application), who);
    }

    private GroupCredentials credentials(ApplicationName application, GroupName group) {
        return store.credentials()
                .get(application, group)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no credentials of " + application + "/" + group));
    }
}
