package dev.assent.simulation;

import static dev.assent.simulation.Violation.check;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.plan.Change;
import dev.assent.plan.Plan;
import dev.assent.plan.Severity;
import dev.assent.simulation.Proposed.Counted;
import dev.assent.simulation.Proposed.State;
import dev.assent.state.AuditEntry;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What has to hold, in the simplest words: plans, what was said to them, and sets of servers. It
/// is told what people say and what the provider is asked to do, and reads in the audit trail what
/// the daemon says that it does; whatever does not fit is a [Violation].
final class Model {

    private static final Pattern LEFT_BEHIND =
            Pattern.compile("what (?<change>\\S+) had built is left behind");

    private static final Set<State> UNDER_WAY =
            Set.of(State.APPLYING, State.FAILED, State.STANDING);

    private final Map<String, Proposed> plans = new LinkedHashMap<>();
    private final Map<String, Said> said = new LinkedHashMap<>();
    private final Ledger ledger = new Ledger();
    private final Passwords passwords = new Passwords();
    private final Set<ServerKey> left = new HashSet<>();
    private Rules rules = Rules.ALL.getFirst();
    private int applied;

    int applied() {
        return applied;
    }

    void rules(Rules now) {
        rules = now;
    }

    /// Somebody says yes. It counts once, whatever is made of it.
    void say(String id, Said yes) {
        said.put(id, yes);
    }

    /// It was answered: it counts no more.
    void unsay(String id) {
        said.remove(id);
    }

    // what the daemon says that it does

    /// @param find a plan as it is stored
    void hear(AuditEntry entry, Function<String, Optional<Plan>> find) {
        if (entry.plan().isEmpty()) return;
        var digest = entry.plan().get();
        if (entry.what().equals("plan.proposed")) {
            var old = plans.get(digest);
            check(
                    old == null || old.state == State.OVER,
                    "%s is proposed while it is open",
                    digest);
            var plan = find.apply(digest).orElseThrow();
            check(plan.digest().toString().equals(digest), "%s has another digest", digest);
            plans.put(digest, new Proposed(plan));
            return;
        }
        var plan = plans.get(digest);
        if (plan == null) throw new Violation("it was never proposed: " + entry);
        switch (entry.what()) {
            case "plan.noted" -> {
                count(plan, entry, State.PROPOSED);
                check(!plan.enough(rules), "there are enough, and %s waits", digest);
            }
            case "plan.approved" -> {
                count(plan, entry, State.PROPOSED);
                check(plan.enough(rules), "too few have said yes to %s", digest);
                become(plan, entry, State.APPROVED, State.PROPOSED);
                plan.wasApproved = true;
            }
            case "plan.assents-kept" -> keep(plan, entry);
            case "plan.reopened" -> become(plan, entry, State.PROPOSED, State.APPROVED);
            case "plan.started" -> start(plan, entry, State.APPROVED);
            case "plan.resumed" -> start(plan, entry, State.FAILED);
            case "plan.needs-decision" -> become(plan, entry, State.STANDING, State.APPLYING);
            case "plan.resolved" -> become(plan, entry, State.APPLYING, State.STANDING);
            case "plan.taken-up", "plan.cancelled" ->
                    become(plan, entry, State.APPLYING, State.APPLYING);
            case "plan.failed" -> {
                become(plan, entry, State.FAILED, State.APPLYING);
                leave(plan, entry);
            }
            case "plan.applied" -> {
                become(plan, entry, State.OVER, State.APPLYING);
                plan.wasApproved = false;
                check(plan.done.containsAll(plan.covered()), "%s is not whole", digest);
                applied++;
            }
            case "plan.rejected", "plan.superseded", "plan.expired" ->
                    become(plan, entry, State.OVER, State.PROPOSED, State.APPROVED, State.FAILED);
            default -> record(plan, entry);
        }
    }

    private static void become(Proposed plan, AuditEntry entry, State to, State... from) {
        check(List.of(from).contains(plan.state), "%s, which was %s", entry, plan.state);
        plan.state = to;
    }

    private void start(Proposed plan, AuditEntry entry, State from) {
        become(plan, entry, State.APPLYING, from);
        check(plan.enough(rules), "too few have said yes to %s, which is started", entry.plan());
        // It raises the serial with each of its changes, and nobody else may have raised it.
        var serial = ledger.serial(plan.plan.application());
        check(serial == plan.plan.baseSerial() + plan.done.size(), "the record moved: %s", entry);
        var running = running(plan.plan.application());
        check(running.size() == 1, "%s plans of one application run", running.size());
    }

    private List<Proposed> running(ApplicationName application) {
        return plans.values().stream()
                .filter(it -> it.state == State.APPLYING)
                .filter(it -> it.plan.application().equals(application))
                .toList();
    }

