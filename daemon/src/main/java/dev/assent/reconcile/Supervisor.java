package dev.assent.reconcile;

import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.provider.Health;
import dev.assent.state.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the servers that are recorded.
public final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Store store;
    private final ApplicationSettings settings;

    public Supervisor(Store store, ApplicationSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /// What can be seen of a recorded server now.
    public Health health(ServerKey server) {
        return store.credentials()
                .get(server.application(), server.group())
                .map(it -> settings.provider(server.application()).health(server, it))
                .orElseGet(() -> Health.missing("it is not in the record"));
    }

    /// Adopts the servers that run and starts those that don't, as after a reboot of the machine:
    /// what runs then is what is recorded, and it is said in log and audit trail.
    public void startStopped() {
        for (var recorded : store.records().all()) startStopped(recorded);
    }

    private void startStopped(Recorded recorded) {
        for (var group : recorded.groups()) {
            for (var server : group.servers()) {
                var key = new ServerKey(recorded.application(), group.name(), server.name());
                try {
                    startStopped(key);
                } catch (RuntimeException e) {
                    LOG.error("{} could not be looked after: {}", key, e.getMessage(), e);
                }
            }
        }
    }

    private void startStopped(ServerKey server) {
        var application = server.application();
        var provider = settings.provider(application);
        var credentials = store.credentials().get(application, server.group()).orElseThrow();
        var health = provider.health(server, credentials);
        switch (health.state()) {
            case RUNNING -> LOG.info("{} runs", server);
            case UNREACHABLE, MISSING ->
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
