package dev.assent.reconcile;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.log.About;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerKey;
import dev.assent.provider.Health;
import dev.assent.provider.ProviderException;
import dev.assent.state.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the servers that are recorded.
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Store store;
    private final ApplicationSettings settings;
    private final Map<ServerKey, Seen> seen = new ConcurrentHashMap<>();

    public Supervisor(Store store, ApplicationSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /// A running server as it was last seen: its process, and what was recorded then.
    private record Seen(OptionalLong pid, long serial) {}

    /// What can be seen of a recorded server now.
    public Health health(ServerKey server) {
        var recorded = store.records().of(server.application());
        var group = recorded.group(server.group());
        var credentials = store.credentials().get(server.application(), server.group());
        if (group.isEmpty() || credentials.isEmpty()) {
            return Health.missing("it is not in the record");
        }
        if (group.get().origin() == Origin.ADOPTED) {
            return adopted(group.get(), credentials.get());
        }
        var health = settings.provider(server.application()).health(server, credentials.get());
        notice(server, health, recorded.serial());
        return health;
    }

    /// Another process than last time, and no plan in between that could have built it: the server
    /// has died, and whoever keeps it has started it again.
    private void notice(ServerKey server, Health health, long serial) {
        if (health.state() != Health.State.RUNNING || health.pid().isEmpty()) return;
        var now = new Seen(health.pid(), serial);
        var before = seen.put(server, now);
        if (before == null || before.serial() != serial || before.equals(now)) return;
        LOG.warn("{} had died and was started again, as process {}", server, now.pid().getAsLong());
        store.audit()
                .note(
                        "assent",
                        "server.restarted",
                        server.application(),
                        server + " had died and was started again");
    }

    /// No provider knows a server that Assent did not build; it is asked itself.
    private static Health adopted(RecordedGroup group, GroupCredentials credentials) {
        try {
            var answer =
                    EngineAdapter.adapterFor(group.specification().variant())
                            .orElseThrow(() -> new EngineException("nobody here can ask it"))
                            .greet(group.primaryServer().endpoint(), credentials);
            return new Health(
                    Health.State.RUNNING,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.of(answer),
                    Optional.of("adopted"),
                    List.of(),
                    OptionalLong.empty());
        } catch (EngineException e) {
            return new Health(
                    Health.State.UNREACHABLE,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.of(e.getMessage()));
        }
    }

    /// Adopts the servers that run and starts those that don't, as after a reboot of the machine:
    /// what runs then is what is recorded, and it is said in log and audit trail.
    public void startStopped() {
        for (var recorded : store.records().all()) startStopped(recorded);
    }

    private void startStopped(Recorded recorded) {
        for (var group : recorded.groups()) {
            // Who did not build a server does not start it.
            if (group.origin() == Origin.ADOPTED) continue;
            for (var server : group.servers()) {
                var key = new ServerKey(recorded.application(), group.name(), server.name());
                try (var _ = About.server(key).enter()) {
                    lookAfter(key);
                }
            }
        }
    }

    private void lookAfter(ServerKey server) {
        try {
            startStopped(server);
        } catch (ProviderException e) {
            LOG.error("{} could not be looked after: {}", server, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} could not be looked after: {}", server, e.getMessage(), e);
        }
    }

    private void startStopped(ServerKey server) {
        var application = server.application();
        var provider = settings.provider(application);
        var credentials = store.credentials().get(application, server.group()).orElseThrow();
        var health = provider.health(server, credentials);
        switch (health.state()) {
            case RUNNING -> {
                LOG.debug("{} runs", server);
                notice(server, health, store.records().of(application).serial());
            }
            case UNREACHABLE, MISSING, FENCED ->
                    LOG.error("{} is {}: {}", server, health.state().word(), detail(health));
            case STOPPED -> {
                provider.start(server, credentials);
                LOG.warn("{} was stopped and is started", server);
                store.audit()
                        .note("assent", "server.started", application, server + " was stopped");
            }
        }
    }

    private static String detail(Health health) {
        return health.detail().orElse("no reason known");
    }
}
