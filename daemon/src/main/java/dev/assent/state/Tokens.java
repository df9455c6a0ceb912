package dev.assent.state;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// The tokens that people and programs sign in with. Each is told once, when it is made; what stays
/// is its hash.
public final class Tokens {

    private static final RowMapper<StoredToken> TOKEN =
            (row, _) ->
                    new StoredToken(
                            row.getString("name"),
                            row.getString("person"),
                            TokenScope.of(row.getString("scope")).orElseThrow(),
                            row.getString("created_by"),
                            Instant.parse(row.getString("created_at")),
                            Instant.parse(row.getString("expires_at")),
                            Optional.ofNullable(row.getString("revoked_at")).map(Instant::parse),
                            Optional.ofNullable(row.getString("last_used")).map(LocalDate::parse));

    private final Database database;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Tokens(Database database, Audit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Makes a token, and says in the audit trail who did.
    ///
    /// @param name what no other token that was not revoked is called
    /// @param person who speaks with it
    public TokenIssue create(
            String name, String person, TokenScope scope, Duration valid, String who) {
        var text = TokenText.generate(random);
        return database.write(handle -> {
            if (named(handle, name).isPresent()) {
                return new TokenIssue.Refused(
                        "there is a token `%s` already; give this one another name, or revoke that one: assent token revoke %s"
                                .formatted(name, name));
            }
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            var token =
                    new StoredToken(
                            name,
                            person,
                            scope,
                            who,
                            now,
                            now.plus(valid),
                            Optional.empty(),
                            Optional.empty());
            insert(handle, token, TokenText.hash(text.reveal()));
            audit.append(
                    handle,
                    who,
                    "token.created",
                    "%s, with which %s may %s until %s"
                            .formatted(name, person, scope.word(), token.expiresAt()));
            return new TokenIssue.Issued(token, text);
        });
    }

    private static void insert(Handle handle, StoredToken token, String hash) {
        handle.createUpdate(
                        """
                        INSERT INTO token
                               (name, person, scope, hash, created_by, created_at, expires_at)
                        VALUES (:name, :person, :scope, :hash, :by, :at, :expires)\
                        """)
                .bind("name", token.name())
                .bind("person", token.person())
                .bind("scope", token.scope().word())
                .bind("hash", hash)
                .bind("by", token.createdBy())
                .bind("at", token.createdAt().toString())
                .bind("expires", token.expiresAt().toString())
                .execute();
    }

    /// Those that were not revoked, by name; they may have expired.
    public List<StoredToken> all() {
        return database.read(handle ->
                handle.createQuery("SELECT * FROM token WHERE revoked_at IS NULL ORDER BY name")
                        .map(TOKEN)
                        .list());
    }

    /// Makes a token worthless, and says in the audit trail who did.
    ///
    /// @return the token; empty where none of that name is left
    public Optional<StoredToken> revoke(String name, String who) {
        return database.write(handle -> {
            var token = named(handle, name);
            token.ifPresent(it -> {
                handle.createUpdate(
                                """
                                UPDATE token
                                   SET revoked_at = :now
                                 WHERE name = :name AND revoked_at IS NULL\
                                """)
                        .bind("now", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                        .bind("name", name)
                        .execute();
                audit.append(handle, who, "token.revoked", "%s of %s".formatted(name, it.person()));
            });
            return token;
        });
    }

    /// What a text is that somebody signs in with; that a token was used is noted, once a day.
    public Recognised recognise(String text) {
        var hash = TokenText.hash(text);
        var found = database.read(handle -> hashed(handle, hash));
        if (found.isEmpty()) return new Recognised.Unknown();
        var token = found.get();
        if (token.revokedAt().isPresent()) {
            return new Recognised.Revoked(token.name(), token.revokedAt().get());
        }
        if (token.hasExpired(clock.instant())) {
            return new Recognised.Expired(token.name(), token.expiresAt());
        }
        noteUse(token, hash);
        return new Recognised.Valid(token);
    }

    private void noteUse(StoredToken token, String hash) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (token.lastUsed().equals(Optional.of(today))) return;
        database.change(handle ->
                handle.createUpdate("UPDATE token SET last_used = :today WHERE hash = :hash")
                        .bind("today", today.toString())
                        .bind("hash", hash)
                        .execute());
    }

    private static Optional<StoredToken> named(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM token WHERE name = :name AND revoked_at IS NULL")
                .bind("name", name)
                .map(TOKEN)
                .findOne();
    }

    private static Optional<StoredToken> hashed(Handle handle, String hash) {
        return handle.createQuery("SELECT * FROM token WHERE hash = :hash")
                .bind("hash", hash)
                .map((row, context) ->
                        // Once more in constant time: what an index compares is not our making.
                        TokenText.isHash(hash, row.getString("hash"))
                                ? Optional.of(TOKEN.map(row, context))
                                : Optional.<StoredToken>empty())
                .findOne()
                .flatMap(it -> it);
    }
}
