package dev.assent.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/// A small file on a ref of its own, whose history is what was published before. It is never
/// forced: whoever would take something back has to do so in plain sight.
public final class PublishedHead {

    private static final String FILE = "head.json";

    private PublishedHead() {}

    /// Whether it can be published at a ref: one of its own, which nobody takes for a branch, a tag
    /// or a pull request.
    public static boolean isRef(String ref) {
        var others =
                List.of(Constants.R_HEADS, Constants.R_TAGS, "refs/pull/", "refs/merge-requests/");
        return org.eclipse.jgit.lib.Repository.isValidRefName(ref)
                && ref.startsWith(Constants.R_REFS)
                && others.stream().noneMatch(ref::startsWith);
    }

    static void push(Remote remote, String ref, String text, Instant at) throws IOException {
        if (!isRef(ref)) throw new IllegalArgumentException(ref + " is not ours to push to");
        try (var room = new Room();
                var git = room.git()) {
            var before = remote.fetchOne(git, ref);
            remote.push(git, commit(git, before, text, at), ref, before);
        }
    }

    static List<String> read(Remote remote, String ref) throws IOException {
        try (var room = new Room();
                var git = room.git()) {
            var head = remote.fetchOne(git, ref);
            return head.isPresent() ? texts(git, head.get()) : List.of();
        }
    }

    /// What stands at a ref of a clone, newest first.
    public static List<String> inClone(Path folder, String ref) {
        try (var git =
                new FileRepositoryBuilder()
                        .findGitDir(folder.toFile())
                        .setMustExist(true)
                        .build()) {
            var head = git.resolve(ref);
            if (head == null) {
                throw new SourceException(
                        "There is no %s in %s. Fetch it: git fetch origin %s:%s"
                                .formatted(ref, folder, ref, ref));
            }
            return texts(git, head);
        } catch (IOException | IllegalArgumentException e) {
            throw new SourceException("Cannot read " + ref + " in " + folder + ": " + e, e);
        }
    }

    /// A repository for the time of one push: transports want one that lies on a disk.
    private record Room(Path folder) implements AutoCloseable {

        private Room() throws IOException {
            this(Files.createTempDirectory("assent-head-"));
        }

        private org.eclipse.jgit.lib.Repository git() throws IOException {
            var git = new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
            git.create(true);
            return git;
        }

        @Override
        public void close() throws IOException {
            try (var files = Files.walk(folder)) {
                for (var it : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(it);
                }
            }
        }
    }

    private static ObjectId commit(
            org.eclipse.jgit.lib.Repository git, Optional<ObjectId> before, String text, Instant at)
            throws IOException {
        try (var inserter = git.newObjectInserter()) {
            var blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            var tree = new TreeFormatter();
            tree.append(FILE, FileMode.REGULAR_FILE, blob);
            var who = new PersonIdent("Assent", "assent@localhost", at, ZoneOffset.UTC);
            var commit = new CommitBuilder();
            commit.setTreeId(inserter.insert(tree));
            before.ifPresent(commit::setParentId);
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage("Where the audit trail ends\n");
            var id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private static List<String> texts(org.eclipse.jgit.lib.Repository git, ObjectId head)
            throws IOException {
        var texts = new ArrayList<String>();
        try (var commits = new RevWalk(git)) {
            commits.markStart(commits.parseCommit(head));
            for (var commit : commits) {
                try (var tree = TreeWalk.forPath(git, FILE, commit.getTree())) {
                    if (tree == null) continue;
                    var bytes = git.open(tree.getObjectId(0)).getBytes(4096);
                    texts.add(new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
