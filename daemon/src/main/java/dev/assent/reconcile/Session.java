package dev.assent.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that leads a session of its own, with all that it has started: its children, theirs,
/// and those whose parents have ended but which never left the session.
record Session(ProcessHandle leader) {

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int SESSION_FIELD = 3;
    private static final int ROUNDS = 20;

    /// Asks all to end, and kills those that don't.
    void end() {
        var members = members();
        members.forEach(ProcessHandle::destroy);
        awaitEnd(members, GRACE);
        // Some may have started others meanwhile.
        for (var round = 0; round < ROUNDS; round++) {
            var left = members();
            left.addAll(members);
            left.removeIf(it -> !it.isAlive());
            if (left.isEmpty()) return;
            left.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(left, Duration.ofMillis(100));
        }
    }

    private Set<ProcessHandle> members() {
        var members = new HashSet<ProcessHandle>();
        if (leader.isAlive()) members.add(leader);
        leader.descendants().forEach(members::add);
        ProcessHandle.allProcesses().filter(this::isInSession).forEach(members::add);
        return members;
    }

    private boolean isInSession(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // The name of the program stands in brackets and may hold anything.
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return fields[SESSION_FIELD].equals(Long.toString(leader.pid()));
        } catch (IOException _) {
            return false;
        }
    }

    private static void awaitEnd(Set<ProcessHandle> processes, Duration patience) {
        var ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // The next round sees who is left.
        }
    }
}
