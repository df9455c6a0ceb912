package dev.assent.state;

import dev.assent.state.Outbox.Draft;
import dev.assent.state.Outbox.Letter;
import dev.assent.state.Outbox.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// The letters inside one transaction.
record LetterRows(Handle handle) {

    /// A letter, and what the last one of its slot became.
    private static final String LETTER =
            """
            SELECT letter.*, (SELECT earlier.remote
                                FROM letter earlier
                               WHERE earlier.recipient = letter.recipient
                                 AND earlier.slot = letter.slot AND earlier.state = 'sent'
                               ORDER BY earlier.id DESC
                               LIMIT 1) AS last_remote
              FROM letter
            """;

    /// What can be sent now. While one of its slot is being sent, a newer one waits for how that
    /// ends.
    private static final String CAN_BE_SENT =
            """
             WHERE state = 'waiting'
               AND NOT EXISTS (SELECT 1
                                 FROM letter other
                                WHERE other.recipient = letter.recipient
                                  AND other.slot = letter.slot AND other.state = 'sending')
               AND NOT EXISTS (SELECT 1
                                 FROM recipient
                                WHERE name = letter.recipient
                                  AND rtrim(paused_until, 'Z') > rtrim(:now, 'Z'))
            """;

    /// The last letter of a slot.
    private record Last(String kind, String body, boolean sent, boolean uncertain) {

        private boolean says(Draft draft) {
            return kind.equals(draft.kind()) && body.equals(draft.body());
        }
    }

    /// Puts a letter, unless its slot said the same last.
    ///
    /// @return whether there is a new letter
    boolean put(Draft draft, Instant now) {
        var last = last(draft);
        if (last.filter(it -> it.says(draft)).isPresent()) return false;
        bound(
                        "DELETE FROM letter WHERE recipient = :to AND slot = :slot AND state = 'waiting'",
                        draft)
                .execute();
        // What nobody knows of the one before holds for this one.
        var uncertain = last.filter(it -> !it.sent() && it.uncertain()).isPresent();
        bound(
                        """
                        INSERT INTO letter (recipient, slot, kind, body, uncertain, put_at)
                        VALUES (:to, :slot, :kind, :body, :uncertain, :now)\
                        """,
                        draft)
                .bind("kind", draft.kind())
                .bind("body", draft.body())
                .bind("uncertain", uncertain)
                .bind("now", now.toString())
                .execute();
        return true;
    }

    private Optional<Last> last(Draft draft) {
        return handle.createQuery(
                        """
                        SELECT kind, body, state, uncertain
                          FROM letter
                         WHERE recipient = :to AND slot = :slot
                         ORDER BY id DESC
                         LIMIT 1\
                        """)
                .bind("to", draft.to())
                .bind("slot", draft.slot())
                .map((row, _) ->
                        new Last(
                                row.getString("kind"),
                                row.getString("body"),
                                row.getString("state").equals("sent"),
                                row.getBoolean("uncertain")))
                .findOne();
    }

    private Update bound(String sql, Draft draft) {
        return handle.createUpdate(sql).bind("to", draft.to()).bind("slot", draft.slot());
    }

