package dev.assent.reconcile;

import dev.assent.configuration.PublishSettings;
import dev.assent.log.Complaints;
import dev.assent.source.GitSource;
import dev.assent.source.Repository;
import dev.assent.source.SourceException;
import dev.assent.state.HeadNote;
import dev.assent.state.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the head of the audit trail kept where this machine cannot change it: a ref of a repository.
/// A repository that refuses is told of in the log, and asked again; nothing else waits for it.
public final class HeadPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadPublisher.class);
    private static final Duration PACE = Duration.ofMinutes(2);

    private final Store store;
    private final GitSource source;
    private final Supplier<Optional<PublishSettings>> settings;
    private final Supplier<List<Repository>> repositories;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds("audit head", PACE, this::round);
    private final Complaints complaints = new Complaints();

    /// What was published last, and where.
    private Optional<String> published = Optional.empty();

    /// @param settings those in force; empty: nothing is published
    /// @param repositories those in force
    public HeadPublisher(
            Store store,
            GitSource source,
            Supplier<Optional<PublishSettings>> settings,
            Supplier<List<Repository>> repositories,
            InstantSource clock) {
        this.store = store;
        this.source = source;
        this.settings = settings;
        this.repositories = repositories;
        this.clock = clock;
    }

    /// Has it done only while this node does it for all.
    public void onlyWhile(BooleanSupplier duty) {
        rounds.onlyWhile(duty);
    }

    public void start() {
        rounds.start();
    }

    /// Publishes where there is news.
    public synchronized void round() {
        var to = settings.get();
        if (to.isEmpty()) return;
        repository(to.get())
                .ifPresent(repository ->
                        store.audit()
                                .head()
                                .ifPresent(head -> publish(repository, to.get().ref(), head)));
    }

    private Optional<Repository> repository(PublishSettings to) {
        return repositories.get().stream()
                .filter(it -> it.name().equals(to.repository()))
                .findFirst();
    }

    private void publish(Repository repository, String ref, HeadNote head) {
        var what = "%s %s %s".formatted(repository.name(), ref, head.hash());
        if (published.equals(Optional.of(what))) return;
        try {
            source.publish(repository, ref, head.json(), clock.instant());
            published = Optional.of(what);
            complaints.isOver("head");
            LOG.debug("the head of the audit trail, entry {}, was published", head.number());
        } catch (SourceException e) {
            if (!complaints.isDue("head", String.valueOf(e.getMessage()))) return;
            LOG.warn("the head of the audit trail could not be published: {}", e.getMessage());
        }
    }

    /// What was published so far, newest first; empty where nothing is.
    public List<HeadNote> published() {
        return settings.get().stream()
                .flatMap(to ->
                        repository(to).stream()
                                .flatMap(it -> source.published(it, to.ref()).stream()))
                .map(HeadNote::parse)
                .toList();
    }

    @Override
    public void close() {
        rounds.breakOff();
    }
}
