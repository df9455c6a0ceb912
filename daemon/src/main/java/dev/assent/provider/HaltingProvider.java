package dev.assent.provider;

import dev.assent.failpoint.Failpoint;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import java.util.Collection;
import java.util.List;

/// A provider with a failpoint before and after each call that changes something, or that tells
/// what was changed.
///
/// @param provider what does the work
public record HaltingProvider(Provider provider) implements Provider {

    @Override
    public Catalogue catalogue() {
        return provider.catalogue();
    }

    @Override
    public Endpoint build(BuildOrder order, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_BUILD);
        var endpoint = provider.build(order, progress);
        after(Failpoint.PROVIDER_AFTER_BUILD);
        return endpoint;
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_REBUILD);
        var endpoint = provider.rebuild(order, progress);
        after(Failpoint.PROVIDER_AFTER_REBUILD);
        return endpoint;
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_FOLLOW);
        provider.follow(order, progress);
        after(Failpoint.PROVIDER_AFTER_FOLLOW);
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_FENCE);
        provider.fence(primary, heir, credentials, progress);
        after(Failpoint.PROVIDER_AFTER_FENCE);
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_FORSAKE);
        provider.forsake(primary, progress);
        after(Failpoint.PROVIDER_AFTER_FORSAKE);
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_PROMOTE);
        provider.promote(replica, credentials, progress);
        after(Failpoint.PROVIDER_AFTER_PROMOTE);
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_REKEY);
        provider.rekey(server, from, to, progress);
        after(Failpoint.PROVIDER_AFTER_REKEY);
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_CONFIGURE);
        provider.configure(server, credentials, progress);
        after(Failpoint.PROVIDER_AFTER_CONFIGURE);
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_REMOVE);
        provider.remove(server, progress);
        after(Failpoint.PROVIDER_AFTER_REMOVE);
    }

    @Override
    public void discard(ServerKey server, StepKey builder, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_DISCARD);
        provider.discard(server, builder, progress);
        after(Failpoint.PROVIDER_AFTER_DISCARD);
    }

    @Override
    public Settled probe(StepKey step, Work work) {
        before(Failpoint.PROVIDER_BEFORE_PROBE);
        var settled = provider.probe(step, work);
        after(Failpoint.PROVIDER_AFTER_PROBE);
        return settled;
    }

    @Override
    public void adopt(BuildOrder order, Progress progress) {
        before(Failpoint.PROVIDER_BEFORE_ADOPT);
        provider.adopt(order, progress);
        after(Failpoint.PROVIDER_AFTER_ADOPT);
    }

    @Override
    public boolean start(ServerKey server, GroupCredentials credentials) {
        before(Failpoint.PROVIDER_BEFORE_START);
        var started = provider.start(server, credentials);
        after(Failpoint.PROVIDER_AFTER_START);
        return started;
    }

    @Override
    public List<Death> deaths(Collection<ServerKey> servers) {
        return provider.deaths(servers);
    }

    @Override
    public void trim(Collection<ServerKey> servers) {
        before(Failpoint.PROVIDER_BEFORE_TRIM);
        provider.trim(servers);
        after(Failpoint.PROVIDER_AFTER_TRIM);
    }

    @Override
    public Health health(ServerKey server, GroupCredentials credentials) {
        return provider.health(server, credentials);
    }

    @Override
    public void close() {
        provider.close();
    }

    private static void before(Failpoint point) {
        point.reached(ProviderException::new);
    }

    /// What was to be done is done, and yet it is not known.
    private static void after(Failpoint point) {
        point.reached(ProviderException::new);
    }
}
