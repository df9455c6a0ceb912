package dev.assent.bench;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.reconcile.Reconciler;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What the daemon has inside, with a record of its own, that watches one repository.
final class Installation implements AutoCloseable {

    private final Provider provider;
    private final Store store;
    private final Reconciler reconciler;
    private final Repository repository;
    private final GitSource source;

    Installation(Path folder, Origin origin) {
        provider = new LocalProvider("here", LocalSettings.in(folder, folder));
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        InstantSource.system());
        repository =
                new Repository(
                        "fleet",
                        origin.url(),
                        "main",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(30));
        source = new GitSource(folder.resolve("mirrors"));
        reconciler =
                new Reconciler(
                        store,
                        source,
                        new ManifestReader(System::nanoTime),
                        new Unattended(provider),
                        Watched.only(List.of(repository)),
                        InstantSource.system());
    }

    /// Fetches what was pushed, and goes no further.
    void fetch() {
        source.poll(repository, store.repositories().get(repository.name()).orElseThrow().head());
    }

    /// From where the branch stands to the stored plans.
    void poll() {
        if (!reconciler.poll(repository)) {
            throw new IllegalStateException("the repository could not be read");
        }
    }

    /// Makes sure that what was measured is what was to be measured.
    ///
    /// @param plans how many wait for an assent
    /// @param commit what the newest of them was made for
    void check(int plans, String commit) {
        var waiting = store.plans().open();
        var newest = store.plans().list(Optional.empty(), 1).getFirst();
        if (waiting.size() != plans || !newest.provenance().commit().equals(commit)) {
            throw new IllegalStateException(
                    "%d plans wait, the newest for %s; there should be %d, that one for %s"
                            .formatted(
                                    waiting.size(), newest.provenance().commit(), plans, commit));
        }
    }

    @Override
    public void close() {
        reconciler.close();
        store.close();
        provider.close();
    }

    private record Unattended(Provider here) implements ApplicationSettings {

        @Override
        public Provider provider(ApplicationName application) {
            return here;
        }

        @Override
        public boolean cascading() {
            return false;
        }

        @Override
        public Beginning beginning(ApplicationName application) {
            return Beginning.ON_COMMAND;
        }

        @Override
        public Duration destroyAfter(ApplicationName application) {
            return Duration.ZERO;
        }

        @Override
        public Policy policy() {
            return Policy.BUILT_IN;
        }

        @Override
        public Duration planTtl() {
            return Duration.ofDays(7);
        }
    }
}
