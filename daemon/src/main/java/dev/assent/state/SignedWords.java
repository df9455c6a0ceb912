package dev.assent.state;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.state.SignedWord.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// What signed commits and tags said to plans. Each object speaks once to each plan.
public final class SignedWords {

    private static final RowMapper<SignedWord> WORD =
            (row, _) ->
                    new SignedWord(
                            row.getString("object"),
                            Digest.parse(row.getString("digest")),
                            row.getString("repository"),
                            row.getString("ref"),
                            row.getString("kind"),
                            row.getString("content"),
                            Optional.of(row.getString("who")).filter(it -> !it.isEmpty()),
                            Outcome.of(row.getString("outcome")),
                            row.getString("detail"),
                            Instant.parse(row.getString("at")));

    private final Database database;
    private final Audit audit;

    SignedWords(Database database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /// The objects of a kind that were looked at already, wherever they were found.
    public Set<String> objects(String kind) {
        return database.read(handle ->
                handle
                        .createQuery("SELECT DISTINCT object FROM signed_word WHERE kind = :kind")
                        .bind("kind", kind)
                        .mapTo(String.class)
                        .stream()
                        .collect(toUnmodifiableSet()));
    }

    /// What nothing came of yet, in the order in which it was found.
    public List<SignedWord> open(String repository) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT *
                                  FROM signed_word
                                 WHERE repository = :repository
                                   AND outcome IN ('waiting', 'asked')
                                 ORDER BY rowid\
                                """)
                        .bind("repository", repository)
                        .map(WORD)
                        .list());
    }

    /// What counted for a proposal of its plan that ended, while the plan waits once more.
    public List<SignedWord> outlived(String repository) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT signed_word.*
                                  FROM signed_word JOIN plan USING (digest)
                                 WHERE signed_word.repository = :repository
                                   AND signed_word.outcome = 'counted'
                                   AND plan.state = 'proposed'
                                   AND rtrim(plan.proposed_at, 'Z') > rtrim(signed_word.at, 'Z')
                                 ORDER BY signed_word.rowid\
                                """)
                        .bind("repository", repository)
                        .map(WORD)
                        .list());
    }

    /// Another object with the very same words, signed by the same person, that counted for the
    /// same plan.
    public Optional<String> original(SignedWord copy) {
        return database.read(handle ->
                handle.createQuery(
                                """
                                SELECT object
                                  FROM signed_word
                                 WHERE content = :content AND object <> :object
                                   AND digest = :digest AND who = :who
                                   AND outcome IN ('asked', 'counted', 'replayed')
                                 ORDER BY rowid
                                 LIMIT 1\
                                """)
                        .bind("content", copy.content())
                        .bind("object", copy.object())
                        .bind("digest", digest(copy))
                        .bind("who", copy.who().orElse(""))
                        .mapTo(String.class)
                        .findOne());
    }

    /// Notes what was found; what is known already stays as it is.
    public void found(List<SignedWord> words) {
        database.change(handle -> words.forEach(it -> insert(handle, it)));
    }

    private static void insert(Handle handle, SignedWord word) {
        handle.createUpdate(
                        """
                        INSERT INTO signed_word (object, digest, repository, ref, kind, content,
                                                 who, outcome, detail, at)
                        VALUES (:object, :digest, :repository, :ref, :kind, :content,
                                :who, :outcome, :detail, :at)
                        ON CONFLICT (object, digest) DO NOTHING\
                        """)
                .bind("object", word.object())
                .bind("digest", digest(word))
                .bind("repository", word.repository())
                .bind("ref", word.ref())
                .bind("kind", word.kind())
                .bind("content", word.content())
                .bind("who", word.who().orElse(""))
                .bind("outcome", word.outcome().word())
                .bind("detail", word.detail())
                .bind("at", word.at().toString())
                .execute();
    }

    /// Notes what came of it.
    public void became(SignedWord word) {
        database.change(handle -> update(handle, word));
    }

    /// Notes that it was refused, in the audit trail too.
    ///
    /// @param plan that it speaks to, where that is known
    /// @param application whose plan that is
    /// @return false where that was known before
    public boolean refused(
            SignedWord word, Optional<Digest> plan, Optional<ApplicationName> application) {
        return database.write(handle -> {
            insert(handle, word.became(Outcome.WAITING, "", word.at()));
            if (update(handle, word) == 0) return false;
            audit.append(
                    handle,
                    word.who().orElse("somebody unknown"),
                    "plan.refused",
                    application,
                    word.digest().or(() -> plan),
                    word.detail());
            return true;
        });
    }

    /// What was refused stays so.
    private static int update(Handle handle, SignedWord word) {
        return handle.createUpdate(
                        """
                        UPDATE signed_word
                           SET outcome = :outcome, detail = :detail, at = :at
                         WHERE object = :object AND digest = :digest
                           AND outcome NOT IN ('refused', 'replayed')\
                        """)
                .bind("outcome", word.outcome().word())
                .bind("detail", word.detail())
                .bind("at", word.at().toString())
                .bind("object", word.object())
                .bind("digest", digest(word))
                .execute();
    }

    private static String digest(SignedWord word) {
        return word.digest().map(Digest::toString).orElse("");
    }
}
