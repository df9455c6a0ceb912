package dev.assent.provider;

import dev.assent.failpoint.Failpoint;
import dev.assent.model.Catalogue;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

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
        return between(
                Failpoint.PROVIDER_BEFORE_BUILD,
                () -> provider.build(order, progress),
                Failpoint.PROVIDER_AFTER_BUILD);
    }

    @Override
    public Endpoint rebuild(BuildOrder order, Progress progress) {
        return between(
                Failpoint.PROVIDER_BEFORE_REBUILD,
                () -> provider.rebuild(order, progress),
                Failpoint.PROVIDER_AFTER_REBUILD);
    }

    @Override
    public void follow(BuildOrder order, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_FOLLOW,
                () -> provider.follow(order, progress),
                Failpoint.PROVIDER_AFTER_FOLLOW);
    }

    @Override
    public void fence(
            ServerKey primary, ServerKey heir, GroupCredentials credentials, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_FENCE,
                () -> provider.fence(primary, heir, credentials, progress),
                Failpoint.PROVIDER_AFTER_FENCE);
    }

    @Override
    public void forsake(ServerKey primary, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_FORSAKE,
                () -> provider.forsake(primary, progress),
                Failpoint.PROVIDER_AFTER_FORSAKE);
    }

    @Override
    public void promote(ServerKey replica, GroupCredentials credentials, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_PROMOTE,
                () -> provider.promote(replica, credentials, progress),
                Failpoint.PROVIDER_AFTER_PROMOTE);
    }

    @Override
    public void rekey(
            ServerKey server, GroupCredentials from, GroupCredentials to, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_REKEY,
                () -> provider.rekey(server, from, to, progress),
                Failpoint.PROVIDER_AFTER_REKEY);
    }

    @Override
    public void configure(ServerKey server, GroupCredentials credentials, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_CONFIGURE,
                () -> provider.configure(server, credentials, progress),
                Failpoint.PROVIDER_AFTER_CONFIGURE);
    }

    @Override
    public void remove(ServerKey server, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_REMOVE,
                () -> provider.remove(server, progress),
                Failpoint.PROVIDER_AFTER_REMOVE);
    }

    @Override
    public void discard(ServerKey server, StepKey builder, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_DISCARD,
                () -> provider.discard(server, builder, progress),
                Failpoint.PROVIDER_AFTER_DISCARD);
    }

    @Override
    public Settled probe(StepKey step, Work work) {
        return between(
                Failpoint.PROVIDER_BEFORE_PROBE,
                () -> provider.probe(step, work),
                Failpoint.PROVIDER_AFTER_PROBE);
    }

    @Override
    public void adopt(BuildOrder order, Progress progress) {
        around(
                Failpoint.PROVIDER_BEFORE_ADOPT,
                () -> provider.adopt(order, progress),
                Failpoint.PROVIDER_AFTER_ADOPT);
    }

    @Override
    public boolean start(ServerKey server, GroupCredentials credentials) {
        return between(
                Failpoint.PROVIDER_BEFORE_START,
                () -> provider.start(server, credentials),
                Failpoint.PROVIDER_AFTER_START);
    }

    @Override
    public List<Death> deaths(Collection<ServerKey> servers) {
        return provider.deaths(servers);
    }

    @Override
    public void trim(Collection<ServerKey> servers) {
        around(
                Failpoint.PROVIDER_BEFORE_TRIM,
                () -> provider.trim(servers),
                Failpoint.PROVIDER_AFTER_TRIM);
    }

    @Override
    public Health health(ServerKey server, GroupCredentials credentials) {
        return provider.health(server, credentials);
    }

    @Override
    public void close() {
        provider.close();
    }

    private static void around(Failpoint before, Runnable call, Failpoint after) {
        between(
                before,
                () -> {
                    call.run();
                    return true;
                },
                after);
    }

    /// Where it fails after the call, what was to be done is done, and yet it is not known.
    private static <T> T between(Failpoint before, Supplier<T> call, Failpoint after) {
        before.reached(ProviderException::new);
        var result = call.get();
        after.reached(ProviderException::new);
        return result;
    }
}
