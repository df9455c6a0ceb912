package dev.assent.provider.local;

import dev.assent.engine.EngineAdapter;
import dev.assent.engine.Site;
import dev.assent.log.Redaction;
import dev.assent.model.GroupCredentials;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One server of this machine, of which there is a record.
record LocalServer(
        ServerFolder folder,
        ServerRecord record,
        Site site,
        EngineAdapter adapter,
        RunningServers running) {

    private static final int LINES_TO_TELL = 5;

    Optional<ServerProcess> process() {
        return running.find(record, site, adapter);
    }

    /// The same server with another record of it, which is written.
    LocalServer recorded(ServerRecord now) throws IOException {
        folder.write(now);
        return new LocalServer(folder, now, site, adapter, running);
    }

    /// The same server as it is recorded now.
    LocalServer again() throws IOException {
        var now = folder.read().orElseThrow(() -> new ProviderException("its record has vanished"));
        return new LocalServer(folder, now, site, adapter, running);
    }

    /// Starts it unless it runs, and waits until it answers. One that does not answer in time is
    /// left running: it may be mending what a crash has left.
    void start(GroupCredentials credentials) throws IOException {
        start(() -> RunningServers.missing(site, adapter, credentials, false));
    }

    /// The same for a server that may know the one passwords or the other.
    void start(GroupCredentials from, GroupCredentials to) throws IOException {
        start(() ->
                RunningServers.missing(site, adapter, to, false)
                        .flatMap(_ -> RunningServers.missing(site, adapter, from, false)));
    }

    /// Starts it for the first time, in a folder that was made for it just now: nobody can be at
    /// work there.
    void startNew(GroupCredentials credentials) throws IOException {
        start(this::launchedNew, () -> RunningServers.missing(site, adapter, credentials, false));
    }

    private void start(Supplier<Optional<String>> missing) throws IOException {
        start(this::launched, missing);
    }

    private interface Launch {
        ServerProcess process() throws IOException;
    }

    private void start(Launch launch, Supplier<Optional<String>> missing) throws IOException {
        var before = folder.log().length();
        try {
            running.await(launch.process(), missing);
        } catch (ProviderException e) {
            throw new ProviderException(e.getMessage() + lastWords(before), e);
        }
    }

    /// Starts it unless it runs, and waits for nothing.
    ServerProcess launched() throws IOException {
        var found = process();
        if (found.isEmpty()) {
            folder.log().turn();
            // Children of one that was killed hold its memory, and no other can start until then.
            running.on(site.data()).forEach(running::end);
        }
        var process = found.isPresent() ? found.get() : running.launch(folder, site, adapter);
        if (!record.process().equals(Optional.of(process))) note(process);
        return process;
    }

    private ServerProcess launchedNew() throws IOException {
        var process = running.launch(folder, site, adapter);
        note(process);
        return process;
    }

    /// Records its process.
    void note(ServerProcess process) throws IOException {
        folder.write(record.running(process));
    }

    /// Whether it was built and something is left of it: data, or those who work on it.
    boolean isThere() {
        return record.built()
                && (record.before().isPresent()
                        || Files.exists(site.data())
                        || process().isPresent());
    }

    /// Whether somebody who finds it without a process should start it: without data it would only
    /// fail.
    boolean isToRun() {
        return record.built() && !record.fenced() && Files.isDirectory(site.data());
    }

    /// Starts it, and waits until it has nothing to complain of: until a replica follows. One whose
    /// log says that it never will is not waited for.
    ///
    /// @param answered is done once it answers
    void startSoundly(GroupCredentials credentials, Runnable answered) throws IOException {
        var before = folder.log().length();
        try {
            var process = launched();
            running.await(process, () -> missing(credentials, false, before));
            answered.run();
            running.await(process, () -> missing(credentials, true, before));
        } catch (ProviderException e) {
            throw new ProviderException(e.getMessage() + lastWords(before), e);
        }
    }

    private Optional<String> missing(GroupCredentials credentials, boolean soundly, long before) {
        var missing = RunningServers.missing(site, adapter, credentials, soundly);
        if (missing.isPresent() && adapter.cannotFollow(folder.log().linesSince(before))) {
            throw new ProviderException(
                    "what it holds is no beginning of what its source holds: " + missing.get());
        }
        return missing;
    }

    /// Records that it is built: from now on it is kept.
    void finish() throws IOException {
        folder.write(again().record().finished());
    }

    /// Stops it, and ends whatever else works on its data.
    void stop() throws IOException {
        running.release(folder);
        process().ifPresent(it -> running.stop(it, site, adapter));
        running.on(site.data()).forEach(running::end);
    }

    /// Ends it and whatever else works on its data, without a word to it.
    void end() throws IOException {
        running.release(folder);
        process().ifPresent(running::end);
        running.on(site.data()).forEach(running::end);
    }

    /// What its log says since it had a length, for the end of a message, and who has its port; no
    /// password among it.
    String lastWords(long before) throws IOException {
        var lines = adapter.meaningful(folder.log().linesSince(before));
        if (lines.isEmpty()) return portTaken();
        return lines.subList(Math.max(0, lines.size() - LINES_TO_TELL), lines.size()).stream()
                .map(line -> "\n  " + Redaction.of(line))
                .collect(Collectors.joining("", portTaken() + "\nIts log says:", ""));
    }

    /// Who has the port of a server that could not start; nothing where its own process lives, or
    /// where nobody has it.
    private String portTaken() throws IOException {
        var now = folder.read().flatMap(ServerRecord::process).filter(ServerProcess::lives);
        if (now.isPresent()) return "";
        return Listeners.on(record.port())
                .map(who ->
                        "; its port %d is taken by %s: end that, or have it listen elsewhere, since this server keeps the port that its applications know"
                                .formatted(record.port(), who))
                .orElse("");
    }
}
