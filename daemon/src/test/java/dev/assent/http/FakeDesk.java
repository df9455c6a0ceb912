package dev.assent.http;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;

import dev.assent.apply.Doubt;
import dev.assent.approval.Speaker;
import dev.assent.http.api.ExportedRecord;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.metrics.Page;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Secret;
import dev.assent.model.ServerKey;
import dev.assent.plan.Digest;
import dev.assent.plan.Neighbours;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Planner;
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
import dev.assent.reconcile.account.Fact;
import dev.assent.reconcile.account.Why;
import dev.assent.state.Assent;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.Decision;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.HookRun;
import dev.assent.state.InForce;
import dev.assent.state.JournalEntry;
import dev.assent.state.Leases;
import dev.assent.state.ManifestState;
import dev.assent.state.Outbox;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.Recognised;
import dev.assent.state.RepositoryState;
import dev.assent.state.Resolution;
import dev.assent.state.StateException;
import dev.assent.state.StepStanding;
import dev.assent.state.StoredPlan;
import dev.assent.state.StoredToken;
import dev.assent.state.TokenIssue;
import dev.assent.state.TokenScope;
import dev.assent.state.TokenText;
import dev.assent.state.Wanted;
import dev.assent.variables.ExternalGroup;
import dev.assent.variables.VariableChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A desk behind which nothing happens: tests put there what is to be found, and look at what was
/// asked.
public final class FakeDesk implements Desk {

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    public final List<RepositoryState> repositories = new CopyOnWriteArrayList<>();
    public final List<ManifestState> manifests = new CopyOnWriteArrayList<>();
    public final List<Recorded> records = new CopyOnWriteArrayList<>();
    public final List<StoredPlan> plans = new CopyOnWriteArrayList<>();
    public final List<JournalEntry> journal = new CopyOnWriteArrayList<>();
    public final List<AuditEntry> audit = new CopyOnWriteArrayList<>();
    public final List<Fact> facts = new CopyOnWriteArrayList<>();
    public final List<Blame> blames = new CopyOnWriteArrayList<>();
    public final List<Diagnosis> findings = new CopyOnWriteArrayList<>();

    /// Of those that do not simply run.
    public final Map<ServerKey, Health> healths = new ConcurrentHashMap<>();

    public final List<Yes> yeses = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /// What comes of reading the configuration anew.
    public Reload reload = new Reload.Taken(List.of("policy"));

    public final Map<String, String> pending = new ConcurrentHashMap<>();
    public volatile Optional<InForce> inForce = Optional.empty();
    public final List<ExternalGroup> told = new CopyOnWriteArrayList<>();
    public final List<GroupName> untold = new CopyOnWriteArrayList<>();
    public final Map<Long, HookRun> hooks = new ConcurrentHashMap<>();

    public final List<StoredToken> tokens = new CopyOnWriteArrayList<>();

    /// What a text is that is shown as a token.
    public final Map<String, Recognised> recognised = new ConcurrentHashMap<>();

    /// Why nothing can be told of an external group.
    public volatile Optional<String> refusal = Optional.empty();

    /// What comes of a redeploy, where it is not simply done.
    public volatile Optional<Redeployment> redeployment = Optional.empty();

    /// What is still missing after a yes.
    public Optional<String> missing = Optional.empty();

    public volatile Optional<String> notReady = Optional.empty();
    public volatile Optional<String> trouble = Optional.empty();
    public volatile Optional<String> recordTrouble = Optional.empty();
    public volatile Optional<String> metrics = Optional.empty();
    public final List<Outbox.Trouble> unsent = new CopyOnWriteArrayList<>();
    public final List<Leases.Node> nodes = new CopyOnWriteArrayList<>();
    public final List<Candidate> candidates = new CopyOnWriteArrayList<>();
    public volatile Estimates estimates = Estimates.NONE;
    public volatile boolean startsOnApproval;
    public final List<HeadState> heads = new ArrayList<>();
    public final List<HeadPlan> headPlans = new ArrayList<>();
    public final List<Overlap> overlaps = new ArrayList<>();
    public volatile List<Runnable> onApply = List.of();
    public volatile Consumer<ServerKey> onHealth = _ -> {};

