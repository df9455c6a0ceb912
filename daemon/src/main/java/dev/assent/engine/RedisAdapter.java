package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/// Redis 6.2 and newer, and Valkey, which is Redis under another name. Needs nothing but the
/// server's program: a replica copies its source by itself, and a signal stops it in order.
final class RedisAdapter implements EngineAdapter {

    /// The first one whose access lists know channels.
    private static final Version OLDEST = new Version("6.2");

    private static final Pattern PLAIN_LINE = Pattern.compile("\\d+:[A-Z] .*");
    private static final Pattern COMPLAINT = Pattern.compile("\\d+:[A-Z] [^*#]* # (?<says>.*)");

    /// Warnings that every start gives. `#` was the sign of whatever mattered before there were so
    /// many of them.
    private static final Pattern USUAL =
            Pattern.compile(
                    "oO0O.*|(Redis|Valkey) version=.*|Configuration loaded|Server initialized"
                            + "|WARNING:? (Memory overcommit|The TCP backlog|overcommit_memory|you have Transparent).*"
                            + "|User requested shutdown.*|.* is now ready to exit, bye bye.*");

    private final String program;
    private final Pattern printed;

    private RedisAdapter(String program, String name) {
        this.program = program;
        this.printed = Pattern.compile(name + " server v=(\\d+(?:\\.\\d+)+)(?:\\s.*)?");
    }

    static RedisAdapter ofRedis() {
        return new RedisAdapter("redis-server", "Redis");
    }

    static RedisAdapter ofValkey() {
        return new RedisAdapter("valkey-server", "Valkey");
    }

    @Override
    public String program() {
        return program;
    }

    /// `Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=…`.
    @Override
    public Optional<Version> versionIn(String text) {
        var matcher = printed.matcher(text.strip());
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(new Version(matcher.group(1))).filter(it -> it.compareTo(OLDEST) >= 0);
    }

    @Override
    public boolean replicates() {
        return true;
    }

    @Override
    public Map<Path, String> configuration(
            Site site, Optional<Site> source, GroupCredentials credentials) {
        return RedisConfiguration.of(site, source, credentials);
    }

    /// The server makes its files and the users of its configuration itself.
    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        workbench.makeFolder(site.data());
    }

    /// It begins with nothing, and gets all that its source has when it first follows.
    @Override
    public void cloneFrom(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        workbench.makeFolder(replica.data());
    }

    @Override
    public void finishClone(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        RedisReplication.awaitCopy(replica, credentials);
    }

    @Override
    public void prepareToFollow(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        // Its configuration says whom it follows, and what it lacks it asks for.
    }

    @Override
    public void follow(Site source, Site replica, GroupCredentials credentials) {
        RedisReplication.awaitCopy(replica, credentials);
    }

    @Override
    public List<String> run(Site site) {
        return List.of(
                site.program(program),
                RedisConfiguration.file(site).toString(),
                "--dir",
                site.data().toString());
    }

    /// It flushes what it has and ends; no program of its own is needed for that.
    @Override
    public Stop stop(Site site) {
        return new Stop.Signal();
    }

    @Override
    public Answer ask(Site site, GroupCredentials credentials) {
        var state = state(site, credentials);
        if (state.loads()) throw new EngineException(site.endpoint() + " still reads its data");
        return state.answer();
    }

    static RedisState state(Site site, GroupCredentials credentials) {
        return RedisConnection.asAdmin(
                site.endpoint(), credentials, "ask", redis -> RedisState.of(redis.info()));
    }

    @Override
    public Answer greet(Endpoint endpoint, GroupCredentials credentials) {
        var state =
                RedisConnection.asGuest(
                        endpoint, credentials, "ask", redis -> RedisState.of(redis.info()));
        return new Answer(
                state.version(),
                state.isReplica(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// There are no databases to make: an application has the numbered ones, as it always had.
    @Override
    public void admit(Site site, GroupCredentials credentials) {
        var application = RedisUsers.application(site.version(), credentials);
        RedisConnection.asAdmin(
                site.endpoint(),
                credentials,
                "admit the application",
                redis ->
                        redis.aclSetUser(
                                application.name(), application.rules().toArray(String[]::new)));
    }

    @Override
    public void fence(Site primary, Site heir, GroupCredentials credentials, Workbench workbench) {
        RedisReplication.fence(primary, heir, credentials);
    }

    @Override
    public void promote(Site replica, GroupCredentials credentials, Workbench workbench) {
        RedisConnection.asAdmin(
                replica.endpoint(), credentials, "promote", redis -> redis.replicaofNoOne());
    }

    /// Each server has users of its own, replicas too. Whoever has signed in stays; a replica signs
    /// in anew, so that a wrong password shows now and not when the connection next breaks.
    @Override
    public void rekey(
            Site site, Optional<Site> source, GroupCredentials from, GroupCredentials to) {
        var known = knows(site, to) ? to : from;
        RedisConnection.asAdmin(
                site.endpoint(),
                known,
                "give new passwords",
                redis -> {
                    for (var user : RedisUsers.all(site.version(), to)) {
                        redis.aclSetUser(user.name(), user.rules().toArray(String[]::new));
                    }
                    if (source.isPresent()) {
                        redis.configSet("masteruser", RedisUsers.REPLICATION);
                        redis.configSet("masterauth", to.replication().reveal());
                        redis.clientKill(new ClientKillParams().type(ClientType.MASTER));
                    }
                    return site;
                });
    }

    private static boolean knows(Site site, GroupCredentials credentials) {
        try {
            return !RedisConnection.asAdmin(
                            site.endpoint(), credentials, "sign in", redis -> redis.ping())
                    .isEmpty();
        } catch (EngineException e) {
            return false;
        }
    }

    @Override
    public void forget(Endpoint primary, Site replica) {
        // A source keeps nothing for a replica that is gone.
    }

    /// What cannot be read in a configuration is told without the usual beginning of a line.
    @Override
    public List<String> meaningful(List<String> log) {
        var complaints =
                log.stream()
                        .filter(line -> !line.isBlank())
                        .filter(line -> {
                            var matcher = COMPLAINT.matcher(line);
                            return matcher.matches()
                                    ? !USUAL.matcher(matcher.group("says")).matches()
                                    : !PLAIN_LINE.matcher(line).matches();
                        })
                        .toList();
        return complaints.isEmpty() ? log : complaints;
    }
}
