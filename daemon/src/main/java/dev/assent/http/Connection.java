package dev.assent.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the daemon is and what opens its door, as far as it could be found out.
///
/// @param url its base URL
/// @param token the token; empty when there is none to be had
/// @param noToken where a token was looked for in vain, in a few words
public record Connection(URI url, Optional<String> token, String noToken) {

    /// Where a daemon that was installed keeps its files while it runs.
    public static final Path RUN_FOLDER = Path.of("/run/assent");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Looks in this order: for the server at the option, `ASSENT_SERVER`, the run folder, the
    /// local default; for the token at `ASSENT_TOKEN`, `ASSENT_TOKEN_FILE`, the run folder. The run
    /// folder's token is for the local daemon: it is sent to no other machine.
    ///
    /// @param server the option `--server`
    /// @param run the option `--run`
    /// @param environment this process's environment variables
    public static Connection find(
            Optional<String> server, Optional<Path> run, Map<String, String> environment) {
        var runFolder = runFolder(run, environment);
        var given = server.or(() -> variable(environment, "ASSENT_SERVER"));
        var written = given.isEmpty() ? ServerFile.read(runFolder) : Optional.<URI>empty();
        var url = given.map(Connection::url).or(() -> written).orElseGet(Listen.DEFAULT::url);
        var local = written.isPresent() || LOOPBACK.contains(String.valueOf(url.getHost()));
        return variable(environment, "ASSENT_TOKEN")
                .map(it -> new Connection(url, Optional.of(it.strip()), ""))
                .orElseGet(() ->
                        variable(environment, "ASSENT_TOKEN_FILE")
                                .map(it -> withTokenOf(url, Path.of(it)))
                                .orElseGet(() ->
                                        local
                                                ? withTokenOf(url, AdminToken.file(runFolder))
                                                : without(url)));
    }

    /// The run folder that is meant: the option, `ASSENT_RUN`, or the installed daemon's.
    public static Path runFolder(Optional<Path> run, Map<String, String> environment) {
        return run.or(() -> variable(environment, "ASSENT_RUN").map(Path::of)).orElse(RUN_FOLDER);
    }

    private static Connection withTokenOf(URI url, Path file) {
        try {
            return new Connection(url, Optional.of(Files.readString(file).strip()), "");
        } catch (NoSuchFileException _) {
            return new Connection(url, Optional.empty(), file + " does not exist");
        } catch (AccessDeniedException _) {
            return new Connection(url, Optional.empty(), "you may not read " + file);
        } catch (IOException e) {
            return new Connection(url, Optional.empty(), file + ": " + e.getMessage());
        }
    }

    private static Connection without(URI url) {
        return new Connection(
                url,
                Optional.empty(),
                "the admin token of this machine is not sent to another one");
    }

    private static URI url(String text) {
        var written = text.contains("://") ? text : "http://" + text;
        try {
            var url = URI.create(written.replaceFirst("/+$", ""));
            var scheme = String.valueOf(url.getScheme());
            if (url.getHost() != null && Set.of("http", "https").contains(scheme)) return url;
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new UnreachableException(
                "`" + text + "` is not where a daemon can be; write it as http://HOST:PORT", false);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(it -> !it.isBlank());
    }

    /// The token stays out.
    @Override
    public String toString() {
        return url.toString();
    }
}
