package dev.assent.reconcile;

import dev.assent.apply.Beginning;
import dev.assent.apply.ScriptedProvider;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.AuditEntry;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A real store and a real repository whose manifest is read whenever it is pushed.
final class DeclaredRoom implements AutoCloseable {

    static final ApplicationName SHOP = new ApplicationName("shop", "production");
    static final String MANIFEST = "apps/shop/manifest.yml";

    private final Path folder;
    private final GitRepository git;
    private final Repository repository;
    private final Store store;
    private final Declarations declarations;
    private final Reconciler reconciler;

    DeclaredRoom(Path folder) throws Exception {
        this.folder = folder;
        git = new GitRepository(folder);
        repository =
                new Repository(
                        "platform",
                        git.url(),
                        "main",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(1));
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        var source = new GitSource(folder.resolve("mirrors"));
        var manifests = new ManifestReader(System::nanoTime);
        declarations =
                new Declarations(store, source, manifests, Watched.only(List.of(repository)));
        var settings = new TestSettings(new ScriptedProvider());
        settings.beginning = Beginning.ON_COMMAND;
        reconciler =
                new Reconciler(
                        store,
                        source,
                        manifests,
                        settings,
                        Watched.only(List.of(repository)),
                        InstantSource.system());
    }

    void declare(String manifest) throws Exception {
        git.push(MANIFEST, manifest);
        reconciler.poll(repository);
    }

    /// Neither the repository nor our copy is there any more.
    void loseRepository() throws IOException {
        for (var gone : List.of(git.bare(), folder.resolve("mirrors"))) {
            Files.move(gone, folder.resolve(gone.getFileName() + ".gone"));
        }
    }

    Store store() {
        return store;
    }

    Declarations declarations() {
        return declarations;
    }

    AuditEntry newest() {
        return store.audit().newest(Optional.of(SHOP), 1).getFirst();
    }

    @Override
    public void close() {
        reconciler.close();
        store.close();
        git.close();
    }
}
