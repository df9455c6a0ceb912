package dev.assent.simulation;

import dev.assent.apply.Beginning;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerKey;
import dev.assent.observation.Observation;
import dev.assent.observation.Observer;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Request;
import dev.assent.provider.ProviderException;
import dev.assent.reconcile.Lookout;
import dev.assent.reconcile.Reconciler;
import dev.assent.reconcile.TestSettings;
import dev.assent.reconcile.Yes;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.source.Watched;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.Resolution;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// One run: what happens, to a daemon of which only the outside is not real.
final class Simulation implements InstantSource, Observer {

    private static final List<String> PEOPLE = List.of("ada", "bo", "cleo", "eve");
    private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");
    private static final List<Beginning> BEGINNINGS =
            List.of(
                    Beginning.ON_APPROVAL,
                    Beginning.ON_APPROVAL,
                    Beginning.AFTER_MERGE,
                    Beginning.ON_COMMAND);

    /// From then on somebody wants a plan.
    private static final Set<String> WANTED = Set.of("plan.noted", "plan.approved", "plan.started");

    private static final int DEPTH = 3;

    /// How many of the daemons that begin anew open the record anew.
    private static final double OPENED_ANEW = 0.2;

    private static final ManifestReader MANIFESTS = new ManifestReader(() -> 0);

    private final RecordFolder record;
    private final Deque<Operation> left;
    private Weather weather;
    private Chance chance;
    private Instant now = BEGIN;
    private final List<String> log = new ArrayList<>();
    private final Model model = new Model();
    private final SimulatedProvider provider = new SimulatedProvider(this);
    private final TestSettings settings = new TestSettings(provider);
    private final SimulatedForge forge = new SimulatedForge(this);
    private final List<SimulatedGit> gits =
            List.of(new SimulatedGit(this, "platform"), new SimulatedGit(this, "tools"));
    private final Set<String> polled = new TreeSet<>();
    private Store store;
    private final Views views = new Views(this::store);
    private Reconciler reconciler;
    private SteppedExecutor applies;
    private Optional<Crash> crash = Optional.empty();
    private boolean looking;
    private boolean moved;
    private boolean resting;
    private int depth;
    private long heard;
    private final Set<String> begun = new TreeSet<>();
    private int said;
    final Counts counts = new Counts();

    Simulation(RecordFolder record, long seed, List<Operation> operations) {
        this.record = record;
        this.left = new ArrayDeque<>(operations);
        this.chance = new Chance(seed);
        this.weather = Weather.of(chance);
        settings.policy = Rules.ALL.getFirst().policy();
        looking = true;
        begin(record.begin(this));
    }

    List<String> log() {
        return log;
    }

    void log(String what) {
        log.add(what);
    }

    Chance chance() {
        return chance;
    }

    @Override
    public Instant instant() {
        return now;
    }

