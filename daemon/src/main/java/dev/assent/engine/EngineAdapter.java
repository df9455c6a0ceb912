package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a provider must know of an engine to run its servers. An adapter knows the engine and
/// nothing of the machine: files and processes it reaches through the provider's [Workbench], and
/// servers over the network.
///
/// A new engine is one class that implements this, one line in [#adapterFor], and its archives or
/// installed programs in the provider's catalogue. Every argv starts with a program of
/// [Site#programs], and names [Site#data], or something below it, as an argument of its own or
/// after a `=`: by that a provider recognises the processes of a server whose process id it has
/// lost.
///
/// Everything that changes something may be repeated: what is already so stays. Servers that follow
/// one another share their users and passwords, so one [GroupCredentials] is enough for all.
public interface EngineAdapter {

    /// The adapter of a variant; empty for those that no provider of ours can run, which is why
    /// they are in no catalogue.
    static Optional<EngineAdapter> adapterFor(Variant variant) {
        return switch (variant) {
            case POSTGRESQL -> Optional.of(new PostgresAdapter());
            case MARIADB -> Optional.of(new MysqlAdapter(new MariaDbDialect()));
            case MYSQL, PERCONA -> Optional.of(new MysqlAdapter(new OracleDialect(variant)));
            case REDIS -> Optional.of(RedisAdapter.ofRedis());
            case VALKEY -> Optional.of(RedisAdapter.ofValkey());
            case MEMCACHED -> Optional.of(new MemcachedAdapter());
            case MONGODB, ELASTICSEARCH, INFLUXDB -> Optional.empty();
        };
    }

    /// The server's program: a folder with a file of this name is an installation of the engine.
    String program();

    /// The version in what the program prints for `--version`; empty when it is none of ours.
    Optional<Version> versionIn(String printed);

    /// Whether one server can follow another one.
    boolean replicates();

    /// The server's own files beside its data, and what has to be in them. They are written before
    /// every start after which the server is to play another role; that they still are so is how an
    /// edit by hand is noticed.
    ///
    /// @param source whom it follows; empty for one that follows nobody
    Map<Path, String> configuration(Site site, Optional<Site> source, GroupCredentials credentials);

    /// Makes an empty data folder with its own superuser. The configuration is written already.
    void initialise(Site site, GroupCredentials credentials, Workbench workbench);

    /// Makes the data folder of a replica from a running source, which is neither stopped nor
    /// blocked: all of it that can be done before the replica runs. Its configuration is written
    /// already.
    void cloneFrom(Site source, Site replica, GroupCredentials credentials, Workbench workbench);

    /// Does what [#cloneFrom] has left to do once the replica answers, for it to follow its source.
    void finishClone(Site source, Site replica, GroupCredentials credentials, Workbench workbench);

    /// Has a server that has stopped in order, and that has nothing which its new source lacks,
    /// follow that source from where it is, once it is started: what has to be done before the
    /// start. Its configuration is written already.
    void prepareToFollow(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench);

    /// What has to be done for that after the start, once it answers.
    void follow(Site source, Site replica, GroupCredentials credentials);

    /// The command that becomes the server process: in the foreground, its log on standard error.
    List<String> run(Site site);

    /// How the server is told to stop soon and in order, without waiting for its clients.
    Stop stop(Site site);

    /// Asks the server over a real connection how it is. No answer is an [EngineException].
    Answer ask(Site site, GroupCredentials credentials);

    /// Asks a server that Assent did not build, as the application's user. No answer is an
    /// [EngineException].
    Answer greet(Endpoint endpoint, GroupCredentials credentials);

    /// Sees that the application's user and database are there, with the user's password as given.
    void admit(Site site, GroupCredentials credentials);

    /// Has a running primary server take no writes any more and cuts its clients off, then waits
    /// until a replica has all that it has acknowledged. What it is told here ends with its
    /// configuration written anew and its next start. A replica that does not catch up is an
    /// [EngineException].
    void fence(Site primary, Site heir, GroupCredentials credentials, Workbench workbench);

    /// Has a running replica follow nobody any more and take writes, now and after each start. Does
    /// nothing to a server that is no replica.
    void promote(Site replica, GroupCredentials credentials, Workbench workbench);

    /// Has a running server know new passwords: one that follows nobody gives them to its users;
    /// one that follows a source signs in there with them from now on. The configuration is written
    /// already. It may know the old ones still, or the new ones already.
    ///
    /// @param source whom it follows
    void rekey(Site site, Optional<Site> source, GroupCredentials from, GroupCredentials to);

    /// Has a primary server forget a replica, so that it keeps nothing back for it. Called when the
    /// replica has stopped and its folder is still there.
    void forget(Endpoint primary, Site replica);

    /// Whether the log of a server that has begun to follow says that it never will from where it
    /// is, so that nobody need wait any longer.
    default boolean cannotFollow(List<String> log) {
        return false;
    }

    /// The lines of a server's log that say why it failed, oldest first.
    List<String> meaningful(List<String> log);
}
