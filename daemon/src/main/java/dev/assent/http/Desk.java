package dev.assent.http;

import dev.assent.apply.Doubt;
import dev.assent.approval.Speaker;
import dev.assent.http.api.ExportedRecord;
import dev.assent.metrics.Page;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Request;
import dev.assent.plan.render.Estimates;
import dev.assent.provider.Health;
import dev.assent.reconcile.Candidate;
import dev.assent.reconcile.Delivery;
import dev.assent.reconcile.Overlaps.Overlap;
import dev.assent.reconcile.Redeployment;
import dev.assent.reconcile.Trial;
import dev.assent.reconcile.Yes;
import dev.assent.reconcile.account.Blame;
import dev.assent.reconcile.account.Diagnosis;
import dev.assent.reconcile.account.Why;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.Decision;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.HookRun;
import dev.assent.state.JournalEntry;
import dev.assent.state.Leases;
import dev.assent.state.ManifestState;
import dev.assent.state.Outbox;
import dev.assent.state.Recognised;
import dev.assent.state.RepositoryState;
import dev.assent.state.Resolution;
import dev.assent.state.StepStanding;
import dev.assent.state.StoredPlan;
import dev.assent.state.StoredToken;
import dev.assent.state.TokenIssue;
import dev.assent.state.TokenScope;
import dev.assent.variables.ExternalGroup;
import dev.assent.variables.VariableChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What people can ask for over HTTP: to read what is recorded, and to say what they want. Nothing
/// else of the house is reached from here.
public interface Desk {

    /// Why the daemon cannot do its work yet, in a sentence; empty when it can.
    Optional<String> notReady();

    /// Why the pipeline does not turn, in a sentence; empty when it does.
    Optional<String> trouble();

    /// Why nothing can be written into the record, in a sentence; empty when it can. It is tried.
    Optional<String> recordTrouble();

    /// The record as a whole.
    Archive archive();

    /// What is counted, as text; empty while the daemon starts.
    ///
    /// @param accept the header that says in which form
    Optional<Page> metrics(String accept);

    /// What could not be told to others yet, or is tried no more, newest first.
    List<Outbox.Trouble> unsent(int limit);

    /// The nodes that share the record, by name; none where it is one daemon's alone.
    List<Leases.Node> nodes();

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

    /// What of all servers is not as it is recorded, and what can be done about it.
    List<Diagnosis> findings();

    /// The plans of one application or of all, newest first.
    List<StoredPlan> plans(Optional<ApplicationName> application, int limit);

    /// The plans that wait for an assent, a start, or a resume.
    List<StoredPlan> openPlans();

    /// Finds a plan by its id or its digest.
    Optional<StoredPlan> plan(String idOrDigest);

    /// How long the changes of a plan will take, as far as the past tells.
    Estimates estimates(Plan plan);

    Decision approve(Yes yes);

    /// What is proposed beside the branches.
    List<HeadState> heads();

    /// What a head comes to, by application.
    List<HeadPlan> headPlans(HeadState head);

    /// The other heads' plans that touch some of the same groups.
    List<Overlap> overlaps(StoredPlan plan);

    Decision reject(String plan, Speaker speaker, String reason);

    /// Makes a plan of what a person asks for.
    Decision ask(ApplicationName application, Request request, Speaker asker);

    /// Makes a plan that has a server known which exists; it is asked what it is before.
    Decision adopt(Candidate candidate, Speaker asker);

    /// Plans an application anew, and proposes even what was rejected or has expired.
    ///
    /// @return why that cannot be, in a sentence; empty where it was done
    Optional<String> planOnceMore(ApplicationName application);

    /// Starts an approved plan or resumes a failed one.
    Decision apply(String plan, String who);

    /// Asks that a plan which is being applied stops where it safely can.
    Decision cancel(String plan, String who);

    /// For which step a plan stands still, and what can be seen of that; empty where it does not.
    Optional<Doubt> doubt(StoredPlan plan);

    /// Has a plan that stands still go on with what a person made of its step.
    Decision resolve(String plan, String step, Resolution resolution, String who);

    /// The steps of a plan that were touched.
    List<StepStanding> steps(Digest plan);

    /// The entries of a plan's journal with a number above `after`, in order.
    List<JournalEntry> journal(Digest plan, long after);

    /// The application's variables, pending and in force; audited, as they hold passwords.
    Delivery.Shown variables(ApplicationName application, String who);

    /// What the next redeploy would change, without any secret.
    List<VariableChange> difference(ApplicationName application);

    /// Puts the pending variables in force.
    Redeployment redeploy(ApplicationName application, String who);

    /// Takes down where an external group stands; why not, in a sentence, where it can't be.
    Optional<String> tell(ApplicationName application, ExternalGroup group, String who);

    /// Forgets where an external group stands; why not, in a sentence, where nobody told.
    Optional<String> forget(ApplicationName application, GroupName group, String who);

    /// How the hook ran of the redeploy that an entry of the audit trail tells of.
    Optional<HookRun> hook(AuditEntry entry);

    /// Reads the configuration anew; what is wrong with it changes nothing.
    Reload reload(String who);

    /// What a text is that somebody signs in with.
    Recognised recognise(String text);

    /// The tokens that were not revoked, by name.
    List<StoredToken> tokens();

    /// Makes a token with which a person can sign in.
    TokenIssue createToken(
            String name, String person, TokenScope scope, Duration valid, String who);

    /// Makes a token worthless; empty where there is none of that name.
    Optional<StoredToken> revokeToken(String name, String who);

    /// The newest entries of the audit trail that somebody looks for, newest first.
    List<AuditEntry> audit(AuditFilter filter, int limit);
}
