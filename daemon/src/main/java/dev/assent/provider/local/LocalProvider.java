package dev.assent.provider.local;

import dev.assent.engine.EngineException;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Death;
import dev.assent.provider.Health;
import dev.assent.provider.Progress;
import dev.assent.provider.Provider;
import dev.assent.provider.ProviderException;
import java.io.IOException;
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
                    var there = servers().find(order.key());
                    if (there.filter(it -> it.record().isOf(order)).isPresent()) {
                        var server = servers().settled(order.key(), progress);
                        refuseFenced(server);
                        server.start(order.credentials());
                        return server.site().endpoint();
                    }
                    // Half built, or built by another order of a plan that failed and was given up.
                    if (there.isPresent()) servers().remove(order.key());
                    var built = new Construction(servers(), order, progress).build();
                    return built.site().endpoint();
                });
    }

    private static void refuseFenced(LocalServer server) {
        if (!server.record().fenced()) return;
        throw new ProviderException(
                "it is fenced, since a plan gives what it did to another server; resume that plan");
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        return alone(
                order.key(),
                "rebuild it",
                () -> new Following(servers(), order, progress).rebuild().site().endpoint());
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        done(
                order.key(),
                order.source().map(it -> "follow " + it).orElse("follow"),
                () -> new Following(servers(), order, progress).follow());
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        done(
                primary,
                "fence it",
                () -> new Handover(servers(), progress).fence(primary, heir, credentials));
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        done(primary, "end it", () -> new Handover(servers(), progress).forsake(primary));
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        done(
                replica,
                "promote it",
                () -> new Handover(servers(), progress).promote(replica, credentials));
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        done(
                server,
                "give it new passwords",
                () -> new Upkeep(servers(), progress).rekey(server, from, to));
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        done(
                server,
                "configure it",
                () -> new Upkeep(servers(), progress).configure(server, credentials));
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        done(
                server,
                "remove it",
                () -> {
                    progress.says("removing " + server.server());
                    servers().remove(server);
                });
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

    private void done(ServerKey server, String what, Errand errand) {
        alone(
                server,
                what,
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
        } catch (ProviderException | EngineException e) {
            throw new ProviderException(server, what, e);
        } catch (IOException e) {
            throw new ProviderException(server, what, new IOException(Trouble.of(e), e));
        }
    }
}