    /// What becomes at once of a plan that is started.
    public volatile Optional<PlanState> endAs = Optional.empty();

    public volatile Optional<RuntimeException> broken = Optional.empty();

    /// A plan that waits for a yes: it creates postgresql/main and destroys postgresql/legacy.
    public static StoredPlan waiting() {
        return stored(
                Planner.plan(
                        desired(declared("postgresql/main").servers("pg-1")),
                        recorded(3, existing("postgresql/legacy")),
                        CATALOGUE,
                        Optional.of("3f2a1c9d5e6b7a8c")),
                PlanState.PROPOSED);
    }

    public static StoredPlan stored(Plan plan, PlanState state) {
        return new StoredPlan(
                plan,
                plan.digest(),
                state,
                new Provenance("platform", "apps/shop/manifest.yml", "3f2a1c9d5e6b7a8c"),
                Wanted.BY_BRANCH,
                Optional.empty(),
                NOW.minusSeconds(180),
                NOW.minusSeconds(60),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public void journal(String step, JournalEntry.Event event, String message) {
        journal.add(new JournalEntry(journal.size() + 1, step, event, message, NOW));
    }

    public void move(StoredPlan plan, PlanState state, String reason) {
        plans.replaceAll(it ->
                it.digest().equals(plan.digest())
                        ? new StoredPlan(
                                it.plan(),
                                it.digest(),
                                state,
                                it.provenance(),
                                it.wanted(),
                                it.asked(),
                                it.proposedAt(),
                                it.changedAt(),
                                it.assents(),
                                it.notBefore(),
                                Optional.of(reason).filter(text -> !text.isEmpty()),
                                it.supersededBy())
                        : it);
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Optional<String> recordTrouble() {
        return recordTrouble;
    }

    @Override
    public Optional<Page> metrics(String accept) {
        return metrics.map(it -> new Page("text/plain", it + accept));
    }

    @Override
    public List<Outbox.Trouble> unsent(int limit) {
        return unsent;
    }

    @Override
    public Archive archive() {
        return new FakeArchive(asked);
    }

    @Override
    public Optional<String> notReady() {
        return notReady;
    }

    @Override
    public List<Leases.Node> nodes() {
        return nodes;
    }

    @Override
    public List<RepositoryState> repositories() {
        broken.ifPresent(it -> {
            throw it;
        });
        return repositories;
    }

    @Override
    public List<ManifestState> manifests() {
        return manifests;
    }

    @Override
    public List<Recorded> records() {
        return records;
    }

    @Override
    public Why why(ApplicationName application, Optional<GroupName> group) {
        return new Why(application, group, facts);
    }

    @Override
    public Optional<Blame> blame(GroupAddress group) {
        return blames.stream().filter(it -> it.group().equals(group)).findFirst();
    }

    @Override
    public ExportedRecord record(ApplicationName application) {
        return new ExportedRecord(
                records.stream()
                        .filter(it -> it.application().equals(application))
                        .findFirst()
                        .orElseGet(() -> Recorded.nothing(application)),
                Neighbours.NONE);
    }

    @Override
    public Trial plan(ApplicationName application, String path, byte[] manifest) {
        var reading =
                new ManifestReader(System::nanoTime)
                        .read(path, manifest, List.of(application.environment()));
        return switch (reading) {
            case Reading.Valid valid ->
                    new Trial.Planned(
                            Planner.plan(
                                    valid.manifest().desired(application),
                                    record(application).recorded(),
                                    CATALOGUE,
                                    Optional.empty()));
            case Reading.Invalid(var problems) -> new Trial.Invalid(problems);
        };
    }

    @Override
    public Health health(ServerKey server) {
        onHealth.accept(server);
        return healths.getOrDefault(
                server,
                new Health(
                        Health.State.RUNNING,
                        OptionalLong.of(4711),
                        Optional.of(NOW.minusSeconds(600)),
                        Optional.empty()));
    }

    @Override
    public List<Diagnosis> findings() {
        return findings;
    }

    @Override
    public List<StoredPlan> plans(Optional<ApplicationName> application, int limit) {
        return plans.stream()
                .filter(it -> application.map(it.plan().application()::equals).orElse(true))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredPlan> openPlans() {
        return plans.stream()
                .filter(it ->
                        switch (it.state()) {
                            case PROPOSED, APPROVED, APPLYING, NEEDS_DECISION, FAILED -> true;
                            case APPLIED, REJECTED, SUPERSEDED, EXPIRED -> false;
                        })
                .toList();
    }

    @Override
    public Optional<StoredPlan> plan(String idOrDigest) {
        var found =
                plans.stream()
                        .filter(it ->
                                it.id().equals(idOrDigest)
                                        || it.digest().toString().equals(idOrDigest))
                        .toList();
        if (found.size() > 1) throw new StateException(idOrDigest + " fits several plans");
        return found.stream().findFirst();
    }

    @Override
    public Estimates estimates(Plan plan) {
        return estimates;
    }

    @Override
    public Decision approve(Yes yes) {
        yeses.add(yes);
        var plan = plan(yes.plan()).orElseThrow();
        if (plan.state() != PlanState.PROPOSED) {
            return new Decision.Refused(plan.id() + " is " + plan.state().word() + " already");
        }
        if (yes.consent().digest().map(it -> !it.equals(plan.digest())).orElse(false)) {
            return new Decision.Refused(plan.id() + " is not the plan that was reviewed");
        }
        var covered =
                plan.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
        var assent =
                new Assent(
                        yes.speaker().who(),
                        yes.speaker().channel().word(),
                        NOW,
                        new TreeSet<>(covered));
        if (missing.isPresent()) return new Decision.Noted(plan, missing.get());
        move(plan, PlanState.APPROVED, "");
        plans.replaceAll(it ->
                it.digest().equals(plan.digest())
                        ? new StoredPlan(
                                it.plan(),
                                it.digest(),
                                it.state(),
                                it.provenance(),
                                it.wanted(),
                                it.asked(),
                                it.proposedAt(),
                                it.changedAt(),
                                List.of(assent),
                                it.notBefore(),
                                it.reason(),
                                it.supersededBy())
                        : it);
        if (startsOnApproval) return apply(yes.plan(), yes.speaker().who());
        return new Decision.Decided(plan(yes.plan()).orElseThrow());
    }

    @Override
    public List<HeadState> heads() {
        return heads;
    }

    @Override
    public List<HeadPlan> headPlans(HeadState head) {
        return headPlans;
    }

    @Override
    public List<Overlap> overlaps(StoredPlan plan) {
        return overlaps;
    }

    @Override
    public Decision reject(String plan, Speaker speaker, String reason) {
        asked.add("reject by " + speaker.who() + " over " + speaker.channel().word());
        move(plan(plan).orElseThrow(), PlanState.REJECTED, reason);
        return new Decision.Decided(plan(plan).orElseThrow());
    }

    @Override
    public Decision ask(ApplicationName application, Request request, Speaker asker) {
        asked.add(request.words(application) + " by " + asker.who());
        return refusal.<Decision>map(Decision.Refused::new)
                .orElseGet(() -> new Decision.Decided(plans.getFirst()));
    }

    @Override
    public Decision adopt(Candidate candidate, Speaker asker) {
        candidates.add(candidate);
        return refusal.<Decision>map(Decision.Refused::new)
                .orElseGet(() -> new Decision.Decided(plans.getFirst()));
    }

    @Override
    public Optional<String> planOnceMore(ApplicationName application) {
        asked.add("plan " + application);
        return refusal;
    }

    /// For which step each plan stands still, by id.
    public final Map<String, Doubt> doubts = new TreeMap<>();

    /// What was said of steps, and of plans that are to stop.
    public final List<String> said = new ArrayList<>();

    public final List<StepStanding> steps = new ArrayList<>();

    @Override
    public Decision cancel(String plan, String who) {
        said.add("cancel by " + who);
        return new Decision.Decided(plan(plan).orElseThrow());
    }

    @Override
    public Optional<Doubt> doubt(StoredPlan plan) {
        return Optional.ofNullable(doubts.get(plan.id()));
    }

    @Override
    public Decision resolve(String plan, String step, Resolution resolution, String who) {
        said.add("%s %s by %s".formatted(step, resolution.word(), who));
        return new Decision.Decided(plan(plan).orElseThrow());
    }

    @Override
    public List<StepStanding> steps(Digest plan) {
        return List.copyOf(steps);
    }

    @Override
    public Decision apply(String plan, String who) {
        var stored = plan(plan).orElseThrow();
        if (stored.state() == PlanState.PROPOSED) {
            return new Decision.Refused(stored.id() + " is not approved; approve it first");
        }
        asked.add("apply by " + who);
        move(stored, PlanState.APPLYING, "");
        var started = plan(plan).orElseThrow();
        onApply.forEach(Runnable::run);
        endAs.ifPresent(it -> move(stored, it, ""));
        return new Decision.Decided(started);
    }

    @Override
    public List<JournalEntry> journal(Digest plan, long after) {
        return journal.stream().filter(it -> it.number() > after).toList();
    }

    @Override
    public Delivery.Shown variables(ApplicationName application, String who) {
        asked.add("variables of " + application + " by " + who);
        return new Delivery.Shown(new TreeMap<>(pending), inForce, untold);
    }

    @Override
    public List<VariableChange> difference(ApplicationName application) {
        return VariableChange.between(
                inForce.map(InForce::values).orElseGet(TreeMap::new), new TreeMap<>(pending));
    }

    @Override
    public Redeployment redeploy(ApplicationName application, String who) {
        if (redeployment.isPresent()) return redeployment.get();
        var fresh = new InForce(new TreeMap<>(pending), who, NOW);
        inForce = Optional.of(fresh);
        return new Redeployment.Done(fresh, Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<String> tell(ApplicationName application, ExternalGroup group, String who) {
        if (refusal.isEmpty()) told.add(group);
        asked.add("told of " + group.name() + " of " + application + " by " + who);
        return refusal;
    }

    @Override
    public Optional<String> forget(ApplicationName application, GroupName group, String who) {
        asked.add("forget " + group + " of " + application + " by " + who);
        return refusal;
    }

    @Override
    public Optional<HookRun> hook(AuditEntry entry) {
        return Optional.ofNullable(hooks.get(entry.number()));
    }

    /// Makes a token that somebody can show.
    public String token(String name, String person, TokenScope scope) {
        return switch (createToken(name, person, scope, Duration.ofDays(1), "admin")) {
            case TokenIssue.Issued(_, var text) -> text.reveal();
            case TokenIssue.Refused(var why) -> throw new AssertionError(why);
        };
    }

    @Override
    public Recognised recognise(String text) {
        return recognised.getOrDefault(text, new Recognised.Unknown());
    }

    @Override
    public List<StoredToken> tokens() {
        return tokens;
    }

    @Override
    public TokenIssue createToken(
            String name, String person, TokenScope scope, Duration valid, String who) {
        if (tokens.stream().anyMatch(it -> it.name().equals(name))) {
            return new TokenIssue.Refused("there is a token `" + name + "` already");
        }
        var token =
                new StoredToken(
                        name,
                        person,
                        scope,
                        who,
                        NOW,
                        NOW.plus(valid),
                        Optional.empty(),
                        Optional.empty());
        tokens.add(token);
        var text = TokenText.MARK + "secret-of-" + name;
        recognised.put(text, new Recognised.Valid(token));
        return new TokenIssue.Issued(token, Secret.of(text));
    }

    @Override
    public Reload reload(String who) {
        asked.add("reload by " + who);
        return reload;
    }

    @Override
    public Optional<StoredToken> revokeToken(String name, String who) {
        var found = tokens.stream().filter(it -> it.name().equals(name)).findFirst();
        found.ifPresent(tokens::remove);
        asked.add("revoke " + name + " by " + who);
        return found;
    }

    @Override
    public List<AuditEntry> audit(AuditFilter filter, int limit) {
        var newest = new ArrayList<>(audit);
        return newest.reversed().stream()
                .filter(it ->
                        filter.application()
                                .map(name -> it.application().equals(Optional.of(name.toString())))
                                .orElse(true))
                .filter(it ->
                        filter.plan()
                                .map(plan -> it.plan().equals(Optional.of(plan.toString())))
                                .orElse(true))
                .filter(it -> filter.since().map(since -> !it.at().isBefore(since)).orElse(true))
                .limit(limit)
                .toList();
    }
}
