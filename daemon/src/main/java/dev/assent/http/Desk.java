package dev.assent.http;

import dev.assent.http.api.ExportedRecord;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.plan.Digest;
import dev.assent.provider.Health;
import dev.assent.reconcile.Delivery;
import dev.assent.reconcile.Trial;
import dev.assent.reconcile.Yes;
import dev.assent.reconcile.account.Blame;
import dev.assent.reconcile.account.Why;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.Decision;
import dev.assent.state.InForce;
import dev.assent.state.JournalEntry;
import dev.assent.state.ManifestState;
import dev.assent.state.RepositoryState;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Optional;

/// What people can ask for over HTTP: to read what is recorded, and to say what they want. Nothing
/// else of the house is reached from here.
public interface Desk {

    /// Why the daemon cannot do its work yet, in a sentence; empty when it can.
    Optional<String> notReady();

    List<RepositoryState> repositories();

    List<ManifestState> manifests();

    List<Recorded> records();

    /// Why a group, or each of an application, is not as it is declared.
    Why why(ApplicationName application, Optional<GroupName> group);

    /// Who made a group what it is; empty where there is none.
    Optional<Blame> blame(GroupAddress group);

    /// The record of an application, with what of others has to be known to plan it.
    ExportedRecord record(ApplicationName application);

    /// Plans a manifest against the record as it is now, without storing anything.
    ///
    /// @param path what messages call the manifest
    Trial plan(ApplicationName application, String path, byte[] manifest);

    Health health(ServerKey server);

    /// The plans of one application or of all, newest first.
    List<StoredPlan> plans(Optional<ApplicationName> application, int limit);

    /// The plans that wait for an assent, a start, or a resume.
    List<StoredPlan> openPlans();

    /// Finds a plan by its id or its digest.
    Optional<StoredPlan> plan(String idOrDigest);

    Decision approve(Yes yes);

    Decision reject(String plan, String who, String channel, String reason);

    /// Starts an approved plan or resumes a failed one.
    Decision apply(String plan, String who);

    /// The entries of a plan's journal with a number above `after`, in order.
    List<JournalEntry> journal(Digest plan, long after);

    /// The application's variables, pending and in force; audited, as they hold passwords.
    Delivery.Shown variables(ApplicationName application, String who);

    /// Puts the pending variables in force.
    InForce redeploy(ApplicationName application, String who);

    /// The newest entries of the audit trail that somebody looks for, newest first.
    List<AuditEntry> audit(AuditFilter filter, int limit);
}
