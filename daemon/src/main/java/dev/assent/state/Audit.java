package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// The append-only trail of everything said, decided and done, each entry chained to the one before
/// by hash.
public final class Audit {

    /// Who did it, where nobody asked: the daemon itself.
    static final String DAEMON = "assent";

    private static final RowMapper<AuditEntry> ENTRY =
            (row, _) ->
                    new AuditEntry(
                            row.getLong("number"),
                            Instant.parse(row.getString("at")),
                            row.getString("who"),
                            row.getString("what"),
                            Optional.ofNullable(row.getString("application")),
                            Optional.ofNullable(row.getString("plan")),
                            row.getString("detail"),
                            row.getString("hash"));

    private final Database database;
    private final Signet signet;
    private final InstantSource clock;
    private volatile Runnable wake = () -> {};

    Audit(Database database, Signet signet, InstantSource clock) {
        this.database = database;
        this.signet = signet;
        this.clock = clock;
    }

    /// What entries are sealed with, and plans and assents too.
    Signet signet() {
        return signet;
    }

    /// Calls `wake` after each transaction that wrote an entry.
    public void whenWritten(Runnable wake) {
        this.wake = wake;
    }

    /// Writes something that is no change to the record: variables shown, a server restarted.
    public void note(String who, String what, ApplicationName application, String detail) {
        database.change(handle -> append(handle, who, what, application, detail));
    }

    /// Writes something that is about no application.
    public void note(String who, String what, String detail) {
        database.change(
                handle -> append(handle, who, what, Optional.empty(), Optional.empty(), detail));
    }

    /// Writes an entry about an application in the transaction that does what it tells of.
    void append(Handle handle, String who, String what, ApplicationName about, String detail) {
        append(handle, who, what, Optional.of(about), Optional.empty(), detail);
    }

    /// Writes an entry about no application in the transaction that does what it tells of.
    void append(Handle handle, String who, String what, String detail) {
        append(handle, who, what, Optional.empty(), Optional.empty(), detail);
    }

    /// Writes an entry about a plan in the transaction that does what it tells of.
    void append(
            Handle handle,
            String who,
            String what,
            ApplicationName about,
            Digest plan,
            String detail) {
        append(handle, who, what, Optional.of(about), Optional.of(plan), detail);
    }

    /// Writes an entry about what is known of application and plan in the transaction that does
    /// what it tells of.
    void append(
            Handle handle,
            String who,
            String what,
            Optional<ApplicationName> about,
            Optional<Digest> digest,
            String detail) {
        var end = AuditEnd.of(handle);
        var number = end.last() + 1;
        var application = about.map(ApplicationName::toString);
        var plan = digest.map(Digest::toString);
        var unchained =
                new AuditEntry(number, clock.instant(), who, what, application, plan, detail, "");
        var head = end.head(handle, signet);
        var hash = AuditChain.hash(unchained, end.hash());
        handle.createUpdate(
                        """
                        INSERT INTO audit (number, at, who, what, application, plan, detail, hash,
                                           seal)
                        VALUES (:number, :at, :who, :what, :application, :plan, :detail, :hash,
                                :seal)\
                        """)
                .bind("number", number)
                .bind("at", unchained.at().toString())
                .bind("who", who)
                .bind("what", what)
                .bind("application", application)
                .bind("plan", plan)
                .bind("detail", detail)
                .bind("hash", hash)
                .bind("seal", signet.seal(Signet.Kind.ENTRY, hash))
                .execute();
        head.then(number, hash).write(handle, signet);
        handle.afterCommit(() -> wake.run());
    }

