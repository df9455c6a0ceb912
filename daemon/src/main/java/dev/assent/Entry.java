package dev.assent;

import dev.assent.approval.Person;
import dev.assent.approval.Policy;
import dev.assent.configuration.OidcSettings;
import dev.assent.http.Access;
import dev.assent.http.AdminToken;
import dev.assent.http.Webhooks;
import dev.assent.http.oidc.OidcIssuer;
import dev.assent.reconcile.PollJobs;
import dev.assent.state.Store;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// How people, programs and forges come in, as the settings in force say.
final class Entry implements AutoCloseable {

    private final AdminToken admin;
    private final Store store;
    private final PollJobs jobs;
    private final InstantSource clock;
    private Optional<OidcSettings> issuer = Optional.empty();
    private volatile Access now;
    private volatile Policy policy;

    Entry(AdminToken admin, Loaded loaded, Store store, PollJobs jobs, InstantSource clock) {
        this.admin = admin;
        this.store = store;
        this.jobs = jobs;
        this.clock = clock;
        this.now = Access.of(Set.of(), admin);
        this.policy = loaded.policy();
        take(loaded, prepare(loaded));
    }

    Access now() {
        return now;
    }

    /// How they would come in by other settings.
    ///
    /// @throws dev.assent.http.ListenException if a secret cannot be read
    Access prepare(Loaded loaded) {
        var settings = loaded.configuration().access();
        var webhooks =
                Webhooks.of(settings.webhooks(), store.deliveries()::isNew, jobs::soon, clock);
        // One that stays the same keeps the keys that it has fetched: its issuer may be away just
        // now.
        var oidc =
                settings.oidc().equals(issuer)
                        ? now.oidc()
                        : settings.oidc().map(it -> new OidcIssuer(it, this::person, clock));
        return new Access(settings.names(), admin, oidc, webhooks, settings.metrics());
    }

    /// They come in so from now on.
    void take(Loaded loaded, Access access) {
        var before = now;
        now = access;
        policy = loaded.policy();
        issuer = loaded.configuration().access().oidc();
        before.oidc()
                .filter(it -> access.oidc().filter(same -> same == it).isEmpty())
                .ifPresent(OidcIssuer::close);
    }

    private Optional<String> person(String name) {
        return policy.people().withOidc(name).map(Person::name);
    }

    @Override
    public void close() {
        now.oidc().ifPresent(OidcIssuer::close);
    }
}
