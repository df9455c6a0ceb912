package dev.assent.provider.local;

import dev.assent.engine.EngineException;
import dev.assent.engine.Site;
import dev.assent.model.ServerKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a built server follow another one: with the data that it holds, or with a copy. Until that
/// is done, it can be again what it was.
record Following(LocalServers servers, BuildOrder order, Progress progress) {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /// With the data that it holds; where it cannot go on from there, with a copy.
    void follow() throws IOException {
        if (isGone()) {
            anew();
            return;
        }
        var server = servers.settled(order.key(), progress);
        var source = servers.running(source());
        if (follows(server, source.site())) {
            server.recorded(server.record().as(role()));
            return;
        }
        attempt(server, there -> inPlaceOrCopied(there, source));
    }

    /// With a copy.
    LocalServer rebuild() throws IOException {
        if (isGone()) return anew();
        var server = servers.settled(order.key(), progress);
        var source = servers.running(source());
        servers.refuseWithoutRoom(order);
        return attempt(server, there -> copy(there, source));
    }

    private boolean isGone() throws IOException {
        return servers.find(order.key()).filter(LocalServer::isThere).isEmpty();
    }

    /// Data that nobody can say anything about is nobody's to delete: where there is no record with
    /// it, it is refused.
    private LocalServer anew() throws IOException {
        if (servers.find(order.key()).isPresent()) servers.remove(order.key());
        return new Construction(servers, order, progress).build();
    }

    private interface Way {
        void go(LocalServer server) throws IOException;
    }

    private LocalServer attempt(LocalServer server, Way way) throws IOException {
        progress.says("stopping " + order.key().server());
        try {
            server.stop();
            servers.aside(server).keepConfiguration();
            var there = server.recorded(server.record().trying(role()));
            way.go(there);
            return settle(there);
        } catch (IOException | RuntimeException e) {
            bringBack(server);
            throw e;
        }
    }

    /// Its old source is asked to forget it with what it followed that one with.
    private LocalServer settle(LocalServer there) throws IOException {
        var now = there.again().record();
        var before = now.before().flatMap(Role::source);
        var aside = servers.aside(there);
        if (!before.equals(order.source())) {
            servers.forgetAt(before, aside.of(there.site()));
        }
        var settled = there.recorded(now.as(role()));
        aside.drop();
        return settled;
    }

    private void inPlaceOrCopied(LocalServer server, LocalServer source) throws IOException {
        try {
            inPlace(server, source);
        } catch (ProviderException | EngineException e) {
            if (Thread.currentThread().isInterrupted()) throw e;
            LOG.info(
                    "{} cannot go on from what it holds and is copied: {}",
                    order.key(),
                    e.getMessage());
            servers.refuseWithoutRoom(order);
            var now = server.again();
            now.stop();
            copy(now, source);
        }
    }

    private void inPlace(LocalServer server, LocalServer source) throws IOException {
        servers.configure(server, role(), order.credentials());
        server.adapter()
                .prepareToFollow(
                        source.site(),
                        server.site(),
                        order.credentials(),
                        servers.workbench(server));
        progress.says("starting " + order.key().server());
        server.startSoundly(
                order.credentials(),
                () -> server.adapter().follow(source.site(), server.site(), order.credentials()));
    }

    private void copy(LocalServer server, LocalServer source) throws IOException {
        servers.aside(server).keepData();
        new Construction(servers, order, progress).build(server, Optional.of(source));
    }

    /// Whether it runs and follows that very source already.
    private boolean follows(LocalServer server, Site source) {
        if (server.process().isEmpty()) return false;
        try {
            var answer = server.adapter().ask(server.site(), order.credentials());
            return answer.replica()
                    && answer.trouble().isEmpty()
                    && answer.source().filter(source.endpoint()::equals).isPresent();
        } catch (EngineException e) {
            return false;
        }
    }

    /// As it was, and running unless it was fenced. An interrupt must not keep it from that.
    private void bringBack(LocalServer server) {
        var interrupted = Thread.interrupted();
        try {
            var now = server.again();
            var back = now.record().before().isPresent() ? servers.broughtBack(now) : now;
            if (!back.record().fenced()) back.launched();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} could not be made again what it was; the next attempt does it: {}",
                    order.key(),
                    e.getMessage());
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private ServerKey source() {
        return order.source()
                .orElseThrow(() -> new ProviderException("nobody said whom it is to follow"));
    }

    private Role role() {
        return Role.following(order.source());
    }
}
