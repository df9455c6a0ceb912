package dev.assent.state;

import dev.assent.observation.Observer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/// The record of the whole installation, in one database. Each room has its own class; all of them
/// write through the same single writer.
public final class Store implements AutoCloseable {

    private final Medium.Hold hold;
    private final SecretKeyFile key;
    private final Database database;
    private final InstantSource clock;
    private final Plans plans;
    private final Records records;
    private final Journal journal;
    private final Credentials credentials;
    private final Redeploys redeploys;
    private final Externals externals;
    private final Repositories repositories;
    private final Manifests manifests;
    private final Heads heads;
    private final Discussed discussed;
    private final Tokens tokens;
    private final Deliveries deliveries;
    private final SignedWords signedWords;
    private final Findings findings;
    private final Leases leases;
    private final Audit audit;
    private final Outbox outbox;
    private final WriteCheck writeCheck;

    /// Makes a backup of this record, while others use it: see [Backup#make].
    public Backup backup(Path target, String program) {
        return backup(target, Optional.empty(), program);
    }

    /// The same, with a copy of the secret key in it.
    public Backup backup(Path target, Optional<Path> withKey, String program) {
        return switch (database.medium()) {
            case SqliteMedium(var file) ->
                    Backup.make(file, key, target, withKey, program, clock.instant());
            case PostgresMedium server ->
                    throw new StateException(
                            "the record in %s is backed up as its server's other databases are (pg_dump, base backups); as JSON: assent state export"
                                    .formatted(server));
        };
    }

    /// Writes the whole record as lines of JSON: see [RecordExport].
    public void export(OutputStream out) {
        database.read(handle -> {
            RecordExport.write(handle, out);
            return true;
        });
    }

    /// Makes what was restored safe to go on from, and writes down that it was: see [Restoration].
    void restored(String who, String detail) {
        database.change(
                handle -> new Restoration(handle, audit, clock.instant()).restored(who, detail));
    }

    private Store(
            Medium.Hold hold,
            SecretKeyFile key,
            Database database,
            Seal seal,
            Signet signet,
            InstantSource clock) {
        this.hold = hold;
        this.key = key;
        this.database = database;
        this.clock = clock;
        this.audit = new Audit(database, signet, clock);
        this.journal = new Journal(database, clock);
        var adoptions = new Adoptions(seal);
        this.plans = new Plans(database, journal, adoptions, audit, clock);
        this.credentials = new Credentials(database, seal, audit);
        this.records = new Records(database, journal, credentials, adoptions, audit);
        this.redeploys = new Redeploys(database, seal, audit, clock);
        this.externals = new Externals(database, seal, audit);
        this.repositories = new Repositories(database);
        this.manifests = new Manifests(database);
        this.heads = new Heads(database, audit, clock);
        this.discussed = new Discussed(database);
        this.outbox = new Outbox(database, clock);
        this.writeCheck = new WriteCheck(database, clock);
        this.tokens = new Tokens(database, audit, clock);
        this.deliveries = new Deliveries(database, clock);
        this.signedWords = new SignedWords(database, audit);
        this.findings = new Findings(database, audit, clock);
        this.leases = new Leases(database);
    }

    /// A record in a file: see [#open(RecordPlace, SecretKeyFile, InstantSource, Observer)].
    public static Store open(Path database, SecretKeyFile key, InstantSource clock) {
        return open(database, key, clock, Observer.NOBODY);
    }

    /// The same, with somebody who is told of what is read and written.
    public static Store open(
            Path database, SecretKeyFile key, InstantSource clock, Observer observer) {
        return open(new RecordFile(database), key, clock, observer);
    }

    /// Opens the database, creates or migrates it, and checks that the key opens its secrets. Until
    /// it is closed no other process can open a record in a file.
    ///
    /// @param observer who is told of what is read and written
    /// @throws StateException if it cannot be opened, is damaged, is in use, or belongs to another
    ///   key or a newer program
    public static Store open(
            RecordPlace place, SecretKeyFile key, InstantSource clock, Observer observer) {
        var medium = Medium.of(place);
        var hold = medium.hold();
        try {
            medium.bringUpToDate(key);
            var store = open(hold, Database.open(medium, observer), key, clock);
            hold.opened();
            return store;
        } catch (RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    private static Store open(
            Medium.Hold hold, Database database, SecretKeyFile key, InstantSource clock) {
        try {
            var seal = new Seal(key, new SecureRandom());
            var signet = new Signet(key);
            KeyCheck.pass(database, key, seal);
            KeyCheck.seal(database, seal, signet);
            return new Store(hold, key, database, seal, signet, clock);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Plans plans() {
        return plans;
    }

    public Records records() {
        return records;
    }

    public Journal journal() {
        return journal;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Redeploys redeploys() {
        return redeploys;
    }

    public Externals externals() {
        return externals;
    }

    public Repositories repositories() {
        return repositories;
    }

    public Manifests manifests() {
        return manifests;
    }

    public Discussed discussed() {
        return discussed;
    }

    public Heads heads() {
        return heads;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public SignedWords signedWords() {
        return signedWords;
    }

    public Findings findings() {
        return findings;
    }

    public Leases leases() {
        return leases;
    }

    public Audit audit() {
        return audit;
    }

    public Outbox outbox() {
        return outbox;
    }

    /// How much there is of what, now.
    ///
    /// @param recipients whose letters are counted
    public Census census(Collection<String> recipients) {
        var known = repositories.all();
        return database.read(handle -> {
            var rows = new CensusRows(handle);
            return new Census(
                    known,
                    rows.manifests(),
                    rows.heads(),
                    rows.plans(),
                    rows.groups(),
                    rows.letters(recipients),
                    rows.findings());
        });
    }

    /// Where Quartz keeps the jobs that all nodes share; empty where the record is one daemon's
    /// alone. To be closed before this.
    public Optional<JobTables> jobTables() {
        return switch (database.medium()) {
            case SqliteMedium _ -> Optional.empty();
            case PostgresMedium server -> Optional.of(new JobTables(server));
        };
    }

    /// Whether the one who asks is in the middle of decisions that are taken together: whoever
    /// would have to wait for something outside keeps everybody from deciding meanwhile.
    public boolean isBeingDecided() {
        return database.isBeingWritten();
    }

    /// Why nothing can be written now, in a sentence; empty where it can. It is tried, though not
    /// more often than every few seconds.
    public Optional<String> trouble() {
        return writeCheck.trouble();
    }

    /// Writes what many decisions come to at one stroke, which is much faster than one by one. Each
    /// sees what those before it wrote; one that fails leaves nothing behind and no other out. All
    /// are on the disk when the call returns, or none is; until then everybody else who would write
    /// has to wait, so there should not be too many.
    public void together(Runnable decisions) {
        database.together(decisions);
    }

    /// Waits for the decision that is being written, and lets go of the database.
    @Override
    public void close() {
        hold.closing();
        database.close();
        hold.close();
    }
}
