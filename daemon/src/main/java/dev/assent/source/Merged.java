package dev.assent.source;

import dev.assent.source.Poll.Gone;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a branch's manifests would be, were heads beside it merged into it.
public sealed interface Merged {

    /// The branch has all of it already.
    record Contained() implements Merged {}

    /// They can't be merged by themselves.
    ///
    /// @param why a sentence that names the manifests
    record Conflict(String why) implements Merged {}

    /// They can.
    ///
    /// @param changed the manifests of the last head's own changes, as they would be
    /// @param gone those that it takes away
    /// @param authors who made its commits: `email:ada@example.org`, and who signed, `signer:ada`
    record Clean(List<ManifestFile> changed, List<Gone> gone, SortedSet<String> authors)
            implements Merged {

        public Clean {
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
            authors = Collections.unmodifiableSortedSet(new TreeSet<>(authors));
        }
    }
}
