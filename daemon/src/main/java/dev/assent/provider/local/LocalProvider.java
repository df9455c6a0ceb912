package dev.assent.provider.local;

import dev.assent.engine.EngineException;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Death;
import dev.assent.provider.Health;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Real database servers on this machine, with nothing to install: each has a folder and a port of
/// its own, is a process or a unit of systemd, and outlives the daemon.
public final class LocalProvider implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(LocalProvider.class);

    private final String name;
    private final LocalSettings settings;
    private final Programs programs;
    private final Once<LocalServers> servers = new Once<>();
    private final Once<Deaths> deaths = new Once<>();

    /// @param name what the configuration calls it
    public LocalProvider(String name, LocalSettings settings) {
        this(name, settings, Programs.of(settings));
    }

    LocalProvider(String name, LocalSettings settings, Programs programs) {
        this.name = name;
        this.settings = settings;
        this.programs = programs;
    }

    @Override
    public Catalogue catalogue() {
        return programs.catalogue(name);
    }

    @Override
    public Endpoint build(BuildOrder order, Progress progress) {
        var what = order.specification().variant() + version(order);
        return alone(
                order.key(),
                "build " + what,
                () -> {
                    var there = new Ownership(servers()).built(order, progress);
                    if (there.isPresent()) {
                        there.get().start(order.credentials());
                        return there.get().site().endpoint();
                    }
                    var built = new Construction(servers(), order, progress).build();
                    return built.site().endpoint();
                });
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        return noted(
                order.key(),
                "rebuild it",
                progress,
                () -> new Following(servers(), order, progress).rebuild().site().endpoint());
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        done(
                order.key(),
                order.source().map(it -> "follow " + it).orElse("follow"),
                progress,
                () -> new Following(servers(), order, progress).follow());
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        done(
                primary,
                "fence it",
                progress,
                () -> new Handover(servers(), progress).fence(primary, heir, credentials));
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        done(primary, "end it", progress, () -> new Handover(servers(), progress).forsake(primary));
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        done(
                replica,
                "promote it",
                progress,
                () -> new Handover(servers(), progress).promote(replica, credentials));
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        done(
                server,
                "give it new passwords",
                progress,
                () -> new Upkeep(servers(), progress).rekey(server, from, to));
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        done(
                server,
                "configure it",
                progress,
                () -> new Upkeep(servers(), progress).configure(server, credentials));
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        done(
                server,
                "remove it",
                progress,
                () -> {
                    progress.says("removing " + server.server());
                    servers().remove(server);
                });
    }

    @Override
    public void discard(ServerKey server, StepKey builder, Progress progress) {
        alone(
                server,
                "remove what was built of it",
                () -> {
                    progress.says("removing " + server.server());
                    new Ownership(servers()).discard(server, builder);
                    return server;
                });
    }

    @Override
    public void adopt(BuildOrder order, Progress progress) {
        alone(
                order.key(),
                "take it over",
                () -> {
                    new Ownership(servers()).adopt(order, progress);
                    return order;
                });
    }

    @Override
    public Settled probe(StepKey step, Work work) {
        return alone(
                work.server(),
                "find out how its last step ended",
                () -> new StepEvidence(servers(), step).of(work));
    }

    @Override
    public boolean start(ServerKey server, GroupCredentials credentials) {
        return alone(
                server,
                "start it",
                () -> {
                    var there = servers().settled(server, Progress.SILENT);
                    if (!there.isToRun()) return false;
                    var stood = there.process().isEmpty();
                    there.start(credentials);
                    return stood;
                });
    }

    @Override
    public List<Death> deaths(Collection<ServerKey> asked) {
        return told(() -> {
            var all = deaths.or(() -> new Deaths(servers()));
            return asked.stream()
                    .filter(it -> !all.isKnownToLive(it))
                    .flatMap(it -> unlessBusy(it, () -> all.of(it)).stream())
                    .toList();
        });
    }

    @Override
    public void trim(Collection<ServerKey> asked) {
        var trimmed =
                told(() -> {
                    var all = servers();
                    return asked.stream()
                            .filter(it -> all.log(it).isLong())
                            .filter(it -> unlessBusy(it, () -> cut(all.log(it))).isPresent())
                            .toList();
                });
        if (!trimmed.isEmpty()) LOG.debug("cut the logs of {}", trimmed);
    }

    private static Optional<ServerLog> cut(ServerLog log) throws IOException {
        log.cut();
        return Optional.of(log);
    }

    /// What comes of a short look at a server; nothing where something else is done to it now, or
    /// where it cannot be looked at, which is told to who asks how it is.
    private <T> Optional<T> unlessBusy(ServerKey server, Deed<Optional<T>> look) {
        var lock = lock(server);
        if (!lock.tryLock()) return Optional.empty();
        try {
            return look.go();
        } catch (ProviderException | IOException e) {
            LOG.debug("{} could not be looked at", server, e);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static <T> T told(Deed<T> deed) {
        try {
            return deed.go();
        } catch (IOException e) {
            throw new ProviderException("could not look for servers: " + Trouble.of(e), e);
        }
    }

    /// Looks without waiting for whatever is being done to the server.
    @Override
    public Health health(ServerKey server, GroupCredentials credentials) {
        return told(
                server,
                "look at it",
                () -> {
                    var there = servers().find(server);
                    if (there.isEmpty()) return Health.missing("nothing of it is on this machine");
                    return new Examination(there.get(), servers(), isBusy(server)).of(credentials);
                });
    }

    private boolean isBusy(ServerKey server) {
        return lock(server).isLocked();
    }

    private ServerLock lock(ServerKey server) {
        return ServerLock.of(settings.servers(), server);
    }

    @Override
    public void close() {
        // Nothing is held: no connection, no process handle, no file.
    }

    private LocalServers servers() throws IOException {
        return servers.or(() -> {
            new Sweep(settings.servers()).once();
            var user = ServersUser.choose(settings.runAs());
            var supervision = Supervision.of(settings, user, System.getenv());
            return new LocalServers(settings, programs, user, supervision);
        });
    }

    private static String version(BuildOrder order) {
        return order.specification().version().map(it -> " " + it).orElse("");
    }

    /// One thing at a time is done to a server.
    private <T> T alone(ServerKey server, String what, Deed<T> deed) {
        return told(
                server,
                what,
                () -> {
                    var lock = lock(server);
                    lock.lock();
                    try {
                        return deed.go();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    /// The same, for a step that is noted in the server's folder before and after.
    private <T> T noted(ServerKey server, String what, Progress progress, Deed<T> deed) {
        return alone(
                server,
                what,
                () -> {
                    var mark = progress.step().map(it -> new StepMark(it, what, false));
                    var folder = servers().folder(server).path();
                    if (mark.isPresent() && Files.isDirectory(folder)) mark.get().write(folder);
                    var result = deed.go();
                    if (mark.isPresent() && Files.isDirectory(folder)) {
                        mark.get().ended().write(folder);
                    }
                    return result;
                });
    }

    private void done(ServerKey server, String what, Progress progress, Errand errand) {
        noted(
                server,
                what,
                progress,
                () -> {
                    errand.go();
                    return server;
                });
    }

    private interface Errand {
        void go() throws IOException;
    }

    private interface Deed<T> {
        T go() throws IOException;
    }

    private static <T> T told(ServerKey server, String what, Deed<T> deed) {
        try {
            return deed.go();
        } catch (OccupiedException e) {
            throw new OccupiedException(server + ": could not " + what + ": " + e.getMessage());
        } catch (ProviderException | EngineException e) {
            throw new ProviderException(server, what, e);
        } catch (IOException e) {
            throw new ProviderException(server, what, new IOException(Trouble.of(e), e));
        }
    }
}