    /// Finds the yes that is counted, which must be one that was said to this very plan, and was
    /// not counted before.
    private void count(Proposed plan, AuditEntry entry, State in) {
        check(plan.state == in, "%s, which is %s", entry, plan.state);
        for (var it : said.entrySet()) {
            var yes = it.getValue();
            if (!yes.who().equals(entry.who())) continue;
            if (!yes.digest().equals(plan.plan.digest())) continue;
            var covered = covered(plan.plan, yes);
            if (covered.size() < plan.plan.changes().size() && !yes.hold()) continue;
            var words = "by %s, for %s".formatted(yes.channel(), String.join(" ", covered));
            if (!entry.detail().endsWith(words) && !entry.detail().contains(words + ";")) continue;
            said.remove(it.getKey());
            plan.counted.add(new Counted(yes.who(), covered));
            return;
        }
        throw new Violation("nobody said what is counted: " + entry);
    }

    /// What a yes is to: all but what destroys data that it does not name, and what needs that.
    private static SortedSet<String> covered(Plan plan, Said yes) {
        var covered = new TreeSet<String>();
        for (var it : plan.changes()) {
            var destroys = it.change().severity() == Severity.DESTRUCTIVE;
            var agreed = !destroys || yes.destroy().contains(it.change().group());
            if (agreed && covered.containsAll(it.dependsOn())) covered.add(it.id());
        }
        return covered;
    }

    private void keep(Proposed plan, AuditEntry entry) {
        for (var old : plans.values()) {
            if (old == plan || !entry.detail().contains(old.plan.id() + ",")) continue;
            check(old.plan.hasTheSameChangesAs(plan.plan), "%s: other changes", entry);
            plan.counted = new ArrayList<>(old.counted);
            plan.wasApproved = old.wasApproved;
            plan.state = old.wasApproved ? State.APPROVED : State.PROPOSED;
            return;
        }
        throw new Violation("there is no such plan: " + entry);
    }

    /// What a failed change has built and could not remove again is in no record: so it is said.
    private void leave(Proposed plan, AuditEntry entry) {
        var said = LEFT_BEHIND.matcher(entry.detail());
        if (!said.find()) return;
        plan.plan.changes().stream()
                .filter(it -> it.id().equals(said.group("change")))
                .flatMap(it -> Effects.built(plan.plan.application(), it).stream())
                .forEach(left::add);
    }

    /// Servers that are in no record, of which people know.
    Set<ServerKey> leftBehind() {
        return left;
    }

    // what is recorded

    private void record(Proposed plan, AuditEntry entry) {
        var application = plan.plan.application();
        check(plan.state == State.APPLYING, "%s, by a plan that is %s", entry, plan.state);
        var next =
                plan.covered().stream()
                        .filter(it ->
                                !plan.done.contains(it) && isRecordedAs(it.change(), entry.what()))
                        .findFirst();
        check(next.isPresent(), "nobody agreed to it, or it is done already: %s", entry);
        plan.done.add(next.orElseThrow());
        ledger.write(application, next.orElseThrow().change());
        // Those that a group begins with, has from another, or is given.
        if (entry.what().matches("(replication|credentials|group)[.].*")) passwords.mayMove();
    }

    /// `create-group` is recorded as `group.created`.
    private static boolean isRecordedAs(Change change, String what) {
        var words = change.action().split("-");
        return what.startsWith(words[1] + "." + words[0]);
    }

    /// The record is what the changes that were carried out make it, and nothing else.
    void compare(Collection<Recorded> stored, Set<ServerKey> built) {
        var recorded = ledger.compare(stored);
        left.retainAll(built);
        for (var each : recorded) {
            check(built.contains(each) || isOpen("remove", each), "%s is no server", each);
        }
        for (var each : built) {
            check(
                    recorded.contains(each) || isOpen("build", each) || left.contains(each),
                    "%s is not recorded",
                    each);
        }
    }

    /// Of what the branch wants of an application, one plan waits.
    void waiting(Collection<StoredPlan> open) {
        var applications = new HashSet<ApplicationName>();
        for (var it : open) {
            var waits = Set.of(PlanState.PROPOSED, PlanState.APPROVED).contains(it.state());
            if (!waits || !it.wanted().byBranch()) continue;
            check(applications.add(it.plan().application()), "%s waits beside another", it.id());
        }
    }

    /// Whether a plan that is under way, or failed on the way, does that.
    private boolean isOpen(String verb, ServerKey key) {
        return plans.values().stream()
                .filter(it -> UNDER_WAY.contains(it.state))
                .anyMatch(it -> does(it, verb, key));
    }

    void secrets(Map<String, GroupCredentials> now) {
        passwords.compare(now);
    }

    // what the provider is asked to do

    void effect(String verb, ServerKey key) {
        var running = plans.values().stream().filter(it -> it.state == State.APPLYING);
        check(running.anyMatch(it -> does(it, verb, key)), "nobody agreed to %s %s", verb, key);
    }

    private boolean does(Proposed plan, String verb, ServerKey key) {
        var application = plan.plan.application();
        return plan.covered().stream()
                .anyMatch(it ->
                        new Effects(application, it, plan.done.contains(it), ledger::reaches)
                                .include(verb, key));
    }

    /// Nothing is left to be decided or done.
    boolean isAtRest() {
        return plans.values().stream().allMatch(it -> it.state == State.OVER);
    }
}
