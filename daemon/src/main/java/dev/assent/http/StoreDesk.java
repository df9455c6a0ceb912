package dev.assent.http;

import dev.assent.apply.Doubt;
import dev.assent.apply.Forecast;
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
import dev.assent.reconcile.Adoption;
import dev.assent.reconcile.Candidate;
import dev.assent.reconcile.Delivery;
import dev.assent.reconcile.Externals;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.Overlaps;
import dev.assent.reconcile.Overlaps.Overlap;
import dev.assent.reconcile.Reconciler;
import dev.assent.reconcile.Redeployment;
import dev.assent.reconcile.Supervisor;
import dev.assent.reconcile.Trial;
import dev.assent.reconcile.Yes;
import dev.assent.reconcile.account.Blame;
import dev.assent.reconcile.account.Diagnosis;
import dev.assent.reconcile.account.Why;
import dev.assent.source.Watched;
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
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import dev.assent.state.StoredToken;
import dev.assent.state.TokenIssue;
import dev.assent.state.TokenScope;
import dev.assent.variables.ExternalGroup;
import dev.assent.variables.VariableChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads from the store and passes on what people want; decides nothing itself.
public final class StoreDesk implements Desk {

    private final Store store;
    private final Reconciler reconciler;
    private final Adoption adoption;
    private final Supervisor supervisor;
    private final Delivery delivery;
    private final Externals externals;
    private final Inquiry inquiry;
    private final Watched watched;
    private final Function<String, Reload> reload;
    private final Vitals vitals;
    private final Archive archive;

    /// Puts the desk together.
    ///
    /// @param watched the repositories that are told of
    /// @param reload reads the configuration anew, for somebody
    /// @param vitals how the daemon itself is
    /// @param archive the record as a whole
    public StoreDesk(
            Store store,
            Reconciler reconciler,
            Supervisor supervisor,
            Delivery delivery,
            Externals externals,
            Inquiry inquiry,
            Watched watched,
            Function<String, Reload> reload,
            Vitals vitals,
            Archive archive) {
        this.store = store;
        this.archive = archive;
        this.reconciler = reconciler;
        this.adoption = new Adoption(reconciler);
        this.supervisor = supervisor;
        this.delivery = delivery;
        this.externals = externals;
        this.inquiry = inquiry;
        this.watched = watched;
        this.reload = reload;
        this.vitals = vitals;
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public Optional<String> notReady() {
        return vitals.notReady().get();
    }

    @Override
    public Optional<String> trouble() {
        return vitals.trouble().get();
    }

    @Override
    public Optional<String> recordTrouble() {
        return store.trouble();
    }

    @Override
    public Optional<Page> metrics(String accept) {
        return vitals.metrics().apply(accept);
    }

    @Override
    public List<Outbox.Trouble> unsent(int limit) {
        return store.outbox().troubles(limit);
    }

    @Override
    public List<Leases.Node> nodes() {
        return store.leases().nodes();
    }

    @Override
    public List<RepositoryState> repositories() {
        return store.repositories().all().stream()
                .filter(it -> watched.named(it.name()).isPresent())
                .toList();
    }

    @Override
    public List<ManifestState> manifests() {
        return store.manifests().all();
    }

    @Override
    public List<Recorded> records() {
        return store.records().all();
    }

    @Override
    public Why why(ApplicationName application, Optional<GroupName> group) {
        return inquiry.why(application, group);
    }

    @Override
    public Optional<Blame> blame(GroupAddress group) {
        return inquiry.blame(group);
    }

    @Override
    public ExportedRecord record(ApplicationName application) {
        var recorded = store.records().of(application);
        return new ExportedRecord(recorded, inquiry.neighbours(recorded));
    }

    @Override
    public Trial plan(ApplicationName application, String path, byte[] manifest) {
        return inquiry.plan(application, path, manifest);
    }

    @Override
    public List<Diagnosis> findings() {
        return inquiry.diagnoses();
    }

    @Override
    public Health health(ServerKey server) {
        return supervisor.health(server);
    }

    @Override
    public List<StoredPlan> plans(Optional<ApplicationName> application, int limit) {
        return store.plans().list(application, limit);
    }

    @Override
    public List<StoredPlan> openPlans() {
        return store.plans().open();
    }

    @Override
    public Optional<StoredPlan> plan(String idOrDigest) {
        return store.plans().find(idOrDigest);
    }

    @Override
    public Estimates estimates(Plan plan) {
        return Forecast.of(plan, store.journal().times(Forecast.PAST));
    }

    @Override
    public Decision approve(Yes yes) {
        return reconciler.approve(yes);
    }

    @Override
    public List<HeadState> heads() {
        return store.heads().all();
    }

    @Override
    public List<HeadPlan> headPlans(HeadState head) {
        return store.heads().plans(head);
    }

    @Override
    public List<Overlap> overlaps(StoredPlan plan) {
        return Overlaps.of(plan, store);
    }

    @Override
    public Decision reject(String plan, Speaker speaker, String reason) {
        return reconciler.reject(plan, speaker, reason);
    }

    @Override
    public Decision ask(ApplicationName application, Request request, Speaker asker) {
        return reconciler.ask(application, request, asker);
    }

    @Override
    public Decision adopt(Candidate candidate, Speaker asker) {
        return adoption.propose(candidate, asker);
    }

    @Override
    public Optional<String> planOnceMore(ApplicationName application) {
        return reconciler.planOnceMore(application);
    }

    @Override
    public Decision apply(String plan, String who) {
        return reconciler.apply(plan, who);
    }

    @Override
    public Decision cancel(String plan, String who) {
        return reconciler.cancel(plan, who);
    }

    @Override
    public Optional<Doubt> doubt(StoredPlan plan) {
        return reconciler.doubt(plan);
    }

    @Override
    public Decision resolve(String plan, String step, Resolution resolution, String who) {
        return reconciler.resolve(plan, step, resolution, who);
    }

    @Override
    public List<StepStanding> steps(Digest plan) {
        return store.journal().standings(plan);
    }

    @Override
    public List<JournalEntry> journal(Digest plan, long after) {
        return store.journal().entries(plan, after);
    }

    @Override
    public Delivery.Shown variables(ApplicationName application, String who) {
        return delivery.show(application, who);
    }

    @Override
    public List<VariableChange> difference(ApplicationName application) {
        return delivery.difference(application);
    }

    @Override
    public Redeployment redeploy(ApplicationName application, String who) {
        return delivery.redeploy(application, who);
    }

    @Override
    public Optional<String> tell(ApplicationName application, ExternalGroup group, String who) {
        return externals.tell(application, group, who);
    }

    @Override
    public Optional<String> forget(ApplicationName application, GroupName group, String who) {
        return externals.forget(application, group, who);
    }

    @Override
    public Optional<HookRun> hook(AuditEntry entry) {
        return store.redeploys().hook(entry);
    }

    @Override
    public Reload reload(String who) {
        return reload.apply(who);
    }

    @Override
    public Recognised recognise(String text) {
        return store.tokens().recognise(text);
    }

    @Override
    public List<StoredToken> tokens() {
        return store.tokens().all();
    }

    @Override
    public TokenIssue createToken(
            String name, String person, TokenScope scope, Duration valid, String who) {
        return store.tokens().create(name, person, scope, valid, who);
    }

    @Override
    public Optional<StoredToken> revokeToken(String name, String who) {
        return store.tokens().revoke(name, who);
    }

    @Override
    public List<AuditEntry> audit(AuditFilter filter, int limit) {
        return store.audit().newest(filter, limit);
    }
}
