package dev.assent.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Whether the record can be written, learnt by writing it: a full disk, a lost mount or a writer
/// that hangs is found by nothing less. However often it is asked for, it is written once in a few
/// seconds.
final class WriteCheck {

    private static final Duration HOLDS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Database database;
    private final InstantSource clock;
    private final Duration patience;
    private Instant checked = Instant.MIN;
    private Optional<String> trouble = Optional.empty();

    WriteCheck(Database database, InstantSource clock) {
        this(database, clock, PATIENCE);
    }

    WriteCheck(Database database, InstantSource clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /// Why it can't, in a sentence.
    synchronized Optional<String> trouble() {
        var now = clock.instant();
        if (now.isBefore(checked) || now.minus(HOLDS).isAfter(checked)) {
            trouble =
                    database.trouble(
                            patience,
                            handle ->
                                    handle.createUpdate(
                                                    """
                                                    INSERT INTO writable (one, at)
                                                    VALUES (1, :at)
                                                    ON CONFLICT (one) DO UPDATE
                                                       SET at = excluded.at\
                                                    """)
                                            .bind("at", now.toString())
                                            .execute());
            checked = now;
        }
        return trouble;
    }
}
