package dev.assent.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/// A bare repository with a [Fleet]'s manifests, packed, that people push to.
final class Origin implements AutoCloseable {

    private static final String BRANCH = Constants.R_HEADS + "main";
    private static final PersonIdent AUTHOR = new PersonIdent("Bench", "bench@example.org");

    private final Path folder;
    private final Git git;
    private final DirCache index = DirCache.newInCore();
    private ObjectId head = ObjectId.zeroId();

    Origin(Path folder, int applications, int groups) throws IOException, GitAPIException {
        this.folder = folder;
        git =
                Git.init()
                        .setBare(true)
                        .setInitialBranch("main")
                        .setDirectory(folder.toFile())
                        .call();
        try (var objects = git.getRepository().newObjectInserter()) {
            var builder = index.builder();
            for (var number = 0; number < applications; number++) {
                var text = Fleet.manifest(number, groups);
                var entry = new DirCacheEntry(path(number));
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(objects.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
                builder.add(entry);
            }
            builder.finish();
        }
        commit();
        git.gc().call();
    }

    String url() {
        return "file://" + folder;
    }

    /// The newest commit.
    String head() {
        return head.name();
    }

    /// Changes one application's manifest, as a person would by a push.
    void push(int application, String text) throws IOException {
        try (var objects = git.getRepository().newObjectInserter()) {
            var blob = objects.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
            objects.flush();
            var editor = index.editor();
            editor.add(
                    new DirCacheEditor.PathEdit(path(application)) {
                        @Override
                        public void apply(DirCacheEntry entry) {
                            entry.setObjectId(blob);
                        }
                    });
            editor.finish();
        }
        commit();
    }

    private void commit() throws IOException {
        var repository = git.getRepository();
        try (var objects = repository.newObjectInserter()) {
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(objects));
            if (!head.equals(ObjectId.zeroId())) commit.setParentId(head);
            commit.setAuthor(AUTHOR);
            commit.setCommitter(AUTHOR);
            commit.setMessage("Change what is wanted");
            head = objects.insert(commit);
            objects.flush();
        }
        var update = repository.updateRef(BRANCH);
        update.setNewObjectId(head);
        update.forceUpdate();
    }

    private static String path(int application) {
        return "apps/" + Fleet.application(application) + "/manifest.yml";
    }

    @Override
    public void close() {
        git.close();
    }
}
