package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.state.HeadRows.Link;
import dev.assent.state.Plans.Proposal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The heads beside repositories' branches, and the plans that they want.
public final class Heads {

    private static final String CLOSED = "its head is gone";
    private static final String UNTOUCHED = "its head does not touch the application any more";

    private final Database database;
    private final Audit audit;
    private final InstantSource clock;

    Heads(Database database, Audit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// What a head says of an application, and who made it.
    ///
    /// @param remarks warnings, errors, and what the plan notices, as text
    /// @param authors `email:ada@example.org`, `github:ada-l`
    public record Saying(
            String repository,
            String ref,
            ApplicationName application,
            String path,
            List<String> remarks,
            Set<String> authors) {

        public Saying {
            remarks = List.copyOf(remarks);
            authors = Set.copyOf(authors);
        }

        private Link link() {
            return new Link(repository, ref, application, path, remarks, authors);
        }
    }

    public List<HeadState> all() {
        return database.read(handle -> new HeadRows(handle).all());
    }

    public List<HeadState> of(String repository) {
        return database.read(handle -> new HeadRows(handle).of(repository));
    }

    public Optional<HeadState> find(String repository, String ref) {
        return database.read(handle -> new HeadRows(handle).find(repository, ref));
    }

    /// What a head comes to, by application.
    public List<HeadPlan> plans(HeadState head) {
        return database.read(handle -> new HeadRows(handle).plans(head.repository(), head.ref()));
    }

    /// The heads that touch an application.
    public List<HeadState> touching(ApplicationName application) {
        return database.read(handle -> new HeadRows(handle).touching(application));
    }

    /// The heads that are ahead of the branch for an application: a plan of theirs was applied, and
    /// they are not merged yet. In the order in which that was.
    public List<Ahead> ahead(ApplicationName application) {
        return database.read(handle -> new HeadRows(handle).ahead(application));
    }

    /// The applications that some head touches, whether the branch declares them or not.
    public List<ApplicationName> touched() {
        return database.read(handle -> new HeadRows(handle).touched());
    }

    /// Has a head read again at the next look; what it wanted before stands until then.
    public void unread(HeadState head) {
        database.change(handle -> new HeadRows(handle).put(head.unread()));
    }

    /// Writes how a head was seen. Of applications that it no longer touches it wants nothing any
    /// more.
    public void put(HeadState head, Set<ApplicationName> touched) {
        database.change(handle -> {
            var rows = new HeadRows(handle);
            rows.put(head);
            for (var plan : rows.plans(head.repository(), head.ref())) {
                if (touched.contains(plan.application())) continue;
                // What it did is done, whatever it says now: it is ahead until it is merged.
                if (plan.applied().isPresent() && head.condition() != HeadState.Condition.MERGED) {
                    letGo(handle, head, plan);
                } else {
                    drop(handle, head, plan.application(), UNTOUCHED);
                }
            }
        });
    }

    /// A head is not there any more: it is closed, merged, or deleted.
    public void gone(HeadState head) {
        database.change(handle -> {
            var rows = new HeadRows(handle);
            for (var plan : rows.plans(head.repository(), head.ref())) {
                drop(handle, head, plan.application(), CLOSED);
            }
            rows.drop(head.repository(), head.ref());
        });
    }

    private void letGo(Handle handle, HeadState head, HeadPlan plan) {
        var nothing =
                new Link(
                        head.repository(),
                        head.ref(),
                        plan.application(),
                        plan.path(),
                        List.of(),
                        Set.of());
        new HeadRows(handle).put(nothing, HeadPlan.Condition.NOTHING, Optional.empty());
        plan.digest()
                .ifPresent(it -> succession(handle).leftByHead(it, UNTOUCHED, Optional.empty()));
    }

    private void drop(Handle handle, HeadState head, ApplicationName application, String why) {
        new HeadRows(handle)
                .drop(head.repository(), head.ref(), application)
                .ifPresent(it -> succession(handle).leftByHead(it, why, Optional.empty()));
    }

    /// Proposes what a head wants. It waits beside the other plans of the application.
    ///
    /// @param anew whether one that was rejected or has expired is to wait once more
    public Proposal propose(Plan plan, Provenance provenance, Saying saying, boolean anew) {
        return database.write(handle ->
                new Proposals(handle, audit, clock.instant())
                        .propose(plan, provenance, saying.link(), anew));
    }

    /// Notes that a head has no plan for an application, and why.
    public void note(Saying saying, HeadPlan.Condition condition) {
        database.change(handle -> {
            var rows = new HeadRows(handle);
            var before = rows.digest(saying.link());
            rows.put(saying.link(), condition, Optional.empty());
            before.ifPresent(
                    it -> succession(handle).leftByHead(it, why(condition), Optional.empty()));
        });
    }

    private static String why(HeadPlan.Condition condition) {
        return switch (condition) {
            case INVALID -> "its head's manifest has errors now";
            case ELSEWHERE -> "the application belongs to another repository now";
            case NOTHING, PLANNED, WAITING -> "what its head wants has changed";
        };
    }

    /// Remembers who made what a plan comes from.
    ///
    /// @param authors `email:ada@example.org`
    public void authored(Digest digest, Set<String> authors) {
        database.change(handle -> new HeadRows(handle).author(digest, authors));
    }

    private Succession succession(Handle handle) {
        return new Succession(handle, audit, clock.instant());
    }
}
