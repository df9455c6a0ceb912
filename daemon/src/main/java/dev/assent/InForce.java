package dev.assent;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.configuration.Configuration;
import dev.assent.configuration.ProviderSettings;
import dev.assent.failpoint.Failpoint;
import dev.assent.model.ApplicationName;
import dev.assent.model.Sizes;
import dev.assent.provider.HaltingProvider;
import dev.assent.provider.Provider;
import dev.assent.provider.local.LocalProvider;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.source.signature.Signers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings that the daemon works by now. Who needs one asks here each time, since others can
/// take their place at any time, all at once.
final class InForce implements ApplicationSettings, Watched, AutoCloseable {

    private final Path state;
    private volatile Now now;

    /// Settings that belong together, and the providers that they name.
    private record Now(Loaded loaded, Map<String, Provider> providers) {}

    /// @param state the folder below which providers keep their servers
    InForce(Loaded loaded, Path state) {
        this.state = state;
        this.now = new Now(loaded, providers(loaded.configuration(), Map.of(), Map.of()));
    }

    Loaded loaded() {
        return now.loaded();
    }

    Configuration configuration() {
        return loaded().configuration();
    }

    /// Makes others ready, and gives what has them count. A provider whose settings stay the same
    /// goes on; the servers of the others stay as they are, and are found again by those in their
    /// place.
    Runnable prepare(Loaded loaded) {
        var before = now;
        var earlier = before.loaded().configuration();
        var sameSizes = loaded.configuration().sizes().equals(earlier.sizes());
        var providers =
                providers(
                        loaded.configuration(),
                        earlier.providers(),
                        sameSizes ? before.providers() : Map.of());
        return () -> {
            now = new Now(loaded, providers);
            before.providers().values().stream()
                    .filter(it -> !providers.containsValue(it))
                    .forEach(Provider::close);
        };
    }

    private Map<String, Provider> providers(
            Configuration configuration,
            Map<String, ProviderSettings> before,
            Map<String, Provider> known) {
        var providers = new LinkedHashMap<String, Provider>();
        configuration
                .providers()
                .forEach((name, settings) ->
                        providers.put(
                                name,
                                Optional.ofNullable(known.get(name))
                                        .filter(_ -> settings.equals(before.get(name)))
                                        .orElseGet(() ->
                                                provider(name, settings, configuration.sizes()))));
        return providers;
    }

    private Provider provider(String name, ProviderSettings settings, Sizes sizes) {
        var provider =
                switch (settings) {
                    case ProviderSettings.Local local ->
                            new LocalProvider(name, local.in(state, name, sizes));
                };
        return Failpoint.areOn() ? new HaltingProvider(provider) : provider;
    }

    @Override
    public List<Repository> all() {
        return configuration().repositories();
    }

    Signers signers() {
        return loaded().signers();
    }

    @Override
    public Provider provider(ApplicationName application) {
        var settings = now;
        var name = settings.loaded().configuration().rule(application).provider();
        return Optional.ofNullable(settings.providers().get(name)).orElseThrow();
    }

    @Override
    public String providerName(ApplicationName application) {
        return configuration().rule(application).provider();
    }

    @Override
    public boolean cascading() {
        return configuration().cascading();
    }

    @Override
    public Beginning beginning(ApplicationName application) {
        return configuration().rule(application).beginning();
    }

    @Override
    public Duration destroyAfter(ApplicationName application) {
        return configuration().rule(application).destroyAfter();
    }

    @Override
    public Policy policy() {
        return loaded().policy();
    }

    @Override
    public Duration planTtl() {
        return configuration().planTtl();
    }

    @Override
    public void close() {
        now.providers().values().forEach(Provider::close);
    }
}