    /// The entries with a number above `number`, in order.
    public List<AuditEntry> after(long number, int limit) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT *
                                  FROM audit
                                 WHERE number > :number
                                 ORDER BY number
                                 LIMIT :limit\
                                """)
                        .bind("number", number)
                        .bind("limit", limit)
                        .map(ENTRY)
                        .list());
    }

    /// The newest entries of one application or of all, newest first.
    public List<AuditEntry> newest(Optional<ApplicationName> application, int limit) {
        return newest(AuditFilter.NONE.with(application), limit);
    }

    /// The newest entries that somebody looks for, newest first.
    public List<AuditEntry> newest(AuditFilter filter, int limit) {
        return database.read(handle -> newest(handle, filter, limit));
    }

    private static List<AuditEntry> newest(Handle handle, AuditFilter filter, int limit) {
        return handle.createQuery(
                        """
                        SELECT *
                          FROM audit
                         WHERE (CAST(:application AS TEXT) IS NULL OR application = :application)
                           AND (CAST(:plan AS TEXT) IS NULL OR plan = :plan)
                           AND (CAST(:since AS TEXT) IS NULL OR rtrim(at, 'Z') >= rtrim(:since, 'Z'))
                         ORDER BY number DESC
                         LIMIT :limit\
                        """)
                .bind("application", filter.application().map(ApplicationName::toString))
                .bind("plan", filter.plan().map(Digest::toString))
                .bind("since", filter.since().map(Instant::toString))
                .bind("limit", limit)
                .map(ENTRY)
                .list();
    }

    /// Checks the whole chain and its seals; the number of the first entry that does not fit, or
    /// empty. Entries that were cut off at the end are missed too: the first of them is what does
    /// not fit.
    public Optional<Long> firstBroken() {
        return database.read(handle -> trail(handle, Optional.of(signet))).found().stream()
                .findFirst()
                .map(Tampering::from);
    }

    /// Checks the whole chain, its seals, and those of all plans and assents.
    public Verification verify() {
        return verify(List.of());
    }

    /// The same, compared with what was published of the trail.
    public Verification verify(List<HeadNote> published) {
        return database.read(handle ->
                trail(handle, Optional.of(signet), published)
                        .and(new SealWalk(handle, signet).result()));
    }

    /// Where the trail ends, for others to keep; empty while there is no entry.
    public Optional<HeadNote> head() {
        return newest(AuditFilter.NONE, 1).stream()
                .findFirst()
                .map(it -> HeadNote.of(it.number(), it.hash(), clock.instant(), signet));
    }

    /// Writes the whole trail so that it can be checked elsewhere: see [AuditFile].
    public void export(OutputStream out) {
        database.read(handle -> {
            AuditFile.write(handle, out);
            return true;
        });
    }

    /// Walks the whole trail.
    ///
    /// @param signet empty: seals are not looked at
    static Verification trail(Handle handle, Optional<Signet> signet) {
        return trail(handle, signet, List.of());
    }

    private static Verification trail(
            Handle handle, Optional<Signet> signet, List<HeadNote> published) {
        var mark = AuditHead.read(handle);
        var from = mark.map(AuditHead.Stored::head).map(AuditHead::sealedFrom).orElse(1L);
        var walk = new AuditWalk(signet, from);
        walk.expect(published);
        each(handle, 0, walk::next);
        walk.end(mark);
        return walk.result();
    }

    /// Walks the last entries alone, and compares the end with its mark.
    static List<Tampering> end(Handle handle, Signet signet, int entries) {
        var mark = AuditHead.read(handle);
        var head = mark.map(AuditHead.Stored::head);
        var after = Math.max(0, head.map(AuditHead::number).orElse(0L) - entries);
        var before =
                handle.createQuery("SELECT hash FROM audit WHERE number = :number")
                        .bind("number", after)
                        .mapTo(String.class)
                        .findOne();
        var walk =
                new AuditWalk(
                        Optional.of(signet),
                        head.map(AuditHead::sealedFrom).orElse(1L),
                        after,
                        before.orElse(AuditChain.START));
        each(handle, after, walk::next);
        walk.end(mark);
        return walk.result().found();
    }

    /// Gives the entries after one with their seals, in order, one at a time.
    static void each(Handle handle, long after, BiConsumer<AuditEntry, Optional<String>> consumer) {
        try (var rows =
                handle
                        .createQuery("SELECT * FROM audit WHERE number > :after ORDER BY number")
                        .bind("after", after)
                        .map((row, context) ->
                                new Sealed(
                                        ENTRY.map(row, context),
                                        Optional.ofNullable(row.getString("seal"))))
                        .stream()) {
            rows.forEach(it -> consumer.accept(it.entry(), it.seal()));
        }
    }

    private record Sealed(AuditEntry entry, Optional<String> seal) {}
}
