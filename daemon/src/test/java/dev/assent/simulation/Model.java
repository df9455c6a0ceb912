package dev.assent.simulation;

import com.google.errorprone.annotations.FormatMethod;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.plan.Change;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.plan.Severity;
import dev.assent.state.AuditEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What has to hold, in the simplest words: plans, what was said to them, and sets of servers. It
/// is told what people say and what the provider is asked to do, and reads in the audit trail what
/// the daemon says that it does; whatever does not fit is a [Violation].
final class Model {

    private enum State {
        PROPOSED,
        APPROVED,
        APPLYING,
        FAILED,
        STANDING,
        OVER
    }

    private static final Set<State> UNDER_WAY =
            Set.of(State.APPLYING, State.FAILED, State.STANDING);

    /// A yes that somebody said.
    record Said(String who, String channel, Digest digest, Set<GroupName> destroy, boolean hold) {}

    /// A yes that was counted, and the changes that it is to.
    private record Counted(String who, Set<String> changes) {}

    private static final class Proposed {
        private Plan plan;
        private State state = State.PROPOSED;
        private boolean wasApproved;
        private List<Counted> counted = new ArrayList<>();
        private final List<PlannedChange> done = new ArrayList<>();

        Proposed(Plan plan) {
            this.plan = plan;
        }

        /// What is to be done by the last yes.
        List<PlannedChange> covered() {
            if (counted.isEmpty()) return List.of();
            var last = counted.getLast().changes();
            return plan.changes().stream().filter(it -> last.contains(it.id())).toList();
        }

        boolean enough(Rules rules) {
            return !counted.isEmpty() && covered().stream().allMatch(it -> enough(rules, it.id()));
        }

        private boolean enough(Rules rules, String change) {
            var yes = counted.stream().filter(it -> it.changes().contains(change));
            var voters = yes.map(Counted::who).filter(rules.voters()::contains).distinct();
            return voters.count() >= rules.needed();
        }
    }

    private final Map<String, Proposed> plans = new LinkedHashMap<>();
    private final Map<String, Said> said = new LinkedHashMap<>();
    private final Map<ApplicationName, Map<GroupName, List<ServerName>>> records = new HashMap<>();
    private final Map<ApplicationName, Long> serials = new HashMap<>();
    private final Map<GroupAddress, GroupAddress> follows = new HashMap<>();
    private final Set<ServerKey> left = new HashSet<>();
    private Rules rules = Rules.ALL.getFirst();
    private boolean secretsMayMove = true;
    private Map<String, GroupCredentials> secrets = new HashMap<>();
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

    @FormatMethod
    private static void check(boolean holds, String otherwise, Object... of) {
        if (!holds) throw new Violation(otherwise.formatted(of));
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
            case "plan.failed" -> become(plan, entry, State.FAILED, State.APPLYING);
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

    /// A server that a failed plan could not remove again.
    void leftBehind(ServerKey server) {
        left.add(server);
    }

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
        serials.merge(application, 1L, Long::sum);
        var groups = records.computeIfAbsent(application, _ -> new HashMap<>());
        var change = next.orElseThrow().change();
        var group = change.group();
        switch (change) {
            case Change.CreateGroup it ->
                    groups.put(
                            group,
                            it.servers().stream()
                                    .map(ServerSpec::name)
                                    .collect(Collectors.toCollection(ArrayList::new)));
            case Change.AddServer it ->
                    groups.getOrDefault(group, List.of()).add(it.server().name());
            case Change.RemoveServer it ->
                    groups.getOrDefault(group, List.of()).remove(it.server());
            case Change.RemoveGroup _ -> {
                groups.remove(group);
                follows.remove(new GroupAddress(application, group));
            }
            case Change.PromoteServer it -> {
                var servers = groups.getOrDefault(group, List.of());
                servers.remove(it.server());
                servers.addFirst(it.server());
            }
            case Change.StartReplication it ->
                    follows.put(new GroupAddress(application, group), it.source());
            case Change.StopReplication _ -> follows.remove(new GroupAddress(application, group));
            default -> {}
        }
        // Those that a group begins with, has from another, or is given.
        secretsMayMove |= entry.what().matches("(replication|credentials|group)[.].*");
    }

