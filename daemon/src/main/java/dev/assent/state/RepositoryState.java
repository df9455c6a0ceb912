package dev.assent.state;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What the last look at a repository found.
///
/// @param head the commit up to which its manifests are read; stays while the repository fails
/// @param settings fingerprint of the settings that it was read with; others mean: read it anew
/// @param detail what is wrong, in a sentence; empty when nothing is
/// @param since when this condition began
public record RepositoryState(
        String name,
        Optional<String> head,
        String settings,
        Condition condition,
        Optional<String> detail,
        Instant since,
        Instant checkedAt) {

    public enum Condition {
        OK,
        EMPTY,
        BRANCH_GONE,
        /// It has commits that no known person signed; what was read before them still counts.
        UNSIGNED,
        UNREACHABLE;

        /// The word in SQL, JSON and on pages: `branch-gone`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Condition of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
