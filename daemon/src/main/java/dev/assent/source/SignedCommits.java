package dev.assent.source;

import java.util.Optional;
import java.util.regex.Pattern;

/// The requirement that every commit of a branch be signed by a known person.
///
/// @param since a commit that is trusted with all that lies beneath it; else what a repository's
///   first look finds beneath its head is
public record SignedCommits(Optional<String> since) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /// @throws IllegalArgumentException if that is no commit's id
    public SignedCommits {
        since.ifPresent(it -> {
            if (!COMMIT.matcher(it).matches()) {
                throw new IllegalArgumentException(
                        "`signed_since` names a commit by its whole id, 40 hexadecimal digits.");
            }
        });
    }
}
