package dev.assent.reconcile;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.ServerKey;
import dev.assent.provider.Health;
import dev.assent.state.Store;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks at the servers that are recorded.
public final class Supervisor {

    private final Store store;
    private final ApplicationSettings settings;

    public Supervisor(Store store, ApplicationSettings settings) {
        this.store = store;
        this.settings = settings;
    }

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
        return settings.provider(server.application()).health(server, credentials.get());
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
}
