package dev.assent.crash;

import dev.assent.state.RecordInspection;
import dev.assent.state.Restore;
import dev.assent.state.SecretKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What must hold of a lane when its plan has ended, whatever was done to its daemon meanwhile.
///
/// @param last the workload that was carried out last
/// @param applied how many plans of the application must have been carried out
record Invariants(Lane lane, Workload last, int applied) {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /// What does not hold, a sentence each. A server that has just been started may take a moment.
    List<String> violations() throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var now = looked();
            if (now.isEmpty() || System.nanoTime() > end) return now;
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<String> looked() throws IOException {
        try {
            return now();
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e));
        }
    }

    private List<String> now() throws IOException {
        var found = new ArrayList<String>();
        servers(found);
        lane.servers().leftovers().forEach(it -> found.add("left over: servers/" + it));
        leftovers(found);
        plans(found);
        bystander(found);
        if (found.isEmpty()) health(found);
        if (found.isEmpty()) secrets(found);
        if (found.isEmpty()) audit(found);
        if (found.isEmpty()) backup(found);
        return found;
    }

    private void servers(List<String> found) {
        var recorded = lane.record().servers();
        var work =
                recorded.keySet().stream()
                        .filter(it -> it.startsWith(Lane.SHOP + "/"))
                        .filter(it -> !it.contains("/" + Standing.KEEP + "/"))
                        .count();
        if (work != last.to().servers()) {
            found.add(
                    "%d servers of the groups are recorded, and not %d"
                            .formatted(work, last.to().servers()));
        }
        found.addAll(new Comparison(recorded, lane.servers()).differences());
    }

    /// Whatever is hidden was meant to be renamed or deleted.
    private void leftovers(List<String> found) throws IOException {
        for (var folder :
                List.of(
                        lane.state(),
                        lane.state().resolve("mirrors"),
                        lane.folder().resolve("env"),
                        lane.folder().resolve("run"))) {
            try (var files = Files.list(folder)) {
                files.filter(it -> it.getFileName().toString().startsWith("."))
                        .forEach(it -> found.add("left over: " + it));
            }
        }
    }

    private void plans(List<String> found) {
        lane.record().doneTwice().forEach(found::add);
        var times = lane.record().applied(Lane.SHOP.toString());
        if (times != applied) {
            found.add(
                    "%d plans were applied to the application, and not %d"
                            .formatted(times, applied));
        }
        for (var plan : lane.plans()) {
            found.add("%s is %s, and should be over".formatted(plan.id(), plan.state()));
        }
    }

    private void bystander(List<String> found) {
        if (!lane.identityOfBystander().equals(lane.bystander())) {
            found.add("the bystander's process is another one");
        }
    }

    private void health(List<String> found) {
        for (var application : lane.client().status(Optional.empty()).applications()) {
            for (var group : application.groups()) {
                for (var server : group.servers()) {
                    if (!server.state().equals("running")) {
                        found.add(
                                "%s of %s is %s"
                                        .formatted(server.name(), group.group(), server.state()));
                    }
                    if (!server.edited().isEmpty()) {
                        found.add(
                                "files of %s are not as they should be: %s"
                                        .formatted(server.name(), server.edited()));
                    }
                    server.observedRole()
                            .ifPresent(it -> found.add("%s is a %s".formatted(server.name(), it)));
                    server.detail()
                            .filter(it -> !lane.isExcused(it))
                            .ifPresent(it -> found.add("%s: %s".formatted(server.name(), it)));
                }
            }
        }
        for (var application : List.of(Lane.SHOP, Lane.BYSTANDER)) {
            for (var plan : lane.client().planOnceMore(application).plans()) {
                if (plan.application().equals(application.app())) {
                    found.add("planned anew, there is something to do: " + plan.id());
                }
            }
        }
    }

    /// Signs in as the applications do, and looks for what was left there.
    private void secrets(List<String> found) throws IOException {
        visit(found, new Visit(lane.url(Lane.SHOP, Stack.REDIS, Standing.KEEP)), "kept");
        visit(found, new Visit(lane.url(Lane.BYSTANDER, Stack.REDIS, Standing.KEEP)), "untouched");
        if (last.to() == Standing.NOTHING) return;
        var work = new Visit(lane.url(Standing.WORK));
        if (last.to() == Standing.TWO) {
            lane.says("worked");
            work.leave(lane.word());
        }
        visit(found, work, lane.word());
        if (last.to() == Standing.FOLLOWED || last == Workload.DETACH) {
            visit(found, new Visit(lane.url(Standing.COPY)), lane.word());
        }
    }

    /// What was backed up when all was removed is a record of what is left.
    private void backup(List<String> found) throws IOException {
        if (last != Workload.REMOVE) return;
        var folder = Files.createDirectory(lane.folder().resolve("restored"));
        try {
            new Restore(
                            folder,
                            Optional.of(lane.state().resolve("secret.key")),
                            false,
                            "tester",
                            InstantSource.system())
                    .from(lane.folder().resolve("after.backup"));
            var restored = new RecordFile(folder.resolve("assent.db"));
            if (!restored.servers().equals(lane.record().servers())) {
                found.add("the backup has other servers: " + restored.servers());
            }
        } finally {
            Campaign.delete(folder);
        }
    }

    private static void visit(List<String> found, Visit visit, String word) {
        try {
            var there = visit.word();
            if (!there.equals(word))
                found.add(
                        "the data of port %d are gone: %s".formatted(visit.url().getPort(), there));
        } catch (IOException e) {
            found.add(
                    "the variables do not open port %d: %s"
                            .formatted(visit.url().getPort(), e.getMessage()));
        }
    }

    private void audit(List<String> found) {
        var state = lane.state();
        RecordInspection.of(
                        state.resolve("assent.db"), SecretKeyFile.read(state.resolve("secret.key")))
                .broken()
                .ifPresent(it -> found.add("the audit trail does not fit from entry " + it));
    }
}
