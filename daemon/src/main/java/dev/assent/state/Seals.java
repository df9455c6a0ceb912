package dev.assent.state;

import dev.assent.plan.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.JsonNodeFactory;

/// The seals of plans and assents inside one transaction. A plan's covers what it says, where it
/// came from and who asked for it; an assent's covers who said yes, how, to what, and whether that
/// is used up. What bears none, or another, was written by somebody else than this program.
record Seals(Handle handle, Signet signet) {

    private static final String PLAN = "SELECT * FROM plan WHERE digest = :digest";
    private static final String ASSENTS =
            "SELECT * FROM assent WHERE digest = :digest AND proposal = :proposal ORDER BY id";

    /// A row as its seal should be, and as it is.
    private record Sealed(long id, String text, Optional<String> seal) {}

    /// Why a plan can be neither decided on nor carried out; empty where it and what was said to it
    /// are as they were written.
    Optional<String> trouble(Digest digest) {
        var plan =
                handle.createQuery(PLAN)
                        .bind("digest", digest.toString())
                        .map((row, _) -> new Whole(isWhole(row), row.getLong("proposal")))
                        .findOne();
        if (plan.isEmpty()) return Optional.empty();
        if (!plan.get().isWhole()) return Optional.of(forged(digest, "it"));
        return assents(digest, plan.get().proposal()).stream().allMatch(this::isWhole)
                ? Optional.empty()
                : Optional.of(forged(digest, "what was said to it"));
    }

    private record Whole(boolean isWhole, long proposal) {}

    private static String forged(Digest digest, String what) {
        return "%s cannot be decided on or carried out: %s was edited in the database, since its seal is not one of this record's key. What else was: assent audit --verify; once that is clear, have it proposed anew: assent replan"
                .formatted(digest.id(), what);
    }

    /// Seals a plan that was just proposed.
    void plan(Digest digest) {
        var text =
                handle.createQuery(PLAN)
                        .bind("digest", digest.toString())
                        .map((row, _) -> planText(row))
                        .one();
        handle.createUpdate("UPDATE plan SET seal = :seal WHERE digest = :digest")
                .bind("seal", signet.seal(Signet.Kind.PLAN, text))
                .bind("digest", digest.toString())
                .execute();
    }

    /// Writes a yes, sealed.
    void insert(PlanRow row, Assent assent) {
        seal(new AssentRows(handle).insert(row, assent, Seals::sealed));
    }

    /// What was said to one plan is said to another, with seals of its own: see [AssentRows#carry].
    int carry(PlanRow from, PlanRow to) {
        if (trouble(from.stored().digest()).isPresent()) return 0;
        var before = ids(to);
        var carried = new AssentRows(handle).carry(from, to);
        sealAllBut(before, to);
        return carried;
    }

    /// Uses a plan's assents up: see [AssentRows#consume]. One that was made up stays so.
    int consume(PlanRow row, Instant now) {
        var whole = of(row).stream().filter(this::isWhole).map(Sealed::id).toList();
        var consumed = new AssentRows(handle).consume(row, now);
        if (consumed > 0) {
            of(row).stream().filter(it -> whole.contains(it.id())).forEach(this::seal);
        }
        return consumed;
    }

    /// Seals whatever is there, as it stands when seals begin.
    void begin() {
        handle.createQuery("SELECT digest FROM plan WHERE seal IS NULL")
                .mapTo(String.class)
                .list()
                .forEach(it -> Digest.parse(it).ifPresent(this::plan));
        handle.createQuery("SELECT * FROM assent WHERE seal IS NULL")
                .map((row, _) -> sealed(row))
                .list()
                .forEach(this::seal);
    }

    private void sealAllBut(List<Long> before, PlanRow row) {
        var known = new HashSet<>(before);
        of(row).stream().filter(it -> !known.contains(it.id())).forEach(this::seal);
    }

    private List<Long> ids(PlanRow row) {
        return of(row).stream().map(Sealed::id).toList();
    }

    private List<Sealed> of(PlanRow row) {
        return assents(row.stored().digest(), row.proposal());
    }

    private List<Sealed> assents(Digest digest, long proposal) {
        return handle.createQuery(ASSENTS)
                .bind("digest", digest.toString())
                .bind("proposal", proposal)
                .map((row, _) -> sealed(row))
                .list();
    }

    private void seal(Sealed assent) {
        handle.createUpdate("UPDATE assent SET seal = :seal WHERE id = :id")
                .bind("seal", signet.seal(Signet.Kind.ASSENT, assent.text()))
                .bind("id", assent.id())
                .execute();
    }

    private boolean isWhole(Sealed assent) {
        return signet.fits(Signet.Kind.ASSENT, assent.text(), assent.seal());
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(
                row.getLong("id"), assentText(row), Optional.ofNullable(row.getString("seal")));
    }

    /// Whether a row of the table of plans bears its seal.
    boolean isWhole(ResultSet plan) throws SQLException {
        return signet.fits(
                Signet.Kind.PLAN, planText(plan), Optional.ofNullable(plan.getString("seal")));
    }

    /// Whether a row of the table of assents bears its seal.
    boolean isWholeAssent(ResultSet assent) throws SQLException {
        return isWhole(sealed(assent));
    }

    private static String planText(ResultSet row) throws SQLException {
        return array(
                row,
                "digest",
                "proposal",
                "application",
                "base_serial",
                "body",
                "repository",
                "path",
                "commit_id",
                "request",
                "asked_by",
                "asked_person",
                "proposed_at");
    }

    private static String assentText(ResultSet row) throws SQLException {
        return array(
                row,
                "digest",
                "proposal",
                "who",
                "person",
                "groups",
                "channel",
                "evidence",
                "carried",
                "at",
                "changes",
                "consumed_at");
    }

    private static String array(ResultSet row, String... columns) throws SQLException {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var it : columns) array.add(row.getString(it));
        return array.toString();
    }
}
