package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.Secret;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Pair;
import dev.assent.plan.Pairs;
import dev.assent.plan.Plan;
import dev.assent.plan.Request.MakePrimary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan foresees is what the store holds after each of its changes: else the plan that is
/// made next would not be the one that was reviewed with it.
class StoreFollowsPlansTest {

    private static final int PAIRS = 120;

    private static final Endpoint SOMEWHERE = new Endpoint("127.0.0.1", 20_001);

    @TempDir private Path folder;
    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void after_every_change_the_store_holds_what_the_plan_foresaw() {
        for (var seed = 0L; seed < PAIRS; seed++) {
            // One application a pair: all live in one store, beside each other.
            var pair = Pairs.of(seed, new ApplicationName("shop-" + seed, "production"));
            try {
                arrive(pair.recorded());
                follow(pair);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(pair + "\n" + e.getMessage(), e);
            }
        }
    }

    /// Brings the store to a record, by changes, since there is no other way.
    private void arrive(Recorded wanted) {
        var changes = new ArrayList<Change>();
        for (var group : wanted.groups()) {
            changes.add(built(group));
            var standing = group.standing();
            if (standing.isProtected()) changes.add(new SetProtection(group.name(), true));
            if (standing.backups().isPresent()) {
                changes.add(new SetBackups(group.name(), Optional.empty(), standing.backups()));
            }
            standing.replicatesFrom()
                    .ifPresent(it -> changes.add(new StartReplication(group.name(), it)));
        }
        for (var group : wanted.groups()) {
            if (group.primary()) changes.add(new SetPrimary(group.name(), Optional.empty()));
        }
        var application = wanted.application();
        if (!changes.isEmpty()) {
            carryOut(room.plan(application, changes.toArray(Change[]::new)), _ -> {});
        }
        var declared = new HashSet<GroupName>();
        wanted.groups().stream()
                .filter(it -> it.standing().declared())
                .forEach(it -> declared.add(it.name()));
        room.store().records().declared(application, declared);

        assertThat(withoutEndpoints(stored(application))).isEqualTo(withoutEndpoints(wanted));
    }

    private static Change built(RecordedGroup group) {
        return group.origin() == Origin.ADOPTED
                ? new AdoptGroup(
                        group.name(),
                        group.specification(),
                        group.primaryServer().name(),
                        group.primaryServer().endpoint(),
                        "user",
                        "database",
                        false)
                : new CreateGroup(
                        group.name(),
                        group.specification(),
                        group.origin(),
                        group.servers().stream().map(RecordedServer::spec).toList(),
                        false);
    }

    private void follow(Pair pair) {
        var application = pair.desired().application();
        var plan =
                new Pair(
                                pair.seed(),
                                pair.desired(),
                                stored(application),
                                pair.neighbours(),
                                pair.catalogue())
                        .plan();
        if (plan.isEmpty()) return;
        var foreseen = new ArrayList<>(List.of(stored(application)));

        carryOut(
                plan,
                change -> {
                    foreseen.add(Foreseen.after(foreseen.getLast(), change));
                    assertThat(stored(application).serial()).isEqualTo(foreseen.getLast().serial());
                    assertThat(withoutEndpoints(stored(application)))
                            .as("after %s", change)
                            .isEqualTo(withoutEndpoints(foreseen.getLast()));
                });
    }

    private Recorded stored(ApplicationName application) {
        return room.store().records().of(application);
    }

    private void carryOut(Plan plan, Consumer<Change> after) {
        if (plan.changes().stream().anyMatch(it -> it.change() instanceof AdoptGroup)) {
            var asked =
                    new Asked(
                            new MakePrimary(plan.changes().getFirst().change().group()),
                            "ada",
                            "ada");
            room.plans().ask(plan, Room.commit("a1"), asked, Optional.of(Secret.of("password")));
        } else {
            room.plans().propose(plan, Room.commit("a1"));
        }
        room.plans().decide(plan.digest(), Room.yes("ada"));
        var approval = room.start(plan);
        for (var planned : plan.changes()) {
            write(approval, planned.id() + ".1", planned.change());
            after.accept(planned.change());
        }
        room.plans().applied(approval);
    }

    private void write(Approval approval, String step, Change change) {
        var records = room.store().records();
        switch (change) {
            case CreateGroup it -> records.groupCreated(approval, step, group(it));
            case AdoptGroup it -> records.groupAdopted(approval, step, it);
            case AddServer it ->
                    records.serverAdded(
                            approval, step, it.group(), new RecordedServer(it.server(), SOMEWHERE));
            case RemoveServer it -> records.serverRemoved(approval, step, it.group(), it.server());
            case RemoveGroup it -> records.groupRemoved(approval, step, it.group());
            case ReleaseGroup it -> records.groupReleased(approval, step, it.group());
            case ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    StartReplication _,
                    SetPrimary _,
                    Change.PromoteServer _,
                    Change.ResyncServer _,
                    Change.RotateCredentials _,
                    Change.RepairServer _,
                    Change.AcceptVersion _ ->
                    records.changed(approval, step, change.action(), change);
        }
    }

    /// As it is built, which knows of no other groups.
    private static RecordedGroup group(CreateGroup create) {
        var built = Foreseen.after(Recorded.nothing(Room.SHOP), create).groups().getFirst();
        return built.with(built.standing().withPrimary(create.primary()));
    }

    private static List<RecordedGroup> withoutEndpoints(Recorded recorded) {
        return recorded.groups().stream()
                .map(it ->
                        it.with(
                                it.servers().stream()
                                        .map(server -> new RecordedServer(server.spec(), SOMEWHERE))
                                        .toList()))
                .toList();
    }
}
