package dev.assent;

import dev.assent.approval.Person;
import dev.assent.approval.Policy;
import dev.assent.http.Access;
import dev.assent.http.AdminToken;
import dev.assent.http.Webhooks;
import dev.assent.http.oidc.OidcIssuer;
import dev.assent.reconcile.PollJobs;
import dev.assent.state.Store;
import java.time.InstantSource;
import java.util.Optional;

/// How people, programs and forges come in, as the settings in force say.
final class Entry implements AutoCloseable {

    private final AdminToken admin;
    private final Store store;
    private final PollJobs jobs;
    private final InstantSource clock;
    private volatile Access now;

    Entry(AdminToken admin, Loaded loaded, Store store, PollJobs jobs, InstantSource clock) {
        this.admin = admin;
        this.store = store;
        this.jobs = jobs;
        this.clock = clock;
        this.now = prepare(loaded);
    }

    Access now() {
        return now;
    }

    /// How they would come in by other settings.
    ///
    /// @throws dev.assent.http.ListenException if a secret cannot be read
    Access prepare(Loaded loaded) {
        var settings = loaded.configuration().access();
        var policy = loaded.policy();
        var webhooks =
                Webhooks.of(settings.webhooks(), store.deliveries()::isNew, jobs::soon, clock);
        var oidc =
                settings.oidc().map(it -> new OidcIssuer(it, name -> person(policy, name), clock));
        return new Access(settings.names(), admin, oidc, webhooks, settings.metrics());
    }

    /// They come in so from now on.
    void take(Access access) {
        var before = now;
        now = access;
        before.oidc().ifPresent(OidcIssuer::close);
    }

    private static Optional<String> person(Policy policy, String name) {
        return policy.people().withOidc(name).map(Person::name);
    }

    @Override
    public void close() {
        now.oidc().ifPresent(OidcIssuer::close);
    }
}
