package dev.assent.reconcile.discussion;

import dev.assent.forge.Forge;
import dev.assent.forge.ForgeException;
import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.command.Command;
import dev.assent.log.Complaints;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.reconcile.Carrier;
import dev.assent.reconcile.Decider;
import dev.assent.reconcile.HeadDescription;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.Reviews;
import dev.assent.source.Repository;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.HeadState;
import dev.assent.state.Store;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The discussions of the repositories that have a forge.
public final class Discussions implements Reviews, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Discussions.class);

    private final Store store;
    private final ApplicationSettings settings;
    private final Inquiry inquiry;
    private final BiFunction<String, ForgeSettings, Forge> forges;
    private final Function<String, List<Command>> commands;
    private final InstantSource clock;
    private final Complaints complaints = new Complaints();

    /// By the repository's name.
    private volatile Map<String, Discussion> discussions = Map.of();

    /// The number of the audit trail's entry up to which everything is told.
    private volatile long told = -1;

    /// One repository's.
    ///
    /// @param open the pull requests that were open at the last look
    /// @param closed those that were open before, and were not heard since
    private record Discussion(
            Repository repository,
            ForgeSettings settings,
            Forge forge,
            Talk talk,
            Hearing hearing,
            Carrier carrier,
            Map<Long, PullRequest> open,
            Map<Long, PullRequest> closed) {}

    /// @param at where the pull requests are, by the repository's name
    /// @param forges makes what speaks with the forge of a repository
    /// @param commands finds the commands in a comment
    public Discussions(
            Store store,
            ApplicationSettings settings,
            Inquiry inquiry,
            List<Repository> repositories,
            Map<String, ForgeSettings> at,
            BiFunction<String, ForgeSettings, Forge> forges,
            Function<String, List<Command>> commands,
            InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.inquiry = inquiry;
        this.forges = forges;
        this.commands = commands;
        this.clock = clock;
        prepare(repositories, at).run();
    }

    /// Makes other discussions ready, and gives what puts them in the place of these. Those whose
    /// repository and forge stay go on as they are; the forges that nobody asks any more are
    /// closed.
    ///
    /// @param at where the pull requests are, by the repository's name
    public Runnable prepare(List<Repository> repositories, Map<String, ForgeSettings> at) {
        var before = discussions;
        var now = new HashMap<String, Discussion>();
        for (var repository : repositories) {
            var forge = at.get(repository.name());
            if (forge == null) continue;
            var same =
                    Optional.ofNullable(before.get(repository.name()))
                            .filter(it -> it.repository().equals(repository))
                            .filter(it -> it.settings().equals(forge));
            now.put(repository.name(), same.orElseGet(() -> discussion(repository, forge)));
        }
        return () -> {
            discussions = now;
            before.values().stream()
                    .filter(it -> !now.containsValue(it))
                    .forEach(it -> it.forge().close());
        };
    }

    private Discussion discussion(Repository repository, ForgeSettings at) {
        var forge = forges.apply(repository.name(), at);
        var talk = new Talk(repository, store, settings, clock);
        var hearing =
                new Hearing(
                        repository,
                        forge,
                        at.kind(),
                        store,
                        settings,
                        inquiry,
                        talk,
                        commands,
                        clock);
        return new Discussion(
                repository,
                at,
                forge,
                talk,
                hearing,
                new ForgeCarrier(repository.name(), forge, store.discussed()),
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>());
    }

    /// Who carries letters to a repository's forge.
    public Optional<Carrier> carrier(String repository) {
        return Optional.ofNullable(discussions.get(repository)).map(Discussion::carrier);
    }

    @Override
    public Optional<Map<String, HeadDescription>> open(Repository repository) {
        var discussion = discussions.get(repository.name());
        if (discussion == null) return Optional.empty();
        try {
            var open = discussion.forge().open(repository.branch());
            var before = new TreeSet<>(discussion.open().keySet());
            // Another node may have had the last look.
            store.heads().of(repository.name()).stream()
                    .flatMapToLong(it -> it.number().stream())
                    .forEach(before::add);
            discussion.open().clear();
            open.forEach(it -> discussion.open().put(it.number(), it));
            before.removeAll(discussion.open().keySet());
            for (var number : before) {
                discussion
                        .forge()
                        .pullRequest(number)
                        .ifPresent(it -> discussion.closed().put(number, it));
            }
            complaints.isOver("read " + repository.name());
            return Optional.of(
                    open.stream()
                            .collect(
                                    Collectors.toMap(
                                            PullRequest::ref,
                                            it ->
                                                    HeadDescription.of(
                                                            it,
                                                            discussion.settings().kind().word()),
                                            (one, _) -> one)));
        } catch (ForgeException e) {
            if (complaints.isDue("read " + repository.name(), String.valueOf(e.getMessage()))) {
                LOG.warn(
                        "the pull requests of {} are those of the last look: {}",
                        repository.name(),
                        e.getMessage());
            }
            return Optional.of(
                    store.heads().of(repository.name()).stream()
                            .filter(it -> it.number().isPresent())
                            .collect(Collectors.toMap(HeadState::ref, HeadDescription::of)));
        }
    }

    @Override
    public void listen(Repository repository, Decider decider) {
        var discussion = discussions.get(repository.name());
        if (discussion == null) return;
        // People answer to what they can see.
        discussion.talk().tell();
        var sofar = newest();
        try {
            discussion
                    .hearing()
                    .listen(List.copyOf(discussion.open().values()), others(discussion), decider);
            discussion.closed().clear();
            complaints.isOver("hear " + repository.name());
        } catch (ForgeException e) {
            if (complaints.isDue("hear " + repository.name(), String.valueOf(e.getMessage()))) {
                LOG.warn(
                        "what people say in {} is heard later: {}",
                        repository.name(),
                        e.getMessage());
            }
        }
        if (newest() != sofar) discussion.talk().tell();
    }

    /// The pull requests that are not open and still spoken in: those that were until now, and the
    /// merged ones of whose plans some wait for a yes.
    private List<PullRequest> others(Discussion discussion) {
        var others = new TreeMap<Long, PullRequest>(discussion.closed());
        for (var number : store.discussed().waiting(discussion.repository().name())) {
            if (discussion.open().containsKey(number) || others.containsKey(number)) continue;
            discussion.forge().pullRequest(number).ifPresent(it -> others.put(number, it));
        }
        return List.copyOf(others.values());
    }

    @Override
    public void tell() {
        var all = discussions;
        if (all.isEmpty()) return;
        var newest = newest();
        if (newest == told) return;
        all.values().forEach(it -> it.talk().tell());
        told = newest;
    }

    /// The audit trail's last entry: while it stays, nothing has happened that is to be told.
    private long newest() {
        return store.audit().newest(AuditFilter.NONE, 1).stream()
                .mapToLong(AuditEntry::number)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        discussions.values().forEach(it -> it.forge().close());
    }
}
