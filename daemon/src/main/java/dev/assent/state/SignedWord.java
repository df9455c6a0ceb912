package dev.assent.state;

import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a signed commit or tag says to a plan, and what came of it.
///
/// @param object the commit's or tag's id
/// @param digest the plan; empty where none of what the object says counts
/// @param kind `commit` or `tag`
/// @param content SHA-256 of what was signed
/// @param who the person who signed; empty where nobody known did
/// @param detail why it was refused; empty where it was not
/// @param at when it was found; from [Outcome#COUNTED] on, when it counted
public record SignedWord(
        String object,
        Optional<Digest> digest,
        String repository,
        String ref,
        String kind,
        String content,
        Optional<String> who,
        Outcome outcome,
        String detail,
        Instant at) {

    /// What came of it.
    public enum Outcome {
        /// Its plan is not there yet.
        WAITING,
        /// Its plan is being decided on; after a crash it is not known whether it was.
        ASKED,
        COUNTED,
        REFUSED,
        /// It counted, and was refused for a later proposal of its plan.
        REPLAYED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// The same with another outcome.
    public SignedWord became(Outcome outcome, String detail, Instant at) {
        return new SignedWord(
                object, digest, repository, ref, kind, content, who, outcome, detail, at);
    }
}
