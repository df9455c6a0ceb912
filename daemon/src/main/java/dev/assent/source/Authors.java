package dev.assent.source;

import dev.assent.source.signature.Signature;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.SignedBytes;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// Who made commits, as far as Git knows: the e-mail addresses of authors, co-authors and
/// committers (`email:ada@example.org`), and who signed (`signer:ada`). Whoever only merged is left
/// out; a merge that holds what none of the merged has is a change like any other.
final class Authors {

    /// Far more than anybody proposes in one go; of more, the newest count.
    private static final int MOST = 1000;

    private static final String EMAIL = "email:";
    private static final String SIGNER = "signer:";
    private static final String CO_AUTHOR = "co-authored-by";
    private static final Pattern ADDRESS = Pattern.compile("<([^<>]+)>");

    private final RevWalk commits;
    private final SignatureCheck check;

    Authors(RevWalk commits, SignatureCheck check) {
        this.commits = commits;
        this.check = check;
    }

    /// Of the commits that a head has and a branch has not.
    SortedSet<String> between(RevCommit branch, RevCommit head) throws IOException {
        var authors = new TreeSet<String>();
        walk(
                branch,
                head,
                commit -> {
                    if (commit.getParentCount() < 2
                            || !made(commit, TreeFilter.ANY_DIFF).isEmpty()) {
                        add(commit, authors);
                    }
                });
        return authors;
    }

    /// Of the commits that a head has and an older one has not, file by file.
    ///
    /// @param since empty, or not to be had any more: who made the head's own commit answers for
    ///   all of them
    Map<String, SortedSet<String>> of(Optional<String> since, String head, Collection<String> paths)
            throws IOException {
        var authors = new TreeMap<String, SortedSet<String>>();
        if (paths.isEmpty()) return authors;
        paths.forEach(path -> authors.put(path, new TreeSet<>()));
        var newer = commits.parseCommit(ObjectId.fromString(head));
        var older = since.isPresent() ? commit(since.get()) : Optional.<RevCommit>empty();
        if (older.isEmpty()) {
            authors.values().forEach(it -> add(newer, it));
            return authors;
        }
        var filter =
                AndTreeFilter.create(PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF);
        walk(
                older.get(),
                newer,
                commit -> {
                    for (var path : made(commit, filter)) {
                        var known = authors.get(path);
                        if (known != null) add(commit, known);
                    }
                });
        return authors;
    }

    private interface Each {
        void take(RevCommit commit) throws IOException;
    }

    private void walk(RevCommit older, RevCommit newer, Each each) throws IOException {
        commits.reset();
        try {
            commits.markStart(newer);
            commits.markUninteresting(older);
            var count = 0;
            for (var it : commits) {
                if (count++ == MOST) break;
                each.take(it);
            }
        } finally {
            commits.reset();
        }
    }

    /// The paths at which a commit has what none of its parents has.
    private Set<String> made(RevCommit commit, TreeFilter filter) throws IOException {
        var paths = new TreeSet<String>();
        try (var trees = new TreeWalk(commits.getObjectReader())) {
            trees.setRecursive(true);
            trees.setFilter(filter);
            trees.addTree(commit.getTree());
            for (var parent : commit.getParents()) trees.addTree(commits.parseTree(parent));
            while (trees.next()) {
                var own = true;
                for (var i = 1; i < trees.getTreeCount(); i++) own &= !trees.idEqual(0, i);
                if (own) paths.add(trees.getPathString());
            }
        }
        return paths;
    }

    private Optional<RevCommit> commit(String id) throws IOException {
        try {
            return Optional.of(commits.parseCommit(ObjectId.fromString(id)));
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    private void add(RevCommit commit, Set<String> authors) {
        // Addresses are what somebody says they are; a signature is whose it is.
        if (check.check(SignedBytes.ofCommit(commit.getRawBuffer()))
                instanceof Signature.Good(var person, _)) {
            authors.add(SIGNER + person);
        }
        var written =
                Stream.of(commit.getAuthorIdent(), commit.getCommitterIdent())
                        .filter(Objects::nonNull)
                        .map(it -> it.getEmailAddress());
        var named =
                Trailers.in(commit.getFullMessage()).stream()
                        .filter(it -> it.key().equals(CO_AUTHOR))
                        .flatMap(it -> ADDRESS.matcher(it.value()).results())
                        .map(it -> it.group(1));
        Stream.concat(written, named)
                .map(it -> it.strip().toLowerCase(Locale.ROOT))
                .filter(it -> !it.isEmpty())
                .map(it -> EMAIL + it)
                .forEach(authors::add);
    }
}
