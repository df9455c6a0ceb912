package dev.assent.crash;

import static dev.assent.crash.Lane.SHOP;

import dev.assent.http.api.AskRequest;
import dev.assent.http.api.Status;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A workload on a lane, from what has to be there first to its end.
final class Errand {

    private static final Duration LOOK = Duration.ofMillis(1200);
    private static final int LOOKS = 10;
    private static final Duration TO_ASK_AGAIN = Duration.ofSeconds(1);

    /// A name that `assent state restore` gives to what it sets aside.
    private static final String ASIDE = "assent.db.before-";

    private final Lane lane;
    private final Workload workload;
    private long askAgain = System.nanoTime();
    private int applied;
    private long dead;

    Errand(Lane lane, Workload workload) {
        this.lane = lane;
        this.workload = workload;
    }

    /// How many plans of the application must have been carried out in the end.
    int applied() {
        return applied;
    }

    /// Brings the lane to where the workload itself begins; nothing disturbs that.
    void prepare() throws IOException {
        lane.disarm();
        switch (workload) {
            case RECOVER -> {
                lane.arm("local.afterLaunch#2=halt");
                push(Standing.TWO);
                if (lane.drive(List.of(), Optional.empty(), () -> false)) {
                    throw lane.daemon().stuck("the first daemon should have ended");
                }
            }
            case UNPACK -> {
                var cache = lane.state().resolve("programs");
                if (Files.exists(cache)) Campaign.delete(cache);
            }
            case ADOPT -> restoreWithoutReplica();
            case MEND -> editUntilFound();
            case REVIVE -> {
                // A server that has died time and again is started less and less often.
                lane.daemon().stop();
                lane.start();
            }
            case PROMOTE, SUCCEED -> {
                lane.says("promoted-" + System.nanoTime());
                new Visit(lane.url(Standing.WORK)).leave(lane.word());
            }
            case REMOVE -> backup("before");
            case BEGIN, CREATE, UNDO, SCALE, RESYNC, FORSAKE, COPY, REPLICATE, ROTATE, DETACH -> {}
        }
        applied = workload == Workload.BEGIN ? 1 : countApplied() + (workload.applies() ? 1 : 0);
    }

    /// Gives the work.
    void begin() throws IOException {
        switch (workload) {
            case BEGIN, RECOVER -> {
                lane.begins();
                if (workload == Workload.BEGIN) lane.ask();
                var _ = lane.daemon().begin();
            }
            case REVIVE -> {
                dead =
                        Optional.ofNullable(lane.servers().all().get(key(replica())))
                                .orElseThrow()
                                .pid();
                lane.begins();
                ProcessHandle.of(dead).ifPresent(ProcessHandle::destroyForcibly);
            }
            case CREATE, UNDO, UNPACK, SCALE, COPY, REMOVE -> push(workload.to());
            // Whoever was restored, or has found it, proposes it already.
            case ADOPT, MEND -> {}
            case PROMOTE, SUCCEED, RESYNC, FORSAKE, ROTATE, REPLICATE, DETACH -> give();
        }
    }

    /// Does what a person would until it is done.
    ///
    /// @return whether it is; else the daemon has ended
    boolean drive() {
        var decision = workload == Workload.ADOPT ? Optional.of("adopt") : Optional.<String>empty();
        return lane.drive(
                destroyed(),
                decision,
                () -> {
                    if (isDone()) return true;
                    giveAgain();
                    return false;
                });
    }

    /// What a person asks for, where a manifest does not; what came to nothing is asked for again.
    private void giveAgain() {
        if (System.nanoTime() < askAgain || !lane.plans().isEmpty()) return;
        // It may have been carried out since it was looked for.
        if (countApplied() < applied) give();
    }

    private void give() {
        askAgain = System.nanoTime() + TO_ASK_AGAIN.toNanos();
        request()
                .ifPresent(it -> {
                    var _ = lane.client().ask(SHOP, it);
                });
    }

    private Optional<AskRequest> request() {
        var work = group(Standing.WORK);
        return switch (workload) {
            case PROMOTE, SUCCEED -> Optional.of(AskRequest.promotion(work, replica(), false));
            case FORSAKE -> Optional.of(AskRequest.promotion(work, replica(), true));
            case RESYNC -> Optional.of(AskRequest.resync(work, Optional.of(replica())));
            case ROTATE -> Optional.of(AskRequest.rotation(work, true));
            case REPLICATE ->
                    Optional.of(
                            AskRequest.replication(
                                    group(Standing.COPY), new GroupAddress(SHOP, work)));
            case DETACH -> Optional.of(AskRequest.of("stop-replicating", group(Standing.COPY)));
            case BEGIN, CREATE, RECOVER, UNDO, UNPACK, SCALE, ADOPT, REVIVE, MEND, COPY, REMOVE ->
                    Optional.empty();
        };
    }