    List<Letter> due(int limit, Instant now) {
        var fair =
                """
                SELECT *
                  FROM (SELECT it.*, row_number() OVER (PARTITION BY recipient ORDER BY id) AS place
                          FROM (%s) it) placed
                 ORDER BY place, id
                 LIMIT :limit\
                """
                        .formatted(LETTER + CAN_BE_SENT);
        return handle
                .createQuery(fair)
                .bind("now", now.toString())
                .bind("limit", limit)
                .map((row, _) -> letter(row))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Letter::id))
                .toList();
    }

    Optional<Letter> next(String to, Instant now) {
        return handle.createQuery(LETTER + CAN_BE_SENT + " AND recipient = :to ORDER BY id LIMIT 1")
                .bind("now", now.toString())
                .bind("to", to)
                .map((row, _) -> letter(row))
                .findOne();
    }

    List<Letter> interrupted() {
        return handle.createQuery(LETTER + " WHERE state = 'sending' ORDER BY id")
                .map((row, _) -> letter(row))
                .list();
    }

    boolean sending(Letter letter) {
        return handle.createUpdate(
                                """
                                UPDATE letter
                                   SET state = 'sending', attempts = attempts + 1
                                 WHERE id = :id AND state = 'waiting'\
                                """)
                        .bind("id", letter.id())
                        .execute()
                == 1;
    }

    void sent(Letter letter, Optional<String> remote, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE letter
                           SET state = 'sent', uncertain = 0, why = NULL, remote = :remote,
                               ended_at = :now
                         WHERE id = :id\
                        """)
                .bind("id", letter.id())
                .bind("remote", remote)
                .bind("now", now.toString())
                .execute();
    }

    /// It waits again; unless a newer one was put meanwhile, which then takes its place.
    void failed(Letter letter, boolean uncertain, String why) {
        var unknown = uncertain || letter.uncertain();
        if (handOver(letter, unknown)) {
            handle.createUpdate("DELETE FROM letter WHERE id = :id")
                    .bind("id", letter.id())
                    .execute();
            return;
        }
        handle.createUpdate(
                        """
                        UPDATE letter
                           SET state = 'waiting', uncertain = :uncertain, why = :why
                         WHERE id = :id AND state IN ('waiting', 'sending')\
                        """)
                .bind("id", letter.id())
                .bind("uncertain", unknown)
                .bind("why", why)
                .execute();
    }

    void givenUp(Letter letter, String why, Instant now) {
        handOver(letter, letter.uncertain());
        handle.createUpdate(
                        """
                        UPDATE letter
                           SET state = 'given_up', why = :why, ended_at = :now
                         WHERE id = :id AND state IN ('waiting', 'sending')\
                        """)
                .bind("id", letter.id())
                .bind("why", why)
                .bind("now", now.toString())
                .execute();
    }

    /// Tells a newer letter of the slot what is not known of this one.
    ///
    /// @return whether there is a newer one
    private boolean handOver(Letter letter, boolean uncertain) {
        return handle.createUpdate(
                                """
                                UPDATE letter
                                   SET uncertain = CASE uncertain WHEN 1 THEN 1 ELSE :uncertain END
                                 WHERE recipient = :to AND slot = :slot AND id > :id
                                   AND state = 'waiting'\
                                """)
                        .bind("to", letter.to())
                        .bind("slot", letter.slot())
                        .bind("id", letter.id())
                        .bind("uncertain", uncertain)
                        .execute()
                > 0;
    }

    Optional<String> remote(String to, String slot) {
        return handle.createQuery(
                        """
                        SELECT remote
                          FROM letter
                         WHERE recipient = :to AND slot = :slot AND state = 'sent'
                         ORDER BY id DESC
                         LIMIT 1\
                        """)
                .bind("to", to)
                .bind("slot", slot)
                .map((row, _) -> Optional.ofNullable(row.getString("remote")))
                .findOne()
                .flatMap(it -> it);
    }

    Optional<Instant> putAt(Letter letter) {
        return handle.createQuery("SELECT put_at FROM letter WHERE id = :id")
                .bind("id", letter.id())
                .mapTo(String.class)
                .findOne()
                .map(Instant::parse);
    }

    List<Trouble> troubles(int limit) {
        return handle.createQuery(
                        LETTER
                                + """
                                 WHERE (state = 'given_up' OR state = 'waiting' AND attempts > 0)
                                   AND NOT EXISTS (SELECT 1
                                                     FROM letter newer
                                                    WHERE newer.recipient = letter.recipient
                                                      AND newer.slot = letter.slot
                                                      AND newer.id > letter.id)
                                 ORDER BY id DESC
                                 LIMIT :limit\
                                """)
                .bind("limit", limit)
                .map((row, _) ->
                        new Trouble(
                                letter(row),
                                row.getString("state").equals("given_up"),
                                Optional.ofNullable(row.getString("why")).orElse(""),
                                Instant.parse(row.getString("put_at"))))
                .list();
    }

    void drop(Instant endedBefore) {
        handle.createUpdate(
                        """
                        DELETE FROM letter
                         WHERE rtrim(ended_at, 'Z') < rtrim(:before, 'Z')
                           AND EXISTS (SELECT 1
                                         FROM letter newer
                                        WHERE newer.recipient = letter.recipient
                                          AND newer.slot = letter.slot AND newer.id > letter.id
                                          AND (newer.state = 'sent' OR letter.state = 'given_up'))\
                        """)
                .bind("before", endedBefore.toString())
                .execute();
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getLong("id"),
                row.getString("recipient"),
                row.getString("slot"),
                row.getString("kind"),
                row.getString("body"),
                row.getInt("attempts"),
                row.getBoolean("uncertain"),
                Optional.ofNullable(row.getString("last_remote")));
    }
}
