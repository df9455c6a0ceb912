package dev.assent.source;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Who made commits, as far as Git knows: the e-mail addresses of authors and committers. Whoever
/// only merged is left out.
final class Authors {

    /// Far more than anybody proposes in one go; of more, the newest count.
    private static final int MOST = 1000;

    private Authors() {}

    /// @param since empty, or not to be had any more: only the head's own commit counts
    static SortedSet<String> of(
            RevWalk commits, Optional<String> since, String head, String path)
            throws IOException {
        var newer = commits.parseCommit(ObjectId.fromString(head));
        var older = since.isPresent() ? commit(commits, since.get()) : Optional.<RevCommit>empty();
        if (older.isPresent()) {
            var touching = AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF);
            return between(commits, older.get(), newer, touching);
        }
        var authors = new TreeSet<String>();
        add(newer, authors);
        return authors;
    }

    /// Of the commits that a head has and a branch has not.
    static SortedSet<String> between(RevWalk commits, RevCommit branch, RevCommit head)
            throws IOException {
        return between(commits, branch, head, TreeFilter.ALL);
    }

    private static SortedSet<String> between(
            RevWalk commits, RevCommit branch, RevCommit head, TreeFilter touching)
            throws IOException {
        var authors = new TreeSet<String>();
        commits.reset();
        commits.setRevFilter(RevFilter.NO_MERGES);
        commits.setTreeFilter(touching);
        try {
            commits.markStart(head);
            commits.markUninteresting(branch);
            var count = 0;
            for (var it : commits) {
                if (count++ == MOST) break;
                add(it, authors);
            }
        } finally {
            commits.reset();
            commits.setRevFilter(RevFilter.ALL);
            commits.setTreeFilter(TreeFilter.ALL);
        }
        return authors;
    }

    private static Optional<RevCommit> commit(RevWalk commits, String id) throws IOException {
        try {
            return Optional.of(commits.parseCommit(ObjectId.fromString(id)));
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    private static void add(RevCommit commit, Set<String> authors) {
        Stream.of(commit.getAuthorIdent(), commit.getCommitterIdent())
                .filter(Objects::nonNull)
                .map(it -> it.getEmailAddress().strip().toLowerCase(Locale.ROOT))
                .filter(it -> !it.isEmpty())
                .forEach(authors::add);
    }
}