    private boolean isDone() {
        return switch (workload) {
            case BEGIN -> lane.isFounded();
            case REVIVE -> {
                var now = lane.servers().all().get(key(replica()));
                yield now != null && now.pid() != dead && isAlive(now.pid());
            }
            case REMOVE -> {
                if (countApplied() < applied || !lane.plans().isEmpty()) yield false;
                backup("after");
                yield true;
            }
            default -> countApplied() >= applied && lane.plans().isEmpty();
        };
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private int countApplied() {
        return lane.record().applied(SHOP.toString());
    }

    /// The groups that lose data by it.
    private List<String> destroyed() {
        var groups =
                switch (workload) {
                    case REMOVE -> lane.standing().groups();
                    case FORSAKE -> List.of(Standing.WORK);
                    case REPLICATE -> List.of(Standing.COPY);
                    default -> List.<String>of();
                };
        return groups.stream().map(it -> group(it).toString()).toList();
    }

    private GroupName group(String name) {
        return GroupName.parse(lane.stack().engine() + "/" + name).orElseThrow();
    }

    private String key(String server) {
        return "%s/%s/%s/%s".formatted(SHOP, lane.stack().engine(), Standing.WORK, server);
    }

    /// The last of the group's servers that follows another one of it.
    private String replica() {
        return lane.client().status(Optional.of(SHOP.toString())).applications().stream()
                .flatMap(it -> it.groups().stream())
                .filter(it -> it.group().equals(group(Standing.WORK).toString()))
                .flatMap(it -> it.servers().stream())
                .filter(it -> it.role().equals("replica"))
                .map(Status.Server::name)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private void push(Standing wanted) throws IOException {
        lane.push("shop", wanted.manifest(lane.stack()));
    }

    private Path backup(String when) {
        var file = lane.folder().resolve(when + ".backup");
        lane.client().backup(file);
        return file;
    }

    /// The replica is built, and the record is that of before.
    private void restoreWithoutReplica() throws IOException {
        var backup = backup("two");
        applied = countApplied() + 1;
        push(Standing.THREE);
        undisturbed(() -> countApplied() >= applied && lane.plans().isEmpty());
        lane.daemon().stop();
        lane.daemon()
                .run(
                        List.of(
                                "state",
                                "restore",
                                backup.toString(),
                                "--state",
                                lane.state().toString(),
                                "--replace"));
        try (var set = Files.newDirectoryStream(lane.state(), ASIDE + "*")) {
            for (var it : set) Files.delete(it);
        }
        lane.start();
    }

    /// What is seen once counts a while later: that while is spent by the clock.
    private void editUntilFound() throws IOException {
        var server = lane.servers().folder().resolve(key(replica()));
        try (var files = Files.newDirectoryStream(server, "*.conf")) {
            for (var it : files) {
                Files.writeString(it, "# by hand\n", StandardOpenOption.APPEND);
                break;
            }
        }
        // Whatever is applied has the servers looked at, a second after the look before at most.
        var keep = GroupName.parse("redis/" + Standing.KEEP).orElseThrow();
        for (var times = 0; lane.plans().isEmpty(); times++) {
            if (times == LOOKS) throw lane.daemon().stuck("an edited file is not found");
            var before = lane.record().applied(Lane.BYSTANDER.toString());
            var plan =
                    lane.client()
                            .ask(
                                    Lane.BYSTANDER,
                                    AskRequest.protection(keep, !isProtected(Lane.BYSTANDER)));
            var _ = lane.client().approve(plan.id(), Lane.yes(List.of()));
            while (lane.record().applied(Lane.BYSTANDER.toString()) == before) {
                DaemonProcess.pause();
            }
            var end = System.nanoTime() + LOOK.toNanos();
            while (lane.plans().isEmpty() && System.nanoTime() < end) DaemonProcess.pause();
            if (times == 0) lane.arm("clock=PT1H");
        }
        lane.disarm();
    }

    private boolean isProtected(ApplicationName application) {
        return lane.client().status(Optional.of(application.toString())).applications().stream()
                .flatMap(it -> it.groups().stream())
                .anyMatch(Status.Group::isProtected);
    }

    private void undisturbed(BooleanSupplier end) {
        if (!lane.drive(List.of(), Optional.empty(), end)) {
            throw lane.daemon().stuck("the daemon has ended");
        }
    }
}