    /// `create-group` is recorded as `group.created`.
    private static boolean isRecordedAs(Change change, String what) {
        var words = change.action().split("-");
        return what.startsWith(words[1] + "." + words[0]);
    }

    /// The record is what the changes that were carried out make it, and nothing else.
    void compare(Collection<Recorded> stored, Set<ServerKey> built) {
        var recorded = new HashSet<ServerKey>();
        left.retainAll(built);
        for (var it : stored) {
            check(it.serial() == serials.getOrDefault(it.application(), 0L), "the serial: %s", it);
            var groups = records.getOrDefault(it.application(), Map.of());
            check(it.groups().size() == groups.size(), "%s, not %s", it.groups(), groups);
            for (var group : it.groups()) {
                var names = group.servers().stream().map(RecordedServer::name).toList();
                var mine = groups.getOrDefault(group.name(), List.of());
                check(Set.copyOf(names).equals(Set.copyOf(mine)), "%s, not %s", names, mine);
                check(names.getFirst().equals(mine.getFirst()), "primary: %s, %s", names, mine);
                names.forEach(s -> recorded.add(new ServerKey(it.application(), group.name(), s)));
            }
        }
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

    /// Whether a plan that is under way, or failed on the way, does that.
    private boolean isOpen(String verb, ServerKey key) {
        return plans.values().stream()
                .filter(it -> UNDER_WAY.contains(it.state))
                .anyMatch(it -> does(it, verb, key));
    }

    /// Passwords move when a plan does that, and else never.
    void secrets(Map<String, GroupCredentials> now) {
        if (!secretsMayMove) {
            for (var it : now.entrySet()) {
                var before = secrets.get(it.getKey());
                check(
                        before == null || it.getValue().equals(before),
                        "the passwords of %s are others",
                        it.getKey());
            }
        }
        secrets = Map.copyOf(now);
        secretsMayMove = false;
    }

    // what the provider is asked to do

    void effect(String verb, ServerKey key) {
        var running = plans.values().stream().filter(it -> it.state == State.APPLYING);
        check(running.anyMatch(it -> does(it, verb, key)), "nobody agreed to %s %s", verb, key);
    }

    private boolean does(Proposed plan, String verb, ServerKey key) {
        return plan.covered().stream().anyMatch(it -> does(plan, it, verb, key));
    }

    private boolean does(Proposed plan, PlannedChange planned, String verb, ServerKey key) {
        var group = new GroupAddress(plan.plan.application(), planned.change().group());
        var at = new GroupAddress(key.application(), key.group());
        // What is not recorded yet is removed again where the change fails.
        var isUndone = verb.equals("remove") && !plan.done.contains(planned);
        var isBuilt = group.equals(at) && (verb.equals("build") || isUndone);
        return switch (planned.change()) {
            case Change.CreateGroup it ->
                    isBuilt && it.servers().stream().anyMatch(s -> s.name().equals(key.server()));
            case Change.AddServer it -> isBuilt && it.server().name().equals(key.server());
            case Change.RemoveServer it ->
                    group.equals(at) && verb.equals("remove") && it.server().equals(key.server());
            case Change.RemoveGroup it ->
                    group.equals(at)
                            && verb.equals("remove")
                            && it.servers().contains(key.server());
            case Change.PromoteServer _,
                    Change.StartReplication _,
                    Change.StopReplication _,
                    Change.RotateCredentials _ ->
                    !verb.equals("build") && !verb.equals("remove") && reaches(group, at);
            case Change.ResyncServer it ->
                    group.equals(at) && verb.equals("rebuild") && it.server().equals(key.server());
            case Change.RepairServer it ->
                    group.equals(at)
                            && (verb.equals("start") || verb.equals("configure"))
                            && it.server().equals(key.server());
            default -> false;
        };
    }

    /// Whether a group is another one, or has its data from there.
    private boolean reaches(GroupAddress from, GroupAddress to) {
        return from.equals(to)
                || Optional.ofNullable(follows.get(to)).filter(it -> reaches(from, it)).isPresent();
    }

    /// Nothing is left to be decided or done.
    boolean isAtRest() {
        return plans.values().stream().allMatch(it -> it.state == State.OVER);
    }
}
