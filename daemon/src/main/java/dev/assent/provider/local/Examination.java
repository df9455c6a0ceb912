package dev.assent.provider.local;

import dev.assent.engine.Answer;
import dev.assent.engine.EngineException;
import dev.assent.model.GroupCredentials;
import dev.assent.provider.Health;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks at one server: its process, what it answers, its files and its disk.
///
/// @param busy whether something is being done to it, so that its files may be half written
record Examination(LocalServer server, LocalServers servers, boolean busy) {

    Health of(GroupCredentials credentials) {
        var record = server.record();
        if (!record.built()) return Health.missing("it is half built; its plan can be resumed");
        var process = server.process();
        if (!server.isThere()) return Health.missing("there is no " + server.site().data());
        if (process.isEmpty()) {
            var state = record.fenced() ? Health.State.FENCED : Health.State.STOPPED;
            return seen(state, Optional.empty(), Optional.empty(), Optional.of(why()), credentials);
        }
        try {
            var answer = server.adapter().ask(server.site(), credentials);
            return seen(
                    Health.State.RUNNING,
                    process,
                    Optional.of(answer),
                    answer.trouble(),
                    credentials);
        } catch (EngineException e) {
            return seen(
                    Health.State.UNREACHABLE,
                    process,
                    Optional.empty(),
                    Optional.of(e.getMessage()),
                    credentials);
        }
    }

    private String why() {
        if (server.record().fenced()) {
            return "it has handed over what it did, and stays stopped until it follows the server"
                    + " that does it now; resume the plan";
        }
        if (server.record().before().isPresent()) {
            return "what was being done to it has broken off; its plan can be resumed";
        }
        return server.running()
                .lastSeen(server.folder())
                .orElse("it is built, and no process of it lives");
    }

    private Health seen(
            Health.State state,
            Optional<ServerProcess> process,
            Optional<Answer> answer,
            Optional<String> detail,
            GroupCredentials credentials) {
        return new Health(
                state,
                process.map(it -> OptionalLong.of(it.pid())).orElseGet(OptionalLong::empty),
                process.flatMap(ServerProcess::since),
                answer,
                detail,
                busy || state == Health.State.FENCED ? List.of() : edited(credentials),
                free());
    }

    /// A server whose source is gone has files that nobody can tell the text of.
    private List<String> edited(GroupCredentials credentials) {
        if (server.record().before().isPresent()) return List.of();
        try {
            var source = servers.sourceOf(server.record().role());
            return server
                    .adapter()
                    .configuration(server.site(), source, credentials)
                    .entrySet()
                    .stream()
                    .filter(it -> !holds(it.getKey(), it.getValue()))
                    .map(it -> server.folder().path().relativize(it.getKey()).toString())
                    .sorted()
                    .toList();
        } catch (ProviderException | IOException e) {
            return List.of();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(file).equals(text);
        } catch (IOException e) {
            return false;
        }
    }

    private OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(server.folder().path()).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
