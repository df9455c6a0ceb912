package dev.assent.plan;

import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerName;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.Repair;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Finding.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What to do about the servers of one group. The primary server comes first: what is copied is
/// copied from it, and nothing that takes writes is overwritten while it does not run.
final class GroupRepair {

    private final ApplicationName application;
    private final RecordedGroup group;
    private final List<Finding> found;
    private final Draft draft;
    private final Map<Subject, String> advice;

    /// @param found what was found of the group
    GroupRepair(
            ApplicationName application,
            RecordedGroup group,
            List<Finding> found,
            Draft draft,
            Map<Subject, String> advice) {
        this.application = application;
        this.group = group;
        this.found = found;
        this.draft = draft;
        this.advice = advice;
    }

    void plan() {
        // Its first server is a replica, too: that of a server of the group that it follows.
        if (group.standing().replicatesFrom().isPresent()) {
            group.servers().forEach(this::mend);
            return;
        }
        var primary = group.primaryServer();
        var writers = group.servers().stream().filter(it -> is(it, Kind.WRITABLE)).toList();
        if (is(primary, Kind.MISSING)) {
            replaceMissing(primary, writers);
        } else if (writers.isEmpty()) {
            if (is(primary, Kind.DEMOTED)) {
                advise(
                        primary,
                        "no server of the group takes writes; find out who made it follow"
                                + " another one, and have one promoted: assent promote");
            } else {
                mend(primary);
                replicas().forEach(this::mend);
            }
        } else if (is(primary, Kind.DEMOTED) || is(primary, Kind.FENCED)) {
            replace(primary, writers);
        } else if (is(primary, Kind.STOPPED) || is(primary, Kind.UNREACHABLE)) {
            leaveToPeople(primary, writers);
        } else {
            mend(primary);
            replicas().forEach(this::mend);
        }
    }

    private List<RecordedServer> replicas() {
        return group.servers().subList(1, group.servers().size());
    }

    /// Its data is gone for good: whoever has a copy takes its place.
    private void replaceMissing(RecordedServer primary, List<RecordedServer> writers) {
        if (writers.size() > 1) {
            leaveToPeople(primary, writers);
            return;
        }
        var heir =
                writers.stream()
                        .findFirst()
                        .or(() -> replicas().stream().filter(this::isSound).findFirst());
        if (heir.isPresent()) {
            promote(primary, heir.get());
        } else {
            advise(
                    primary,
                    group.servers().size() > 1
                            ? "no replica can take its place as things are; mend one of them first"
                            : "there is no other copy of its data here; restore it from a backup:"
                                    + " remove the group, add it again, and import the data");
            replicas().forEach(it -> advise(it, "the primary server of the group comes first"));
        }
    }

    /// Somebody gave its place to another one by hand: that is written down, and it follows.
    private void replace(RecordedServer primary, List<RecordedServer> writers) {
        if (writers.size() > 1) {
            leaveToPeople(primary, writers);
        } else if (group.standing().isProtected()) {
            advise(primary, guarded());
            advise(writers.getFirst(), guarded());
        } else {
            promote(primary, writers.getFirst());
        }
    }

    private void promote(RecordedServer primary, RecordedServer heir) {
        var why =
                found.stream()
                        .filter(it ->
                                it.server().equals(primary.name())
                                        || (it.server().equals(heir.name())
                                                && it.kind() == Kind.WRITABLE))
                        .filter(it -> it.kind() != Kind.WRONG_VERSION)
                        .map(Finding::message)
                        .collect(Collectors.joining("; "));
        draft.propose(
                new PromoteServer(group.name(), heir.name(), primary.name(), true),
                new Because.Found(why));
    }

    private void leaveToPeople(RecordedServer primary, List<RecordedServer> writers) {
        var names =
                writers.stream()
                        .map(RecordedServer::name)
                        .map(ServerName::toString)
                        .collect(Collectors.joining(", "));
        var what =
                "%s may hold what %s lacks, and the other way round; stop those that are not to count, or have the one that is promoted: assent promote"
                        .formatted(names, primary.name());
        group.servers().forEach(it -> advise(it, what));
    }

    /// Whether it has a copy of the data that can be used.
    private boolean isSound(RecordedServer server) {
        return found.stream()
                .filter(it -> it.server().equals(server.name()))
                .allMatch(it ->
                        switch (it.kind()) {
                            // That is what the loss of its source looks like.
                            case NOT_FOLLOWING, EDITED, WRONG_VERSION -> true;
                            case MISSING,
                                    STOPPED,
                                    UNREACHABLE,
                                    FENCED,
                                    DEMOTED,
                                    WRITABLE,
                                    WRONG_SOURCE ->
                                    false;
                        });
    }

    /// One change a server: what is mended first may mend the rest.
    private void mend(RecordedServer server) {
        if (is(server, Kind.WRITABLE)) {
            destroy(server, Kind.WRITABLE);
        } else if (is(server, Kind.MISSING)) {
            resync(server, Kind.MISSING, false);
        } else if (is(server, Kind.FENCED)) {
            if (follows(server)) resync(server, Kind.FENCED, false);
            else repair(server, Kind.FENCED, Repair.CONFIGURE);
        } else if (is(server, Kind.STOPPED)) {
            repair(server, Kind.STOPPED, Repair.START);
        } else if (is(server, Kind.UNREACHABLE)) {
            advise(
                    server,
                    "it may be mending itself after a crash; its log says so, and where it does not, its process can be ended: it is started again");
        } else if (is(server, Kind.EDITED)) {
            repair(server, Kind.EDITED, Repair.CONFIGURE);
        } else if (is(server, Kind.WRONG_SOURCE)) {
            // What it follows may have given it anything.
            destroy(server, Kind.WRONG_SOURCE);
        } else if (is(server, Kind.NOT_FOLLOWING)) {
            resync(server, Kind.NOT_FOLLOWING, false);
        }
    }

    private boolean follows(RecordedServer server) {
        return group.standing().replicatesFrom().isPresent()
                || !server.equals(group.primaryServer());
    }

    private void destroy(RecordedServer server, Kind kind) {
        if (group.standing().isProtected()) advise(server, guarded());
        else resync(server, kind, true);
    }

    private void resync(RecordedServer server, Kind kind, boolean diverged) {
        if (!server.equals(group.primaryServer()) && is(group.primaryServer(), Kind.UNREACHABLE)) {
            advise(server, "the primary server comes first: nothing can be copied from it now");
            return;
        }
        draft.propose(
                new ResyncServer(group.name(), server.name(), diverged), because(server, kind));
    }

    private void repair(RecordedServer server, Kind kind, Repair repair) {
        draft.propose(new RepairServer(group.name(), server.name(), repair), because(server, kind));
    }

    private Because because(RecordedServer server, Kind kind) {
        return new Because.Found(finding(server, kind).orElseThrow().message());
    }

    private String guarded() {
        return "%s is protected; if what the server holds alone may go: %s"
                .formatted(group.name(), Commands.unprotect(application, group.name()));
    }

    private void advise(RecordedServer server, String what) {
        found.stream()
                .filter(it -> it.server().equals(server.name()))
                .filter(it -> it.kind() != Kind.WRONG_VERSION)
                .forEach(it -> advice.put(it.subject(), what));
    }

    private boolean is(RecordedServer server, Kind kind) {
        return finding(server, kind).isPresent();
    }

    private Optional<Finding> finding(RecordedServer server, Kind kind) {
        return found.stream()
                .filter(it -> it.server().equals(server.name()) && it.kind() == kind)
                .findFirst();
    }
}
