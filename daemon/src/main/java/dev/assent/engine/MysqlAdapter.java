package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// MariaDB, MySQL and Percona Server: one family, whose differences are its [MysqlDialect].
///
/// A replica is a new server into which a dump of its source is loaded, users included, and which
/// follows from there by global transaction ids. So it needs no other program than the dump's.
record MysqlAdapter(MysqlDialect dialect) implements EngineAdapter {

    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "\\[ERROR\\]|error while loading|(mariadbd|mysqld): (Can't|Error|unknown)");

    @Override
    public String program() {
        return dialect.program();
    }

    @Override
    public Optional<Version> versionIn(String printed) {
        return dialect.versionIn(printed.strip());
    }

    @Override
    public boolean replicates() {
        return true;
    }

    @Override
    public Map<Path, String> configuration(
            Site site, Optional<Site> source, GroupCredentials credentials) {
        var role = source.isPresent() ? dialect.optionsOfReplica() : "";
        return Map.of(
                MysqlConfiguration.file(site),
                MysqlConfiguration.of(site) + dialect.options(site) + role);
    }

    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        workbench.makeFolder(site.data());
        dialect.initialise(site, credentials, workbench);
    }

    @Override
    public void cloneFrom(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        initialise(replica, credentials, workbench);
        new MysqlClone(dialect, source, replica, credentials, workbench).take();
    }

    @Override
    public void finishClone(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        new MysqlClone(dialect, source, replica, credentials, workbench).load();
    }

    @Override
    public void prepareToFollow(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        // Where it is, it knows by itself; whom to follow, it is told when it runs.
    }

    @Override
    public void follow(Site source, Site replica, GroupCredentials credentials) {
        new MysqlReplication(dialect, replica.endpoint()).follow(source.endpoint(), credentials);
    }

    @Override
    public List<String> run(Site site) {
        return MysqlCommands.run(site, program());
    }

    @Override
    public Stop stop(Site site) {
        return new Stop.Signal();
    }

    @Override
    public Answer ask(Site site, GroupCredentials credentials) {
        return new MysqlAnswer(dialect, site.endpoint()).of(credentials);
    }

    @Override
    public Answer greet(Endpoint endpoint, GroupCredentials credentials) {
        return new MysqlAnswer(dialect, endpoint).toGuest(credentials);
    }

    @Override
    public void admit(Site site, GroupCredentials credentials) {
        new MysqlUsers(dialect, site.endpoint()).admit(credentials);
    }

    @Override
    public void fence(Site primary, Site heir, GroupCredentials credentials, Workbench workbench) {
        new MysqlFence(dialect, primary.endpoint(), heir.endpoint()).raise(credentials);
    }

    @Override
    public void promote(Site replica, GroupCredentials credentials, Workbench workbench) {
        new MysqlReplication(dialect, replica.endpoint())
                .promote(
                        credentials,
                        () ->
                                configuration(replica, Optional.empty(), credentials)
                                        .forEach(workbench::write));
    }

    @Override
    public void rekey(
            Site site, Optional<Site> source, GroupCredentials from, GroupCredentials to) {
        if (source.isPresent()) {
            new MysqlReplication(dialect, site.endpoint()).rekey(source.get().endpoint(), from, to);
        } else {
            new MysqlUsers(dialect, site.endpoint()).rekey(from, to);
        }
    }

    @Override
    public void forget(Endpoint primary, Site replica) {
        // A source keeps its log for a time and not for replicas.
    }

    @Override
    public List<String> meaningful(List<String> log) {
        var complaints = log.stream().filter(it -> COMPLAINT.matcher(it).find()).toList();
        return complaints.isEmpty() ? log : complaints;
    }
}
