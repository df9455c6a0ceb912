package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// PostgreSQL 13 and newer. Needs of its programs only `initdb`, `postgres` and `pg_ctl`.
final class PostgresAdapter implements EngineAdapter {

    /// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, but no beta.
    private static final Pattern PRINTED =
            Pattern.compile("postgres \\(PostgreSQL\\) (\\d+(?:\\.\\d+)+)(?:\\s.*)?");

    private static final int OLDEST = 13;

    private static final Pattern COMPLAINT =
            Pattern.compile("\\b(FATAL|PANIC|ERROR|DETAIL|HINT): |could not |error while loading");

    /// What a replica's log says when its history has parted from its source's, or when the source
    /// has thrown away what it lacks.
    private static final Pattern IN_VAIN =
            Pattern.compile(
                    "forked off current database system timeline"
                            + "|is not in this server's history"
                            + "|is not a child of this server's history"
                            + "|is behind recovery timeline"
                            + "|is ahead of the WAL flush position"
                            + "|requested WAL segment \\S+ has already been removed"
                            + "|can no longer (?:get changes from|access) replication slot"
                            + "|database system identifier differs");

    @Override
    public String program() {
        return "postgres";
    }

    @Override
    public Optional<Version> versionIn(String printed) {
        var matcher = PRINTED.matcher(printed.strip());
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(new Version(matcher.group(1))).filter(it -> it.major() >= OLDEST);
    }

    @Override
    public boolean replicates() {
        return true;
    }

    @Override
    public Map<Path, String> configuration(
            Site site, Optional<Site> source, GroupCredentials credentials) {
        return source.map(it ->
                        PostgresConfiguration.ofReplica(
                                site, it.endpoint(), credentials.replication()))
                .orElseGet(() -> PostgresConfiguration.ofPrimary(site));
    }

    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        var password = site.folder().resolve("superuser.password");
        workbench.makeFolder(site.data());
        workbench.write(password, credentials.admin().reveal());
        try {
            workbench.run(PostgresCommands.initialise(site, password));
        } finally {
            workbench.delete(password);
        }
    }

    @Override
    public void cloneFrom(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        new PostgresClone(source, replica, credentials, workbench).make();
    }

    @Override
    public void finishClone(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        // It follows as soon as it runs.
    }

    @Override
    public void prepareToFollow(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        new PostgresFollowing(source, replica, credentials).prepare(workbench);
    }

    @Override
    public void follow(Site source, Site replica, GroupCredentials credentials) {
        new PostgresFollowing(source, replica, credentials).await();
    }

    @Override
    public void fence(Site primary, Site heir, GroupCredentials credentials, Workbench workbench) {
        new PostgresFence(primary, heir, credentials).raise(workbench);
    }

    @Override
    public void promote(Site replica, GroupCredentials credentials, Workbench workbench) {
        PostgresPromotion.of(replica.endpoint(), credentials);
    }

    @Override
    public void rekey(
            Site site, Optional<Site> source, GroupCredentials from, GroupCredentials to) {
        // A replica has its users from its source, and reads its password file whenever it
        // connects.
        if (source.isEmpty()) PostgresUsers.rekey(site.endpoint(), from, to);
    }

    @Override
    public List<String> run(Site site) {
        return PostgresCommands.run(site);
    }

    @Override
    public List<String> stop(Site site) {
        return PostgresCommands.stop(site);
    }

    @Override
    public Answer ask(Site site, GroupCredentials credentials) {
        return PostgresAnswer.of(site.endpoint(), credentials);
    }

    @Override
    public Answer greet(Endpoint endpoint, GroupCredentials credentials) {
        return PostgresAnswer.toGuest(endpoint, credentials);
    }

    @Override
    public void admit(Site site, GroupCredentials credentials) {
        PostgresUsers.admit(site.endpoint(), credentials);
    }

    @Override
    public void forget(Endpoint primary, Site replica) {
        PostgresSlot.of(replica.server())
                .drop(primary, PostgresConfiguration.passwordFile(replica));
    }

    @Override
    public boolean cannotFollow(List<String> log) {
        return log.stream().anyMatch(it -> IN_VAIN.matcher(it).find());
    }

    @Override
    public List<String> meaningful(List<String> log) {
        var complaints = log.stream().filter(it -> COMPLAINT.matcher(it).find()).toList();
        return complaints.isEmpty() ? log : complaints;
    }
}
