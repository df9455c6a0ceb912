package dev.assent.state;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who wants a plan: the branch, heads beside it (pull requests, other branches), what was found of
/// servers that are not as they are recorded, or none of them, where a person asked for it.
///
/// @param byBranch whether the branch itself does: what a pull request wanted is merged then
/// @param byHeads the heads that do, were they merged now
/// @param authors who made the change, as far as it is known: `email:ada@example.org`,
///   `github:ada-l`, `signer:ada`
/// @param byDrift whether it would mend what was found
public record Wanted(
        boolean byBranch, List<Head> byHeads, SortedSet<String> authors, boolean byDrift) {

    /// The usual case.
    public static final Wanted BY_BRANCH = new Wanted(true, List.of(), new TreeSet<>());

    public Wanted {
        byHeads = List.copyOf(byHeads);
        authors = Collections.unmodifiableSortedSet(new TreeSet<>(authors));
    }

    /// Of a plan that mends nothing.
    public Wanted(boolean byBranch, List<Head> byHeads, SortedSet<String> authors) {
        this(byBranch, byHeads, authors, false);
    }

    /// A head that wants a plan.
    ///
    /// @param ref `refs/pull/7/head`, `refs/heads/feature/x`
    /// @param name what people call it: `#7`, `feature/x`
    /// @param foreign whether anybody could have pushed it: it comes from a fork
    public record Head(String repository, String ref, String name, boolean foreign) {}

    /// Whether nobody but those who can push nothing here wants it.
    public boolean onlyByForeigners() {
        return !byBranch && !byHeads.isEmpty() && byHeads.stream().allMatch(Head::foreign);
    }
}
