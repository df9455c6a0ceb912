package dev.assent.doctor;

import dev.assent.http.Connection;
import dev.assent.http.Greeting;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Whether a daemon answers, is ready, and of the same version as the command line.
record DaemonCheck(Premises premises) implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String subject() {
        return "daemon";
    }

    @Override
    public Finding look() throws InterruptedException {
        var connection =
                Connection.find(
                        Optional.empty(), Optional.of(premises.run()), premises.environment());
        try {
            var greeting = Greeting.of(connection, PATIENCE);
            if (greeting.notReady().isPresent()) {
                return Finding.warning(
                        "it answers at %s, but is not ready: %s"
                                .formatted(connection.url(), greeting.notReady().get()),
                        "try again in a moment; its log says more");
            }
            return greeting.known() ? version(connection, greeting) : stranger(connection);
        } catch (IOException _) {
            return Finding.warning(
                    "none answers at " + connection.url(),
                    "systemctl start assentd, or assent daemon --config " + premises.file());
        }
    }

    private static Finding stranger(Connection connection) {
        return Finding.warning(
                "it is ready at %s, but does not take our token%s"
                        .formatted(
                                connection.url(),
                                connection.token().isPresent()
                                        ? ""
                                        : " (" + connection.noToken() + ")"),
                "run this as root or as the service's user, or set ASSENT_TOKEN_FILE");
    }

    private static Finding version(Connection connection, Greeting greeting) {
        var theirs = greeting.version().orElse("unknown");
        var ours = Greeting.ownVersion().orElse("unknown");
        if (theirs.equals(ours)) {
            return Finding.fine("ready at %s, version %s".formatted(connection.url(), theirs));
        }
        return Finding.warning(
                "it is version %s, and this command line %s".formatted(theirs, ours),
                "systemctl restart assentd: it goes on where it was, and no server stops");
    }
}
