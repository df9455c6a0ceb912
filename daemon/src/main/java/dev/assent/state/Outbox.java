package dev.assent.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What is to be told to others: put here first, sent afterwards, so that a crash at any instant
/// loses nothing, and nothing is said twice unless nobody can know whether it was said.
public final class Outbox {

    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final InstantSource clock;
    private volatile Runnable wake = () -> {};

    Outbox(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Something to be told.
    ///
    /// @param to who carries it: `forge:platform`, `notify:ops`
    /// @param slot what it is about: an unsent letter of the same `to` and `slot` is replaced by a
    ///   newer one
    /// @param attempts how often it was tried before
    /// @param uncertain whether sending began once and nobody knows how it ended (crash, timeout),
    ///   of this letter or of one that it replaced
    /// @param remote what the last letter of this slot became at the other side (a comment's id)
    public record Letter(
            long id,
            String to,
            String slot,
            String kind,
            String body,
            int attempts,
            boolean uncertain,
            Optional<String> remote) {}

    /// Something to be put into the outbox.
    public record Draft(String to, String slot, String kind, String body) {}

    /// A letter that did not get through.
    ///
    /// @param givenUp whether it is tried no more
    /// @param since when it was put into the outbox
    public record Trouble(Letter letter, boolean givenUp, String why, Instant since) {}

    /// Calls `wake` after each transaction that put a letter here.
    public void whenPut(Runnable wake) {
        this.wake = wake;
    }

    /// Puts a letter into the outbox; nothing happens where the last one of the slot (sent or not)
    /// has the same kind and body.
    public void put(String to, String slot, String kind, String body) {
        database.change(handle -> put(handle, to, slot, kind, body));
    }

    /// The same in the transaction that makes true what the letter says.
    void put(Handle handle, String to, String slot, String kind, String body) {
        if (new LetterRows(handle).put(new Draft(to, slot, kind, body), clock.instant())) {
            // Read when it is committed: whoever is woken before would find nothing.
            handle.afterCommit(() -> wake.run());
        }
    }

    /// The letters that can be sent now, oldest first, one of each slot. Where there are more than
    /// `limit`, no recipient crowds out the others.
    public List<Letter> due(int limit) {
        return database.read(handle -> new LetterRows(handle).due(limit, clock.instant()));
    }

    /// The oldest letter to a recipient that can be sent now.
    public Optional<Letter> next(String to) {
        return database.read(handle -> new LetterRows(handle).next(to, clock.instant()));
    }

    /// Written before a letter is sent.
    ///
    /// @return whether it is still to be sent: it may have been replaced since it was read
    public boolean sending(Letter letter) {
        return database.write(handle -> new LetterRows(handle).sending(letter));
    }

    /// The letter arrived, so its recipient answers.
    ///
    /// @param remote what it became at the other side; empty: what the one before it became
    public void sent(Letter letter, Optional<String> remote) {
        database.change(handle -> {
            var last = remote.or(letter::remote);
            new LetterRows(handle).sent(letter, last, clock.instant());
            new RecipientRows(handle).answers(letter.to());
        });
    }

    /// The letter was not taken; it and all others to the same recipient wait for a while.
    ///
    /// @param uncertain whether nobody knows if it arrived
    public void failed(Letter letter, Duration pause, boolean uncertain, String why) {
        database.change(handle -> {
            var now = clock.instant();
            new LetterRows(handle).failed(letter, uncertain, why);
            new RecipientRows(handle).fails(letter.to(), now, now.plus(pause));
        });
    }

    /// The letter is tried no more, and stands in the way of no other one.
    public void givenUp(Letter letter, String why) {
        database.change(handle -> new LetterRows(handle).givenUp(letter, why, clock.instant()));
    }

    /// What the last letter of this slot that was sent became at the other side.
    public Optional<String> remote(String to, String slot) {
        return database.read(handle -> new LetterRows(handle).remote(to, slot));
    }

    /// How often in a row a recipient failed.
    public int failures(String to) {
        return database.read(handle -> new RecipientRows(handle).failures(to));
    }

    /// Since when a letter could have been sent and was not: since it was put here, or since its
    /// recipient began to fail, whichever is later.
    public Instant failingSince(Letter letter) {
        return database.read(handle -> {
            var put = new LetterRows(handle).putAt(letter).orElseGet(clock::instant);
            var failing = new RecipientRows(handle).failingSince(letter.to());
            return failing.filter(put::isBefore).orElse(put);
        });
    }

    /// The letters that were given up, and those that failed and are tried again, newest first.
    public List<Trouble> troubles(int limit) {
        return database.read(handle -> new LetterRows(handle).troubles(limit));
    }

    /// Drops letters that ended long ago. The newest of each slot stays: it says what was said
    /// last, and what it became.
    public void tidy() {
        database.change(handle -> new LetterRows(handle).drop(clock.instant().minus(KEPT)));
    }

    /// The number of the last audit entry that a recipient's letters tell of. One that is new here
    /// hears of nothing that happened before.
    public long heard(String to) {
        var known = database.read(handle -> new RecipientRows(handle).heard(to));
        return known.orElseGet(() -> database.write(handle -> new RecipientRows(handle).join(to)));
    }

    /// Puts letters of what happened into the outbox, and notes up to which audit entry they tell,
    /// in one transaction: each entry is told of once.
    public void tell(String to, long upTo, List<Draft> drafts) {
        database.change(handle -> {
            drafts.forEach(it -> put(handle, it.to(), it.slot(), it.kind(), it.body()));
            new RecipientRows(handle).heard(to, upTo);
        });
    }

    /// Letters whose sending somebody began who is no more, an earlier life of the daemon or
    /// another node: whether they arrived, nobody knows. For whoever begins to send.
    public void takeUp() {
        var interrupted = database.read(handle -> new LetterRows(handle).interrupted());
        if (interrupted.isEmpty()) return;
        var why = "the daemon ended while it was sent";
        database.change(
                handle -> interrupted.forEach(it -> new LetterRows(handle).failed(it, true, why)));
    }
}
