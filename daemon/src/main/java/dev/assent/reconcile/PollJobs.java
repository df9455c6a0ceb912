package dev.assent.reconcile;

import dev.assent.log.About;
import dev.assent.log.Complaints;
import dev.assent.source.Repository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the pipeline: one Quartz job per repository, which sets its own next turn, sooner or later
/// as the repository answers or fails; and one thread that looks after the plans that wait, which
/// no slow repository keeps from it. Where several nodes share the record they share the jobs, too:
/// each turn is taken by one of them, and by another one where that dies in the middle.
public final class PollJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollJobs.class);

    private static final String PLANS = "plans";
    private static final Duration PLANS_PACE = Duration.ofSeconds(5);
    private static final Duration PLANS_LIMIT = Duration.ofMinutes(2);
    private static final String TURN = "turn";
    private static final String ASKED = "asked";

    /// The group of what hurries a repository that another node may be polling.
    private static final String HURRY = "hurry";

    /// How often it is looked whether every repository has a turn to come, in rounds.
    private static final int ROUNDS_TO_CHECK = 12;

    /// How soon another node may take the turn of a repository that this one does not know.
    private static final Duration UNKNOWN = Duration.ofSeconds(5);

    /// How often it may, before nobody watches it any more.
    private static final int UNKNOWN_TO_ALL = 100;

    /// A remote that does not answer is waited for longer than systemd waits for the end.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Predicate<Repository> poll;
    private final Runnable lookAfterPlans;
    private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Set<String> polling = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();

    /// The number of each repository's turn that is to come, or is being taken.
    private final Map<String, Long> turns = new HashMap<>();

    private final Overdue overdue = new Overdue(System::nanoTime);
    private final Pulse pulse;
    private final InstantSource clock;
    private final Complaints complaints;
    private final Scheduler scheduler;

    private final Rounds plans = new Rounds("plans", PLANS_PACE, this::lookAfterPlans);
    private final Duration patience;
    private final boolean shared;
    private int rounds;
    private boolean started;
    private boolean stopping;

    public PollJobs(
            Reconciler reconciler,
            List<Repository> repositories,
            Pulse pulse,
            JobStore store,
            InstantSource clock) {
        this(
                reconciler::poll,
                reconciler::lookAfterPlans,
                repositories,
                pulse,
                PATIENCE,
                store,
                clock);
    }

    /// Jobs that turn something else.
    ///
    /// @param poll looks at a repository, and tells whether it answered
    /// @param patience how long polls that run are waited for at the end
    PollJobs(
            Predicate<Repository> poll,
            Runnable lookAfterPlans,
            List<Repository> repositories,
            Pulse pulse,
            Duration patience,
            JobStore store,
            InstantSource clock) {
        this.poll = poll;
        this.patience = patience;
        this.lookAfterPlans = lookAfterPlans;
        this.pulse = pulse;
        this.clock = clock;
        this.complaints = new Complaints(clock);
        repositories.forEach(it -> this.repositories.put(it.name(), it));
        this.scheduler = store.scheduler();
        this.shared = store.isShared();
    }

    /// Polls every repository now, and from then on at its own pace.
    public synchronized void start() {
        try {
            scheduler.setJobFactory((bundle, _) -> taken(bundle.getJobDetail().getKey().getName()));
            scheduler.start();
            started = true;
            for (var name : repositories.keySet()) begin(name);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the poll jobs could not be started", e);
        }
        expectPlans();
        plans.start();
    }

    private void begin(String name) throws SchedulerException {
        var job =
                JobBuilder.newJob(Turn.class)
                        .withIdentity(name)
                        .storeDurably()
                        .requestRecovery()
                        .build();
        scheduler.addJob(job, true);
        // Where it has come back while it is still polled for its former self: after that.
        soon(name);
    }

    /// Polls these from now on: at once those that are new or configured otherwise than before, and
    /// no more those that are missing.
    public synchronized void follow(List<Repository> now) {
        var names = now.stream().map(Repository::name).collect(Collectors.toSet());
        try {
            for (var name : Set.copyOf(repositories.keySet())) {
                if (!names.contains(name)) end(name);
            }
            for (var repository : now) {
                var before = repositories.put(repository.name(), repository);
                if (before == null && started) begin(repository.name());
                if (before != null && !before.equals(repository)) soon(repository.name());
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the poll jobs could not be changed", e);
        }
    }

    private void end(String name) throws SchedulerException {
        repositories.remove(name);
        failures.remove(name);
        wanted.remove(name);
        // A turn that is due already is nobody's.
        turns.merge(name, 1L, Long::sum);
        overdue.forget(name);
        scheduler.deleteJob(new JobKey(name));
    }

    /// Has a repository polled at once, or once more after the poll that runs now. However often it
    /// is asked for meanwhile, no more comes of it; a name that is none of a repository asks for
    /// nothing.
    public synchronized void soon(String name) {
        // Before the start there is nothing to hurry: it polls all.
        if (!repositories.containsKey(name) || !started) return;
        if (polling.contains(name)) {
            wanted.add(name);
        } else if (shared) {
            // Apart from its turn, which another node may be setting anew.
            schedule(new TriggerKey(name, HURRY), name, Duration.ZERO, 0);
        } else {
            schedule(name, Duration.ZERO);
        }
    }

    private void lookAfterPlans() {
        try {
            lookAfterPlans.run();
            complaints.isOver("plans");
        } catch (RuntimeException e) {
            if (complaints.isDue("plans", e.toString())) {
                LOG.error("the plans that wait could not be looked after", e);
            }
        }
        if (shared && ++rounds % ROUNDS_TO_CHECK == 0) setMissingTurns();
        overdue.names().forEach(this::soon);
        expectPlans();
    }

    /// A node whose configuration is another one may have taken a repository's job away.
    private synchronized void setMissingTurns() {
        try {
            for (var name : repositories.keySet()) {
                if (scheduler.isShutdown() || scheduler.checkExists(new TriggerKey(name))) continue;
                if (!polling.contains(name)) begin(name);
            }
        } catch (SchedulerException e) {
            LOG.debug("the turns could not be looked up", e);
        }
    }

    private void expectPlans() {
        pulse.expect(PLANS, "the plans that wait are looked after", PLANS_LIMIT);
    }

    /// A turn of a repository: never two at once, on whichever nodes.
    @DisallowConcurrentExecution
    public static final class Turn implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            throw new IllegalStateException("the factory of jobs gives what is done in a turn");
        }
    }

    private Job taken(String name) {
        return (JobExecutionContext context) -> {
            var set = context.getTrigger().getJobDataMap();
            begin(name, set).ifPresent(this::take);
        };
    }

    private void take(Repository repository) {
        var name = repository.name();
        var key = "poll " + name;
        var healthy = false;
        pulse.expect(key, "the poll of repository " + name + " ends", repository.pollTimeout());
        var about = About.repository(name).enter();
        try {
            healthy = poll.test(repository);
        } catch (RuntimeException e) {
            if (!isStopping()) LOG.error("repository {} could not be reconciled", name, e);
        } finally {
            pulse.met(key);
            // Whatever happened: a repository that nobody looks at any more is found by nobody.
            next(name, healthy);
            about.close();
        }
    }

    /// The repository whose turn it is; empty where the turn was due already when another was
    /// scheduled in its place, which it is left to, or where the repository is not watched any
    /// more.
    private synchronized Optional<Repository> begin(String name, JobDataMap set) {
        var repository = Optional.ofNullable(repositories.get(name));
        if (shared) {
            if (stopping) schedule(name, Duration.ZERO);
            else if (repository.isEmpty()) leave(name, set);
        } else if (!String.valueOf(turns.get(name)).equals(set.getString(TURN))) {
            return Optional.empty();
        }
        if (stopping || repository.isEmpty()) return Optional.empty();
        polling.add(name);
        overdue.forget(name);
        return repository;
    }

    /// Leaves a repository to the nodes that know it: their configuration may be a newer one, or an
    /// older one.
    private void leave(String name, JobDataMap set) {
        var before = set.getString(ASKED);
        var asked = before == null ? 1 : Integer.parseInt(before) + 1;
        try {
            if (asked > UNKNOWN_TO_ALL) scheduler.deleteJob(new JobKey(name));
            else schedule(new TriggerKey(name), name, UNKNOWN, asked);
        } catch (SchedulerException e) {
            LOG.debug("the job of {} could not be deleted", name, e);
        }
    }

    private synchronized void next(String name, boolean healthy) {
        polling.remove(name);
        notifyAll();
        var repository = repositories.get(name);
        if (repository == null) return;
        var failed = healthy ? 0 : failures.merge(name, 1, Integer::sum);
        if (healthy) failures.remove(name);
        var again = wanted.remove(name);
        var delay = again ? Duration.ZERO : Backoff.until(repository.poll(), failed);
        schedule(name, delay);
    }

    /// A repository has one turn to come; a new one replaces it.
    private void schedule(String name, Duration delay) {
        schedule(new TriggerKey(name), name, delay, 0);
    }

    /// @param asked how many nodes were asked that do not know it
    private synchronized void schedule(TriggerKey turn, String name, Duration delay, int asked) {
        var number = turns.merge(name, 1L, Long::sum);
        // Of a turn that another node may take nobody here would hear.
        if (!shared) overdue.expect(name, delay);
        var due =
                TriggerBuilder.newTrigger()
                        .withIdentity(turn)
                        .forJob(new JobKey(name))
                        .usingJobData(TURN, Long.toString(number))
                        .usingJobData(ASKED, Integer.toString(asked));
        var trigger =
                (delay.isZero()
                                ? due.startNow()
                                : due.startAt(Date.from(clock.instant().plus(delay))))
                        .build();
        try {
            if (scheduler.isShutdown()) return;
            if (scheduler.rescheduleJob(turn, trigger) == null) scheduler.scheduleJob(trigger);
        } catch (ObjectAlreadyExistsException e) {
            LOG.debug("another node has set the turn of {}", name, e);
        } catch (SchedulerException e) {
            LOG.error("repository {} is not polled any more; restart the daemon", name, e);
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /// Waits for the polls that run, for a while; what is not read by then is read after the next
    /// start.
    @Override
    public void close() {
        plans.close();
        try {
            scheduler.standby();
            scheduler.shutdown(awaitPolls());
        } catch (SchedulerException e) {
            LOG.warn("the poll jobs could not be stopped", e);
        }
    }

    /// @return whether none runs any more
    private synchronized boolean awaitPolls() {
        stopping = true;
        var began = System.nanoTime();
        try {
            while (!polling.isEmpty()) {
                var left = patience.minusNanos(System.nanoTime() - began).toMillis();
                if (left <= 0) break;
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        polling.forEach(it -> LOG.info("repository {} is left while it is being polled", it));
        return polling.isEmpty();
    }
}
