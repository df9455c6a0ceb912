package dev.assent.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;

/// A file as it was, and what two sides made of it; empty where there is none.
record ThreeWay(Optional<byte[]> before, Optional<byte[]> ours, Optional<byte[]> theirs) {

    private static final List<String> SIDES = List.of("before", "ours", "theirs");

    sealed interface Outcome {}

    /// The merged file; empty where it is gone.
    record Took(Optional<byte[]> content) implements Outcome {}

    /// Both changed the same lines, or one changed what the other took away.
    record Conflicting() implements Outcome {}

    Outcome merge() throws IOException {
        if (same(ours, before) || same(ours, theirs)) return new Took(theirs);
        if (same(theirs, before)) return new Took(ours);
        if (before.isEmpty() || ours.isEmpty() || theirs.isEmpty()) return new Conflicting();
        var lines =
                new MergeAlgorithm()
                        .merge(
                                RawTextComparator.DEFAULT,
                                new RawText(before.get()),
                                new RawText(ours.get()),
                                new RawText(theirs.get()));
        if (lines.containsConflicts()) return new Conflicting();
        var merged = new ByteArrayOutputStream();
        new MergeFormatter().formatMerge(merged, lines, SIDES, StandardCharsets.UTF_8);
        return new Took(Optional.of(merged.toByteArray()));
    }

    static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return Arrays.equals(one.orElse(null), other.orElse(null));
    }
}
