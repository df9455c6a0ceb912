package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.engine.Site;
import dev.assent.engine.Workbench;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.ServerKey;
import dev.assent.model.Sizes;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers of this machine: found by their folders, given one, and taken away with it.
final class LocalServers {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServers.class);

    private final ServerFolders folders;
    private final Programs programs;
    private final String host;
    private final Sizes sizes;
    private final ServersUser user;
    private final RunningServers running;

    LocalServers(
            LocalSettings settings, Programs programs, ServersUser user, Supervision supervision) {
        this.folders = new ServerFolders(settings);
        this.programs = programs;
        this.host = settings.host();
        this.sizes = settings.sizes();
        this.user = user;
        this.running = new RunningServers(user, supervision);
    }

    /// An adapter's hands on one server.
    Workbench workbench(LocalServer server) {
        return new LocalWorkbench(server.folder().path(), user);
    }

    ServerFolder folder(ServerKey key) {
        return folders.of(key);
    }

    Optional<LocalServer> find(ServerKey key) throws IOException {
        var folder = folders.of(key);
        return folder.read().map(record -> server(folder, record));
    }

    /// A built server with programs that are there, in the role that is recorded of it: what a
    /// crash has left half done is undone.
    LocalServer settled(ServerKey key, Progress progress) throws IOException {
        var server =
                find(key)
                        .filter(it -> it.record().built())
                        .orElseThrow(() -> new ProviderException("it is not built"));
        var equipped = equipped(server, progress);
        if (equipped.record().before().isPresent()) return broughtBack(equipped);
        aside(equipped).drop();
        return equipped;
    }

    /// A server that others are to follow, or to be compared with.
    LocalServer running(ServerKey key) throws IOException {
        var server = find(key);
        if (server.flatMap(LocalServer::process).isPresent()) return server.get();
        throw new ProviderException(
                "it is to be a replica of %s, which does not run; start that one first"
                        .formatted(key));
    }

    Aside aside(LocalServer server) {
        return new Aside(server.folder(), user);
    }

    /// A server as it was before it was tried in another role. It is stopped.
    LocalServer broughtBack(LocalServer server) throws IOException {
        var tried = server.again();
        var before = tried.record().before().orElseThrow();
        tried.stop();
        if (!tried.record().source().equals(before.source())) {
            forgetAt(tried.record().source(), tried.site());
        }
        aside(tried).bringBack();
        var back = tried.recorded(tried.record().as(before));
        aside(back).drop();
        return back;
    }

    /// Writes a server's own files as they have to be in a role, and deletes those that it has no
    /// use for in that.
    void configure(LocalServer server, Role role, GroupCredentials credentials) throws IOException {
        var adapter = server.adapter();
        var workbench = workbench(server);
        var source = sourceOf(role);
        var files = adapter.configuration(server.site(), source, credentials);
        files.forEach(workbench::write);
        adapter
                .configuration(server.site(), Optional.of(server.site()), credentials)
                .keySet()
                .stream()
                .filter(it -> !files.containsKey(it))
                .forEach(workbench::delete);
    }

    Optional<Site> sourceOf(Role role) throws IOException {
        if (role.source().isEmpty()) return Optional.empty();
        var source = find(role.source().get());
        if (source.isPresent()) return source.map(LocalServer::site);
        throw new ProviderException(
                "it follows %s, which is not on this machine".formatted(role.source().get()));
    }

    /// Refuses a copy for which the disk has no room.
    void refuseWithoutRoom(BuildOrder order) throws IOException {
        folders.refuseToCopy(toCopy(order));
    }

    ServerLog log(ServerKey key) {
        return folders.of(key).log();
    }

    /// Gives a server that is to be built a folder and a port. Nothing is claimed when its programs
    /// cannot be had.
    LocalServer claim(BuildOrder order, Progress progress) throws IOException {
        var folder = folders.of(order.key());
        if (Files.exists(folder.content())) {
            throw new ProviderException(
                    "there is data in %s and no %s with it, so nobody can say whose it is; move it away first"
                            .formatted(folder.content(), ServerFolder.RECORD));
        }
        running.refuseUnfit(folder);
        var specification = order.specification();
        var version =
                specification
                        .version()
                        .orElseThrow(() ->
                                new ProviderException(
                                        "its version is not decided; make a new plan"));
        var found = programs(specification.variant(), version, progress);
        var size = sizes.of(order.server());
        var record =
                folders.claim(
                        folder,
                        user,
                        order.place()
                                .map(it -> OptionalInt.of(it.port()))
                                .orElseGet(OptionalInt::empty),
                        size.disk(),
                        toCopy(order),
                        port ->
                                new ServerRecord(
                                        order.key(),
                                        specification,
                                        size,
                                        found,
                                        port,
                                        false,
                                        Role.following(order.source()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        progress.step()));
        return server(folder, record);
    }

    /// Whether something else listens on the port of a server of which nothing is left.
    boolean hasLostPort(LocalServer server) {
        return !folders.ports().isFree(server.record().port());
    }

    /// The same server with programs that are there: they may have gone from the cache, or have
    /// been replaced by a package's next version.
    LocalServer equipped(LocalServer server, Progress progress) throws IOException {
        var record = server.record();
        if (Files.isDirectory(record.programs())) return server;
        var found = programs(record.specification().variant(), record.version(), progress);
        return server(server.folder(), record.with(found));
    }

    /// Stops a server and deletes all that is of it, however little that is.
    void remove(ServerKey key) throws IOException {
        var folder = folders.of(key);
        var server = find(key);
        if (server.isPresent()) {
            server.get().stop();
            forget(server.get());
        } else {
            running.release(folder);
            running.on(folder.content()).forEach(running::end);
        }
        folders.delete(folder);
    }

    /// Has whoever a server follows forget it, and whoever it followed before it was tried in
    /// another role.
    private void forget(LocalServer replica) throws IOException {
        var record = replica.record();
        forgetAt(record.source(), replica.site());
        if (record.before().isPresent()
                && !record.before().get().source().equals(record.source())) {
            forgetAt(record.before().get().source(), aside(replica).of(replica.site()));
        }
    }

    /// Has a source forget a replica. One that is not there any more, or does not answer, keeps
    /// nothing back either; so this may fail.
    ///
    /// @param replica where the files are with which it followed
    void forgetAt(Optional<ServerKey> source, Site replica) throws IOException {
        if (source.isEmpty()) return;
        var server = find(source.get());
        if (server.flatMap(LocalServer::process).isEmpty()) return;
        try {
            server.get().adapter().forget(server.get().site().endpoint(), replica);
        } catch (EngineException e) {
            LOG.warn(
                    "{} leaves its source {}, which may not know: {}",
                    replica.server(),
                    source.get(),
                    e.getMessage());
        }
    }

    private long toCopy(BuildOrder order) throws IOException {
        if (order.source().isEmpty()) return 0;
        return Trees.size(folders.of(order.source().get()).content());
    }

    private Path programs(Variant variant, Version version, Progress progress) throws IOException {
        var found = programs.folder(variant, version, progress);
        user.refuseUnreachable(found);
        return found;
    }

    private LocalServer server(ServerFolder folder, ServerRecord record) {
        var variant = record.specification().variant();
        var adapter =
                EngineAdapter.adapterFor(variant)
                        .orElseThrow(() ->
                                new ProviderException(
                                        "the local provider does not run " + variant));
        var site =
                new Site(
                        record.key(),
                        record.specification(),
                        record.version(),
                        record.size(),
                        record.programs(),
                        folder.path(),
                        new Endpoint(host, record.port()));
        return new LocalServer(folder, record, site, adapter, running);
    }
}
