package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.util.List;
import java.util.Optional;

/// What a provider must know of an engine to run its servers. An adapter knows the engine and
/// nothing of the machine: files and processes it reaches through the provider's [Workbench], and
/// servers over the network.
///
/// A new engine is one class that implements this, one line in [#adapterFor], and its archives or
/// installed programs in the provider's catalogue. Every argv starts with a program of
/// [Site#programs], and names [Site#data] as an argument of its own or after a `=`: by that a
/// provider recognises the processes of a server whose process id it has lost.
public interface EngineAdapter {

    /// The adapter of a variant; empty for those that no provider of ours can run yet, which is why
    /// they are in no catalogue.
    static Optional<EngineAdapter> adapterFor(Variant variant) {
        return switch (variant) {
            case POSTGRESQL -> Optional.of(new PostgresAdapter());
            case MYSQL, PERCONA, MARIADB, REDIS, MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB ->
                    Optional.empty();
        };
    }

    /// The server's program: a folder with a file of this name is an installation of the engine.
    String program();

    /// The version in what the program prints for `--version`; empty when it is none of ours.
    Optional<Version> versionIn(String printed);

    /// Makes an empty data folder with its own superuser, and the server's configuration.
    void initialise(Site site, GroupCredentials credentials, Workbench workbench);

    /// Makes a replica's data folder and configuration from a running primary server, which is
    /// neither stopped nor blocked.
    void cloneFrom(Site primary, Site replica, GroupCredentials credentials, Workbench workbench);

    /// The command that becomes the server process: in the foreground, its log on standard error.
    List<String> run(Site site);

    /// The command that has the server stop soon and in order, without waiting for its clients.
    List<String> stop(Site site);

    /// Asks the server over a real connection how it is. No answer is an [EngineException].
    Answer ask(Site site, GroupCredentials credentials);

    /// Asks a server that Assent did not build, as the application's user. No answer is an
    /// [EngineException].
    Answer greet(Endpoint endpoint, GroupCredentials credentials);

    /// Sees that the application's user and database are there, with the user's password as given.
    void admit(Site site, GroupCredentials credentials);

    /// Has a primary server forget a replica, so that it keeps nothing back for it. Called when the
    /// replica has stopped and its folder is still there.
    void forget(Endpoint primary, Site replica);

    /// The lines of a server's log that say why it failed, oldest first.
    List<String> meaningful(List<String> log);
}
