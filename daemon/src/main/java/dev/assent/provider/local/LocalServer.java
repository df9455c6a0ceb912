package dev.assent.provider.local;

import dev.assent.engine.Answer;
import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.engine.Site;
import dev.assent.log.Redaction;
import dev.assent.model.GroupCredentials;
import dev.assent.provider.Health;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    /// Starts it unless it runs, and waits until it answers. One that does not answer in time is
    /// left running: it may be mending what a crash has left.
    void start(GroupCredentials credentials) throws IOException {
        var log = folder.log();
        var found = process();
        if (found.isEmpty()) log.turn();
        var before = log.length();
        try {
            var process = found.isPresent() ? found.get() : running.launch(folder, site, adapter);
            if (!record.process().equals(Optional.of(process))) {
                folder.write(record.running(process));
            }
            running.awaitAnswer(process, site, adapter, credentials, false);
        } catch (ProviderException e) {
            throw new ProviderException(e.getMessage() + lastWords(before), e);
        }
    }

    /// Waits until it has nothing to complain of: until a replica follows.
    void awaitSound(GroupCredentials credentials) {
        var process =
                process()
                        .orElseThrow(() ->
                                new ProviderException("the server ended right after its start"));
        running.awaitAnswer(process, site, adapter, credentials, true);
    }

    /// Records that it is built: from now on it is kept.
    void finish() throws IOException {
        var now = folder.read().orElseThrow(() -> new ProviderException("its record has vanished"));
        folder.write(now.finished());
    }

    /// Stops it, and ends whatever else works on its data.
    void stop() throws IOException {
        running.release(folder);
        process().ifPresent(it -> running.stop(it, site, adapter));
        running.on(site.data()).forEach(running::end);
    }

    /// What can be seen of it now.
    Health health(GroupCredentials credentials) {
        if (!record.built()) return Health.missing("it is half built; its plan can be resumed");
        if (!Files.exists(site.data())) return Health.missing("there is no " + site.data());
        var process = process();
        if (process.isEmpty()) {
            return new Health(
                    Health.State.STOPPED,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.of(
                            running.lastSeen(folder)
                                    .orElse("it is built, and no process of it lives")));
        }
        try {
            var answer = adapter.ask(site, credentials);
            return seen(Health.State.RUNNING, process.get(), Optional.of(answer), answer.trouble());
        } catch (EngineException e) {
            return seen(
                    Health.State.UNREACHABLE,
                    process.get(),
                    Optional.empty(),
                    Optional.of(e.getMessage()));
        }
    }

    private static Health seen(
            Health.State state,
            ServerProcess process,
            Optional<Answer> answer,
            Optional<String> trouble) {
        return new Health(
                state,
                OptionalLong.of(process.pid()),
                process.since(),
                answer,
                trouble,
                List.of(),
                OptionalLong.empty());
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
