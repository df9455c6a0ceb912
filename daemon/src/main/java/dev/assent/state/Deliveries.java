package dev.assent.state;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The webhooks that came in lately, so that one that is sent again does nothing. Only so many are
/// remembered: who sends an older one again gains one look at a repository.
public final class Deliveries {

    static final Duration REMEMBERED = Duration.ofDays(7);
    static final int MOST = 10_000;

    private final Database database;
    private final InstantSource clock;

    Deliveries(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Writes down a webhook.
    ///
    /// @param marks what tells it from others: its sender's id of it, its body; as hashes
    /// @return whether none of the marks was known
    public boolean isNew(String repository, List<String> marks) {
        return database.write(handle -> {
            var now = clock.instant().getEpochSecond();
            forget(handle, now);
            var fresh = 0;
            for (var mark : marks) fresh += insert(handle, repository, mark, now);
            return fresh == marks.size();
        });
    }

    private static int insert(Handle handle, String repository, String mark, long now) {
        return handle.createUpdate(
                        """
                        INSERT INTO delivery (repository, mark, at)
                        VALUES (:repository, :mark, :now)
                        ON CONFLICT DO NOTHING\
                        """)
                .bind("repository", repository)
                .bind("mark", mark)
                .bind("now", now)
                .execute();
    }

    private static void forget(Handle handle, long now) {
        handle.createUpdate(
                        """
                        DELETE FROM delivery
                         WHERE at < :oldest
                            OR number <= (SELECT max(number) FROM delivery) - :most\
                        """)
                .bind("oldest", now - REMEMBERED.toSeconds())
                .bind("most", MOST)
                .execute();
    }
}
