package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// memcached: no data that outlives it, no users, no password, no replicas. Whoever reaches its
/// port may use it, which is why that is only this machine.
final class MemcachedAdapter implements EngineAdapter {

    private static final Pattern PRINTED = Pattern.compile("memcached (\\d+(?:\\.\\d+)+)");

    /// The group's setting: megabytes for what is cached.
    private static final String MEMORY = "memory";

    private static final Pattern MEGABYTES = Pattern.compile("[1-9][0-9]{0,6}");

    @Override
    public String program() {
        return "memcached";
    }

    @Override
    public Optional<Version> versionIn(String printed) {
        var matcher = PRINTED.matcher(printed.strip());
        return matcher.matches() ? Optional.of(new Version(matcher.group(1))) : Optional.empty();
    }

    @Override
    public boolean replicates() {
        return false;
    }

    /// All of it is on the command line.
    @Override
    public Map<Path, String> configuration(
            Site site, Optional<Site> source, GroupCredentials credentials) {
        return Map.of();
    }

    @Override
    public void initialise(Site site, GroupCredentials credentials, Workbench workbench) {
        workbench.makeFolder(site.data());
    }

    /// The port is the provider's, and so is the address: the group's `port` and `listen_ip` are
    /// for servers that have a machine of their own. The file of the process id is what tells whose
    /// process it is.
    @Override
    public List<String> run(Site site) {
        return List.of(
                site.program(program()),
                "--listen=" + site.endpoint().host(),
                "--port=" + site.endpoint().port(),
                "--udp-port=0",
                "--memory-limit=" + megabytes(site),
                "--pidfile=" + site.data().resolve("memcached.pid"));
    }

    private static long megabytes(Site site) {
        var wanted = site.specification().settings().getOrDefault(MEMORY, "");
        return MEGABYTES.matcher(wanted).matches()
                ? Long.parseLong(wanted)
                : site.size().memory() >> 20;
    }

    @Override
    public Stop stop(Site site) {
        return new Stop.Signal();
    }

    @Override
    public Answer ask(Site site, GroupCredentials credentials) {
        return greet(site.endpoint(), credentials);
    }

    @Override
    public Answer greet(Endpoint endpoint, GroupCredentials credentials) {
        return new Answer(
                MemcachedConversation.version(endpoint),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void admit(Site site, GroupCredentials credentials) {
        // Everybody is.
    }

    /// What it may have to say for itself is little: all of it matters.
    @Override
    public List<String> meaningful(List<String> log) {
        return log;
    }

    @Override
    public void rekey(
            Site site, Optional<Site> source, GroupCredentials from, GroupCredentials to) {
        // It has no passwords.
    }

    @Override
    public void cloneFrom(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        throw cannotFollow();
    }

    @Override
    public void finishClone(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        throw cannotFollow();
    }

    @Override
    public void prepareToFollow(
            Site source, Site replica, GroupCredentials credentials, Workbench workbench) {
        throw cannotFollow();
    }

    @Override
    public void follow(Site source, Site replica, GroupCredentials credentials) {
        throw cannotFollow();
    }

    @Override
    public void fence(Site primary, Site heir, GroupCredentials credentials, Workbench workbench) {
        throw cannotFollow();
    }

    @Override
    public void promote(Site replica, GroupCredentials credentials, Workbench workbench) {
        // It follows nobody.
    }

    @Override
    public void forget(Endpoint primary, Site replica) {
        throw cannotFollow();
    }

    private static EngineException cannotFollow() {
        return new EngineException("memcached has no replicas");
    }
}
