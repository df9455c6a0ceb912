package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.engine.Site;
import dev.assent.engine.Stop;
import dev.assent.failpoint.Failpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.provider.ProviderException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers' processes: found again, started, waited for and stopped.
final class RunningServers {

    private static final Logger LOG = LoggerFactory.getLogger(RunningServers.class);

    private static final Duration TO_ANSWER = Duration.ofMinutes(1);

    /// A large server has much to write then; the engines' own units wait as long.
    private static final Duration TO_STOP = Duration.ofMinutes(2);

    private static final Duration TO_HEED = Duration.ofMillis(500);
    private static final Duration TO_DIE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ServersUser user;
    private final Supervision supervision;
    private final ProcessTable processes;

    RunningServers(ServersUser user, Supervision supervision) {
        this.user = user;
        this.supervision = supervision;
        this.processes = new ProcessTable(user);
    }

    /// The living process of a server: the recorded one, or, where a crash came before the record,
    /// the one that was started with its command.
    Optional<ServerProcess> find(ServerRecord record, Site site, EngineAdapter adapter) {
        var recorded = record.process().filter(ServerProcess::lives);
        return recorded.isPresent() ? recorded : processes.server(adapter.run(site));
    }

    /// Whatever was started on a data folder and lives.
    List<ServerProcess> on(Path content) {
        return processes.on(content);
    }

    /// Refuses a server that could not be started, before anything of it is there.
    void refuseUnfit(ServerFolder folder) {
        supervision.refuseUnfit(folder);
    }

    /// Starts a server that does not run.
    ServerProcess launch(ServerFolder folder, Site site, EngineAdapter adapter) throws IOException {
        Failpoint.LOCAL_BEFORE_LAUNCH.reached(IOException::new);
        var process = supervision.launch(folder, adapter.run(site), adapter.stop(site));
        Failpoint.LOCAL_AFTER_LAUNCH.reached(IOException::new);
        return process;
    }

    /// Sees that nobody starts a server again. Its process may live on where nobody keeps it.
    void release(ServerFolder folder) throws IOException {
        supervision.release(folder);
    }

    /// What is known of a server without a process.
    Optional<String> lastSeen(ServerFolder folder) {
        return supervision.lastSeen(folder);
    }

    /// What has become of a server whose recorded process has ended.
    AfterDeath afterDeath(ServerFolder folder) {
        return supervision.afterDeath(folder);
    }

    /// Waits until a process lacks nothing any more; one that ends is not waited for.
    ///
    /// @param missing says what it still lacks
    void await(ServerProcess process, Supplier<Optional<String>> missing) {
        var policy =
                RetryPolicy.<Optional<String>>builder()
                        .handleResultIf(Optional::isPresent)
                        .abortOn(ProviderException.class)
                        .withDelay(PAUSE)
                        .withMaxRetries(-1)
                        .withMaxDuration(TO_ANSWER)
                        .build();
        var lacks =
                unlessInterrupted(() ->
                        Failsafe.with(policy)
                                .get(() -> {
                                    refuseEnded(process);
                                    return missing.get();
                                }));
        if (lacks.isPresent()) {
            throw new ProviderException(
                    "the server is not ready after %d s: %s"
                            .formatted(TO_ANSWER.toSeconds(), lacks.get()));
        }
    }

    private static void refuseEnded(ServerProcess process) {
        if (!process.lives()) throw new ProviderException("the server ended right after its start");
    }

    /// What a server still lacks to be ready.
    ///
    /// @param soundly whether it must have nothing to complain of either
    static Optional<String> missing(
            Site site, EngineAdapter adapter, GroupCredentials credentials, boolean soundly) {
        try {
            return adapter.ask(site, credentials).trouble().filter(_ -> soundly);
        } catch (EngineException e) {
            return Optional.of(e.getMessage());
        }
    }

    /// Stops a server in order, and if it does not stop, at once.
    void stop(ServerProcess process, Site site, EngineAdapter adapter) {
        Failpoint.LOCAL_BEFORE_STOP.reached(ProviderException::new);
        try {
            if (stops(process, site, adapter.stop(site))) {
                Failpoint.LOCAL_AFTER_STOP.reached(ProviderException::new);
                return;
            }
            LOG.warn("{} has not stopped within {} and is ended", site.server(), TO_STOP);
        } catch (ProviderException e) {
            // It is the waiting that was broken off, and not the stopping.
            if (Thread.currentThread().isInterrupted()) throw e;
            LOG.warn("{} does not stop in order and is ended: {}", site.server(), e.getMessage());
        }
        end(process);
    }

    private boolean stops(ServerProcess process, Site site, Stop stop) {
        return switch (stop) {
            case Stop.Command(var argv) -> {
                new LocalWorkbench(site.folder(), user).run(argv);
                yield ended(TO_STOP, process);
            }
            case Stop.Signal _ -> endsBySignal(process);
        };
    }

    /// Says it again and again: Redis refuses while it writes its first file of changes, and then
    /// forgets that it was asked.
    private static boolean endsBySignal(ServerProcess process) {
        for (var left = TO_STOP.dividedBy(TO_HEED); left > 0; left--) {
            ProcessHandle.of(process.pid())
                    .filter(_ -> process.lives())
                    .ifPresent(ProcessHandle::destroy);
            if (ended(TO_HEED, process)) return true;
        }
        return false;
    }

    /// Ends a process and those that it has started.
    void end(ServerProcess process) {
        var handle = ProcessHandle.of(process.pid());
        if (handle.isEmpty() || !process.lives()) return;
        Failpoint.LOCAL_BEFORE_END.reached(ProviderException::new);
        var children = handle.get().descendants().toList();
        handle.get().destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        if (ended(TO_DIE, process)) {
            Failpoint.LOCAL_AFTER_END.reached(ProviderException::new);
            return;
        }
        throw new ProviderException("the process " + process.pid() + " cannot be ended");
    }

    private static boolean ended(Duration patience, ServerProcess process) {
        return within(patience, () -> !process.lives());
    }

    private static boolean within(Duration patience, BooleanSupplier condition) {
        var policy =
                RetryPolicy.<Boolean>builder()
                        .handleResult(false)
                        .withDelay(PAUSE)
                        .withMaxRetries(-1)
                        .withMaxDuration(patience)
                        .build();
        return unlessInterrupted(() -> Failsafe.with(policy).get(condition::getAsBoolean));
    }

    private static <T> T unlessInterrupted(Supplier<T> waiting) {
        try {
            return waiting.get();
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) Thread.currentThread().interrupt();
            throw new ProviderException("it was interrupted", e);
        }
    }
}