    SimulatedGit git(String name) {
        return gits.stream()
                .filter(it -> it.repository.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // the run

    /// Goes through all of it, and then through a time in which nothing goes wrong.
    void run() {
        try {
            while (!left.isEmpty()) next();
            weather = Weather.CALM;
            resting = true;
            new Rest(this).come();
            counts.applied = model.applied();
        } finally {
            applies.shutdown();
        }
    }

    private void next() {
        var operation = left.remove();
        var before = chance;
        chance = new Chance(operation.seed());
        counts.operations++;
        log("- ".repeat(depth) + operation.kind());
        try {
            depth++;
            perform(operation.kind());
        } catch (ProviderException | SourceException | StateException e) {
            if (!isOurs(e)) throw new Violation("an error that nobody made: " + e.getMessage(), e);
            log("  failed: " + e.getMessage());
        } catch (Crash e) {
            // It is caught below.
        } catch (RuntimeException e) {
            throw new Violation("an error that nobody made: " + e, e);
        } finally {
            depth--;
            chance = before;
        }
        settle();
    }

    /// A daemon that died unwinds whole, and then begins anew.
    void settle() {
        if (crash.isPresent()) {
            if (depth > 0) throw crash.get();
            restart();
        }
        hear();
        if (depth == 0) compare();
    }

    private static boolean isOurs(Throwable e) {
        for (var it = e; it != null; it = it.getCause()) {
            var words = String.valueOf(it.getMessage());
            if (words.contains("simulated")
                    || it instanceof SourceException
                    || it instanceof ProviderException) return true;
        }
        return false;
    }

    // where the world strikes

    /// Somebody is at work: the daemon may die here, or others go on meanwhile.
    void moment(String what, boolean long_) {
        crash.ifPresent(it -> {
            throw it;
        });
        if (strikes(Weather::crash)) die(what);
        if (!long_ || depth > DEPTH || !strikes(Weather::meanwhile)) return;
        for (var some = 1 + chance.below(4); some > 0 && !left.isEmpty(); some--) next();
    }

    boolean strikes(ToDoubleFunction<Weather> how) {
        var strikes = chance.of(how.applyAsDouble(weather));
        if (strikes) counts.failures++;
        return strikes;
    }

    private void die(String where) {
        log("  the daemon dies: " + where);
        counts.crashes++;
        crash = Optional.of(new Crash());
        throw crash.get();
    }

    /// Each use of the record is a moment at which the daemon can die.
    @Override
    public void saw(Observation it) {
        if (!(it instanceof Observation.StoreUsed(var use, _, _))) return;
        if (use != Observation.Use.READ) views.areOld();
        if (looking) return;
        crash.ifPresent(e -> {
            throw e;
        });
        if (weather.crash() > 0 && chance.of(weather.crash() / 4)) die("having done a " + use);
        if (use == Observation.Use.READ && strikes(Weather::disk)) {
            log("  the disk fails");
            throw new StateException("the simulated disk can't be read");
        }
    }

    // the daemon

    private void begin(Store opened) {
        store = opened;
        views.areOld();
        applies = new SteppedExecutor();
        polled.clear();
        reconciler =
                new Reconciler(
                        store,
                        new Gits(gits),
                        MANIFESTS,
                        settings,
                        Watched.only(gits.stream().map(it -> it.repository).toList()),
                        new Gits(gits),
                        forge,
                        this,
                        Observer.NOBODY,
                        applies);
        // It has only read until now, and nothing is to be taken up by one that is not there yet.
        looking = false;
    }

    /// Until it has begun once without dying again.
    void restart() {
        for (var again = true; again; ) {
            crash = Optional.empty();
            looking = true;
            begin(record.again(chance.of(OPENED_ANEW)));
            log("the daemon begins");
            depth++;
            try {
                reconciler.resume();
                reconciler.planAll();
            } catch (StateException e) {
                if (!isOurs(e)) throw e;
                // It says so and ends.
                crash = Optional.of(new Crash());
            } catch (Crash e) {
                // Once more.
            } finally {
                depth--;
            }
            again = crash.isPresent();
        }
    }

    // what the model is told

    void hear() {
        for (var entry : quietly(() -> views.entries(heard))) {
            var plan = entry.plan().map(it -> it.substring(7, 15)).orElse("");
            log("    %s %s %s %s".formatted(entry.who(), entry.what(), plan, entry.detail()));
            quietly(() -> {
                model.hear(entry, it -> store.plans().find(it).map(StoredPlan::plan));
                return true;
            });
            heard = entry.number();
            counts.event(entry.what(), resting);
            if (WANTED.contains(entry.what())) entry.application().ifPresent(begun::add);
            if (entry.what().equals("plan.applied")) steps(entry.plan().orElseThrow());
            moved = true;
        }
    }

    /// Of a plan that was carried out every step is noted as done.
    private void steps(String digest) {
        var last = new TreeMap<String, String>();
        var entries = quietly(() -> store.journal().entries(Digest.parse(digest).orElseThrow(), 0));
        for (var it : entries) {
            if (!it.event().word().equals("progress")) last.put(it.step(), it.event().word());
        }
        last.remove("");
        if (!Set.of("done").containsAll(last.values()))
            throw new Violation(digest + " has steps that are not done: " + last);
    }

    void effect(String verb, ServerKey key) {
        hear();
        model.effect(verb, key);
        counts.event("provider." + verb, resting);
        moved = true;
    }

    void compare() {
        if (!moved) return;
        var records = records();
        model.compare(records, provider.servers.keySet());
        model.secrets(quietly(views::secrets));
        model.waiting(open());
        moved = false;
    }

    /// From here on plans are judged and begun in another way.
    void rules(Rules rules, Beginning beginning, Duration destroyAfter) {
        hear();
        settings.policy = rules.policy();
        settings.beginning = beginning;
        settings.destroyAfter = destroyAfter;
        model.rules(rules);
    }

    // what happens

    private void perform(Operation.Kind kind) {
        switch (kind) {
            case PUSH -> push(Manifests.some(chance));
            case PUSH_INVALID -> push(Optional.of("postgresql:\n  grups: {}\n"));
            case FORCE_PUSH -> chance.of(gits).force(chance);
            case POLL -> poll(chance.of(gits).repository);
            case YES -> plan().ifPresent(this::yes);
            case NO -> plan().ifPresent(this::no);
            case COMMENT -> plan().ifPresent(this::comment);
            case APPLY ->
                    plan().ifPresent(it ->
                            tell("apply " + it.id(), reconciler.apply(it.id(), "ada")));
            case RESOLVE -> plan().ifPresent(it -> resolve(it, chance.of(Resolution.values())));
            case CANCEL ->
                    plan().ifPresent(it ->
                            tell("cancel " + it.id(), reconciler.cancel(it.id(), "bo")));
            case WORK -> work();
            case ASK -> ask();
            case LOOK_AFTER_PLANS -> reconciler.lookAfterPlans();
            case TIME -> pass();
            case CRASH -> die("just so");
            case SETTINGS -> {
                rules(
                        chance.of(Rules.ALL),
                        chance.of(BEGINNINGS),
                        chance.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(30)));
                reconciler.settingsChanged();
            }
            case REPLAN -> reconciler.planOnceMore(chance.of(Manifests.APPLICATIONS));
            case PULL_REQUEST -> pullRequest();
            case SERVER_DIES -> serverDies();
            case LOOK_AT_SERVERS -> look();
        }
    }

    /// Nobody wants any more what nobody has said a word to.
    void forgetWhatWasNotBegun() {
        for (var application : Manifests.APPLICATIONS) {
            if (begun.contains(application.toString())) continue;
            var git = git(application);
            if (git.file(application.app()).isPresent()) {
                log("  %s is not wanted any more".formatted(application));
                git.push(application.app(), Optional.empty());
            }
        }
    }

    private SimulatedGit git(ApplicationName application) {
        return gits.get(application.app().equals("wiki") ? 1 : 0);
    }

    private void push(Optional<String> text) {
        var application = chance.of(Manifests.APPLICATIONS);
        log(
                "  %s: %s"
                        .formatted(
                                application,
                                text.map(it -> Manifests.servers(it).toString()).orElse("gone")));
        git(application).push(application.app(), text);
    }

    private void pullRequest() {
        var application = chance.of(Manifests.APPLICATIONS);
        var git = git(application);
        var ref = "refs/pull/%d/head".formatted(1 + chance.below(2));
        switch (chance.below(5)) {
            case 0 -> {
                log("  merge " + ref);
                git.merge(ref);
            }
            case 1 -> {
                log("  close " + ref);
                git.heads.remove(ref);
            }
            default -> {
                var text = Manifests.some(chance);
                log(
                        "  %s, %s: %s"
                                .formatted(
                                        ref,
                                        application,
                                        text.map(it -> Manifests.servers(it).toString())
                                                .orElse("gone")));
                git.propose(ref, application.app(), text);
            }
        }
    }

    /// A repository is polled by one at a time.
    void poll(Repository repository) {
        if (!polled.add(repository.name())) return;
        try {
            log("  %s: %s".formatted(repository.name(), reconciler.poll(repository)));
        } finally {
            polled.remove(repository.name());
        }
    }

    boolean work() {
        var some = applies.step(chance);
        crash.ifPresent(it -> {
            throw it;
        });
        return some;
    }

    private void pass() {
        var time =
                chance.of(
                        Duration.ofSeconds(40),
                        Duration.ofMinutes(10),
                        Duration.ofHours(30),
                        Duration.ofDays(8),
                        Duration.ofMinutes(-3));
        log("  by " + time);
        now = now.plus(time);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// One of the newest plans, rather one that is open.
    private Optional<StoredPlan> plan() {
        var all = chance.of(0.9) ? open() : plans();
        return all.isEmpty() ? Optional.empty() : Optional.of(chance.of(all));
    }

    List<StoredPlan> open() {
        return quietly(views::open);
    }

    private List<StoredPlan> plans() {
        return quietly(views::plans);
    }

    /// Looks without a chance that anything happens.
    private <T> T quietly(Supplier<T> look) {
        var was = looking;
        looking = true;
        try {
            return look.get();
        } finally {
            looking = was;
        }
    }

    private Set<GroupName> destroyed(StoredPlan plan) {
        if (chance.of(0.2)) return Set.of();
        return plan.plan().destructive().stream()
                .map(it -> it.change().group())
                .collect(Collectors.toSet());
    }

    private void yes(StoredPlan plan) {
        var digest = chance.of(0.9) ? plan.digest() : chance.of(plans()).digest();
        yes(plan, digest, chance.of(PEOPLE), destroyed(plan), chance.of(0.2));
    }

    /// @param digest of what was reviewed, which need not be the plan
    void yes(StoredPlan plan, Digest digest, String who, Set<GroupName> destroy, boolean hold) {
        var id = "cli " + said++;
        log(
                "  %s says yes to %s, having read %s%s%s"
                        .formatted(
                                who, plan.id(), digest.id(), destroy, hold ? ", rest held" : ""));
        // Whoever has read another plan has not said yes to this one.
        if (digest.equals(plan.digest()))
            model.say(id, new Said(who, "cli", digest, destroy, hold));
        try {
            var decision =
                    reconciler.approve(
                            new Yes(
                                    plan.id(),
                                    speaker(who),
                                    new Consent(Optional.of(digest), destroy, hold)));
            tell("yes", decision);
        } finally {
            if (crash.isEmpty()) {
                hear();
                model.unsay(id);
            }
        }
    }

    private void no(StoredPlan plan) {
        var who = chance.of(PEOPLE);
        tell(
                who + " says no to " + plan.id(),
                reconciler.reject(plan.digest().toString(), speaker(who), "no"));
    }

    private void comment(StoredPlan plan) {
        var comment =
                forge.write(chance.of(PEOPLE), plan.digest(), destroyed(plan), chance.of(0.2));
        log("  %s writes yes to %s: %s".formatted(comment.who(), plan.id(), comment.url()));
        model.say(
                comment.url(),
                new Said(
                        comment.who(),
                        "comment",
                        comment.digest(),
                        comment.destroy(),
                        comment.hold()));
    }

    static Speaker speaker(String who) {
        return new Speaker(who, who, new TreeSet<>(), Channel.CLI, Optional.empty());
    }

    void tell(String what, Decision decision) {
        log("  %s: %s".formatted(what, words(decision)));
    }

    static String words(Decision decision) {
        return switch (decision) {
            case Decision.Decided(var plan) -> plan.id() + " is " + plan.state().word();
            case Decision.Noted(var plan, var missing) -> plan.id() + " is noted, " + missing;
            case Decision.Refused(var why) -> "refused, " + why;
        };
    }

    List<Recorded> records() {
        return quietly(views::records);
    }

    /// Somebody says what became of the step that a plan stands still for.
    ///
    /// @return whether that could be
    boolean resolve(StoredPlan plan, Resolution resolution) {
        var doubt = quietly(() -> reconciler.doubt(plan));
        if (doubt.isEmpty()) return false;
        var step = doubt.get().step();
        var decision = reconciler.resolve(plan.id(), step, resolution, "ada");
        tell("%s of %s: %s".formatted(step, plan.id(), resolution.word()), decision);
        return decision instanceof Decision.Decided;
    }

    private void ask() {
        var all = new ArrayList<GroupAddress>();
        var groups = new TreeMap<GroupAddress, RecordedGroup>();
        for (var it : records()) {
            it.groups()
                    .forEach(group ->
                            groups.put(new GroupAddress(it.application(), group.name()), group));
        }
        all.addAll(groups.keySet());
        var application = chance.of(Manifests.APPLICATIONS);
        if (all.isEmpty() || chance.of(0.15)) {
            var group = new GroupName(Engine.POSTGRESQL, chance.of("asked", "more"));
            ask(application, new Request.AddGroup(group, Optional.empty(), Optional.empty()));
            return;
        }
        var at = chance.of(all);
        var group = Optional.ofNullable(groups.get(at)).orElseThrow();
        var name = at.group();
        ask(
                at.application(),
                switch (chance.below(9)) {
                    case 0 -> new Request.Scale(name, chance.below(3));
                    case 1 -> new Request.RemoveGroup(name);
                    case 2, 3 ->
                            new Request.Promote(
                                    name, chance.of(group.servers()).name(), chance.of(0.2));
                    case 4, 5 -> new Request.Replicate(name, chance.of(all));
                    case 6 -> new Request.StopReplicating(name);
                    case 7 -> new Request.RotateCredentials(name, chance.of(0.5));
                    default ->
                            chance.of(0.5)
                                    ? new Request.MakePrimary(name)
                                    : new Request.Protect(name, chance.of(0.7));
                });
    }

    void ask(ApplicationName application, Request request) {
        tell(request.words(application), reconciler.ask(application, request, speaker("bo")));
    }

    private void serverDies() {
        if (provider.servers.isEmpty()) return;
        var key = chance.of(List.copyOf(provider.servers.keySet()));
        log("  " + key);
        provider.die(key);
    }

    /// What [Lookout] tells.
    void look() {
        var records = records();
        var seen = new ArrayList<Lookout.Seen>();
        for (var of : records) {
            for (var group : of.groups()) {
                for (var server : group.servers()) {
                    var key = new ServerKey(of.application(), group.name(), server.name());
                    var credentials =
                            quietly(() -> store.credentials().get(of.application(), group.name()))
                                    .orElseThrow();
                    var replica = !server.equals(group.primaryServer());
                    seen.add(new Lookout.Seen(key, replica, provider.health(key, credentials)));
                }
            }
        }
        reconciler.seen(new Lookout.View(now, records, seen));
    }

    // what the end looks at

    Reconciler reconciler() {
        return reconciler;
    }

    Store store() {
        return store;
    }

    SimulatedProvider provider() {
        return provider;
    }

    Model model() {
        return model;
    }

    List<SimulatedGit> gits() {
        return gits;
    }

    static boolean isAny(StoredPlan plan, PlanState... states) {
        return List.of(states).contains(plan.state());
    }

    static Set<GroupName> all(List<PlannedChange> changes) {
        return changes.stream().map(it -> it.change().group()).collect(Collectors.toSet());
    }
}
