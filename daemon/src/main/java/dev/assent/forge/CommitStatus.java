package dev.assent.forge;

import java.net.URI;
import java.util.Optional;

/// How things stand with a commit, in one of our contexts.
///
/// @param description one line; a forge may cut it after 140 characters
/// @param target a page that tells more
public record CommitStatus(Context context, State state, String description, Optional<URI> target) {

    public enum Context {
        PLAN("assent/plan"),
        APPLY("assent/apply");

        private final String word;

        Context(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public enum State {
        PENDING,
        SUCCESS,
        FAILURE
    }

    private static final int LONGEST = 140;

    /// The description as every forge takes it.
    String shortDescription() {
        if (description.codePointCount(0, description.length()) <= LONGEST) return description;
        return description.substring(0, description.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
