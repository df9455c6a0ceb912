package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Recorded.Standing;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.observation.Observer;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Effect;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// A real store in a folder of its own, with a clock that stands until it is moved, and short words
/// for what tests do to it. Its record is kept by SQLite; with `-Dassent.record=postgresql` by a
/// PostgreSQL server, which is how the same tests are run over both.
final class Room implements AutoCloseable {

    static final ApplicationName SHOP = new ApplicationName("shop", "production");
    static final ApplicationName BLOG = new ApplicationName("blog", "production");
    static final GroupName MAIN = GroupName.parse("postgresql/main").orElseThrow();
    static final GroupName SPARE = GroupName.parse("postgresql/spare").orElseThrow();

    private static final boolean ON_SERVER =
            System.getProperty("assent.record", "").equals("postgresql");

    private final Path folder;
    private final Time time = new Time();
    private Store store;

    Room(Path folder) {
        this.folder = folder;
        this.store = open();
    }

    Store store() {
        return store;
    }

    Plans plans() {
        return store.plans();
    }

    Time time() {
        return time;
    }

    Path database() {
        return folder.resolve("state.db");
    }

    Path key() {
        return folder.resolve("secret.key");
    }

    private Store open() {
        return Store.open(place(), SecretKeyFile.readOrCreate(key()), time, Observer.NOBODY);
    }

    /// The same again for whoever opens the same folder, in another process too.
    private RecordPlace place() {
        return ON_SERVER ? server() : new RecordFile(database());
    }

    private RecordServer server() {
        var noted = folder.resolve("record.url");
        try {
            if (!Files.exists(noted)) {
                var made = SharedPostgres.database();
                Files.write(
                        noted,
                        List.of(made.toString(), made.passwordFile().orElseThrow().toString()));
            }
            var lines = Files.readAllLines(noted);
            return RecordServer.at(lines.getFirst(), Optional.of(Path.of(lines.getLast())));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The record's database beside the store, as another node has it.
    Database beside() {
        return beside(Observer.NOBODY);
    }

    Database beside(Observer observer) {
        return Database.open(Medium.of(place()), observer);
    }

    /// What a daemon sees that starts after this one ended.
    void reopen() {
        store.close();
        store = open();
    }

    @Override
    public void close() {
        store.close();
    }

    /// Plans made from the record as it is now.
    Plan plan(ApplicationName application, Change... changes) {
        return plan(application, store.records().of(application).serial(), changes);
    }

    static Plan plan(ApplicationName application, long serial, Change... changes) {
        var planned = new ArrayList<PlannedChange>();
        for (var change : changes) {
            var because =
                    new Because.Declared(
                            Place.at("apps/shop/manifest.yml", 1, 1), Optional.empty());
            planned.add(
                    new PlannedChange(
                            "c" + (planned.size() + 1),
                            change,
                            because,
                            List.of(),
                            Effect.NONE,
                            ""));
        }
        return new Plan(application, serial, planned, List.of(), 0);
    }

    static Change creating(GroupName group) {
        return creating(group, true);
    }

    static Change creating(GroupName group, boolean primary) {
        return new CreateGroup(
                group,
                specification(),
                Origin.MANIFEST,
                List.of(ServerSpec.of(group.name() + "-1")),
                primary);
    }

    static Change removing(GroupName group) {
        return new RemoveGroup(group, List.of());
    }

    static RecordedGroup group(GroupName name, boolean primary, RecordedServer... servers) {
        var all = servers.length == 0 ? List.of(server(name.name() + "-1")) : List.of(servers);
        return new RecordedGroup(
                name,
                specification(),
                Origin.MANIFEST,
                Standing.fresh(Origin.MANIFEST, primary),
                all);
    }

    static RecordedServer server(String name) {
        return new RecordedServer(ServerSpec.of(name), new Endpoint("127.0.0.1", 20_001));
    }

    private static Specification specification() {
        return Specification.of(Variant.POSTGRESQL).pinned(new Version("16.15"));
    }

    static Provenance commit(String commit) {
        return new Provenance("platform", "apps/shop/manifest.yml", commit);
    }

    Plan proposed(ApplicationName application, Change... changes) {
        var plan = plan(application, changes);
        plans().propose(plan, commit("a1"));
        return plan;
    }

    /// A judge who says yes to everything.
    static Function<StoredPlan, Verdict> yes(String who) {
        return plan -> {
            var all = new TreeSet<String>();
            plan.plan().changes().forEach(it -> all.add(it.id()));
            return new Verdict.Approve(
                    new Assent(who, "cli", Instant.EPOCH, all), Optional.empty());
        };
    }

    static Function<StoredPlan, Verdict> no(String who, String reason) {
        return _ -> new Verdict.Reject(who, "cli", reason);
    }

    Plan approved(ApplicationName application, Change... changes) {
        var plan = proposed(application, changes);
        plans().decide(plan.digest(), yes("ada"));
        return plan;
    }

    Approval started(ApplicationName application, Change... changes) {
        return start(approved(application, changes));
    }

    Approval start(Plan plan) {
        return switch (plans().start(plan.digest(), "ada", _ -> new Clearance.Clear())) {
            case Start.Started(var approval) -> approval;
            case Start.Refused(var why) -> throw new AssertionError(why);
        };
    }

    /// Builds groups through a plan of their own, up to its end.
    void built(ApplicationName application, GroupName... groups) {
        for (var group : groups) {
            var approval = started(application, creating(group, false));
            store.records().groupCreated(approval, "c1.1", group(group, false));
            plans().applied(approval);
        }
    }

    StoredPlan stored(Plan plan) {
        return plans().find(plan.digest().toString()).orElseThrow();
    }

    /// What an intruder or a rescuer does: past all our code.
    void directly(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    /// Takes away all that keeps others from writing the audit trail by hand, if it is still there.
    void letAuditBeWritten() throws SQLException {
        if (ON_SERVER) {
            directly(
                    "DROP TRIGGER IF EXISTS audit_is_never_edited ON audit",
                    "DROP TRIGGER IF EXISTS audit_goes_on ON audit");
        } else {
            directly(
                    "DROP TRIGGER IF EXISTS audit_is_never_edited",
                    "DROP TRIGGER IF EXISTS audit_is_never_deleted",
                    "DROP TRIGGER IF EXISTS audit_is_never_replaced");
        }
    }

    /// What who owns the database can do: its triggers are gone.
    void letAuditBeEdited() throws SQLException {
        if (ON_SERVER) {
            directly("DROP TRIGGER audit_is_never_edited ON audit");
        } else {
            directly("DROP TRIGGER audit_is_never_edited", "DROP TRIGGER audit_is_never_deleted");
        }
    }

    /// How many rows a table has.
    long count(String table) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT count(*) FROM " + table)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    Connection connect() throws SQLException {
        return switch (place()) {
            case RecordFile file -> DriverManager.getConnection("jdbc:sqlite:" + file);
            case RecordServer server -> PostgresSource.toMigrate(server).getConnection();
        };
    }

    static String refusal(Decision decision) {
        return switch (decision) {
            case Decision.Refused(var why) -> why;
            case Decision.Decided(var plan) -> throw new AssertionError("decided: " + plan.id());
            case Decision.Noted(_, var missing) -> throw new AssertionError("noted: " + missing);
        };
    }

    static String refusal(Start start) {
        return switch (start) {
            case Start.Refused(var why) -> why;
            case Start.Started _ -> throw new AssertionError("started");
        };
    }

    /// A clock that goes only when it is told to.
    static final class Time implements InstantSource {

        private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration duration) {
            now = now.plus(duration);
        }
    }
}
