package dev.assent.reconcile;

import dev.assent.apply.ScriptedProvider;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.observation.Observer;
import dev.assent.source.GitSource;
import dev.assent.source.HeadPattern;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.SignedCommits;
import dev.assent.source.SignedObjects;
import dev.assent.source.Watched;
import dev.assent.source.signature.Signers;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.errors.GitAPIException;

/// The whole pipeline over a real repository and a real store, with a clock that tests move.
final class Pipeline implements AutoCloseable, InstantSource {

    static final ApplicationName SHOP = new ApplicationName("shop", "production");
    static final String MANIFEST = "apps/shop/manifest.yml";

    final ScriptedProvider provider = new ScriptedProvider();
    final TestSettings settings = new TestSettings(provider);
    final GitRepository git;
    private final Path folder;
    private final Observer observer;
    private volatile Repository repository;
    private volatile Reviews reviews = Reviews.NONE;
    private Signers signers = Signers.NONE;
    private volatile Instant now = Instant.parse("2026-11-25T12:00:00Z");
    Store store;
    Reconciler reconciler;

    Pipeline(Path folder) throws GitAPIException {
        this(folder, Observer.NOBODY);
    }

    /// One of which somebody is told what it does.
    Pipeline(Path folder, Observer observer) throws GitAPIException {
        this.observer = observer;
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
        store = store();
        reconciler = reconciler();
    }

    @Override
    public Instant instant() {
        return now;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    void destroyAfter(Duration time) {
        settings.destroyAfter = time;
    }

    /// Pushes a manifest with PostgreSQL 16 groups, each on a server of its own name, and polls.
    void push(String... groups) throws Exception {
        git.push(MANIFEST, manifest(groups));
        poll();
    }

    /// From now on these are planned, too.
    void watch(String... heads) {
        repository = repository.withHeads(List.of(heads).stream().map(HeadPattern::new).toList());
        reconciler.close();
        reconciler = reconciler();
    }

    /// From now on the signatures of these people count.
    void signedBy(Signers signers) {
        this.signers = signers;
        reconciler.close();
        reconciler = reconciler();
    }

    /// From now on its pull requests are discussed there.
    void discuss(Reviews reviews) {
        this.reviews = reviews;
        reconciler.close();
        reconciler = reconciler();
    }

    /// From now on the repository is reached at another URL.
    void reachAt(String url, Optional<Path> token, Optional<Path> sshKey) {
        repository =
                new Repository(
                        repository.name(),
                        url,
                        repository.branch(),
                        repository.manifests(),
                        repository.environments(),
                        repository.poll(),
                        token,
                        sshKey);
        reconciler.close();
        reconciler = reconciler();
    }

    Repository repository() {
        return repository;
    }

    /// From now on every commit has to be signed.
    void requireSignedCommits() {
        repository =
                new Repository(
                        repository.name(),
                        repository.url(),
                        repository.branch(),
                        repository.manifests(),
                        repository.environments(),
                        repository.poll(),
                        repository.heads(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new SignedCommits(Optional.empty())),
                        Repository.POLL_TIMEOUT);
    }

    void poll() {
        reconciler.poll(repository);
    }

    StoredPlan approve(StoredPlan plan, String... destroy) {
        var groups =
                List.of(destroy).stream().map(it -> GroupName.parse(it).orElseThrow()).toList();
        var consent = new Consent(Optional.of(plan.digest()), Set.copyOf(groups), false);
        var decision =
                reconciler.approve(
                        new Yes(
                                plan.digest().toString(),
                                Speaker.admin("ada", Channel.CLI),
                                consent));
        if (decision instanceof Decision.Refused(var why)) {
            throw new AssertionError(why);
        }
        return plan(plan);
    }

    StoredPlan plan(StoredPlan plan) {
        return store.plans().find(plan.digest().toString()).orElseThrow();
    }

    List<StoredPlan> plans(PlanState state) {
        return store.plans().list(Optional.empty(), 100).stream()
                .filter(it -> it.state() == state)
                .toList();
    }

    /// What a daemon sees that starts after this one ended.
    void restart() {
        reconciler.close();
        store.close();
        store = store();
        reconciler = reconciler();
        reconciler.resume();
        reconciler.planAll();
    }

    @Override
    public void close() {
        reconciler.close();
        store.close();
        git.close();
    }

    private Store store() {
        return Store.open(
                folder.resolve("assent.db"),
                SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                this,
                observer);
    }

    private Reconciler reconciler() {
        var source = new GitSource(folder.resolve("mirrors"), () -> signers);
        return new Reconciler(
                store,
                source,
                new ManifestReader(System::nanoTime),
                settings,
                Watched.only(List.of(repository)),
                new SignedObjects(source, () -> signers),
                reviews,
                this,
                observer);
    }

    static String manifest(String... groups) {
        if (groups.length == 0) return "# nothing\n";
        var text = new StringBuilder("postgresql:\n  groups:\n");
        for (var group : groups) {
            text.append(
                    """
                        %1$s:
                          configuration: {version: "16"}
                          servers:
                          - server: {unique_name: %1$s}
                    """
                            .formatted(group));
        }
        return text.toString();
    }
}
