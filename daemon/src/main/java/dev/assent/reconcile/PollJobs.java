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
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the pipeline: one Quartz job per repository, which sets its own next turn, sooner or later
/// as the repository answers or fails; and one thread that looks after the plans that wait, which
/// no slow repository keeps from it.
public final class PollJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollJobs.class);

    private static final String PLANS = "plans";
    private static final Duration PLANS_PACE = Duration.ofSeconds(5);
    private static final Duration PLANS_LIMIT = Duration.ofMinutes(2);
    private static final String TURN = "turn";

    /// Most of a poll is spent waiting, some of it for remotes that do not answer.
    private static final String AT_ONCE = "16";

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
    private boolean started;
    private boolean stopping;

    public PollJobs(
            Reconciler reconciler,
            List<Repository> repositories,
            Pulse pulse,
            InstantSource clock) {
        this(reconciler::poll, reconciler::lookAfterPlans, repositories, pulse, PATIENCE, clock);
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
            InstantSource clock) {
        this.poll = poll;
        this.patience = patience;
        this.lookAfterPlans = lookAfterPlans;
        this.pulse = pulse;
        this.clock = clock;
        this.complaints = new Complaints(clock);
        repositories.forEach(it -> this.repositories.put(it.name(), it));
        this.scheduler = scheduler();
    }

    /// Polls every repository now, and from then on at its own pace.
    public synchronized void start() {
        try {
            scheduler.setJobFactory((bundle, _) -> turn(bundle.getJobDetail().getKey().getName()));
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
        var job = JobBuilder.newJob(Job.class).withIdentity(name).storeDurably().build();
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
        overdue.names().forEach(this::soon);
        expectPlans();
    }

    private void expectPlans() {
        pulse.expect(PLANS, "the plans that wait are looked after", PLANS_LIMIT);
    }

    private Job turn(String name) {
        return (JobExecutionContext context) -> {
            var turn = context.getTrigger().getJobDataMap().getLong(TURN);
            begin(name, turn).ifPresent(this::take);
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
    private synchronized Optional<Repository> begin(String name, long turn) {
        var repository = Optional.ofNullable(repositories.get(name));
        var due = !stopping && Objects.equals(turns.get(name), turn);
        if (repository.isEmpty() || !due) return Optional.empty();
        polling.add(name);
        overdue.forget(name);
        return repository;
    }

    private synchronized void next(String name, boolean healthy) {
        polling.remove(name);
        notifyAll();
        var repository = repositories.get(name);
        if (repository == null) return;
        var failed = healthy ? 0 : failures.merge(name, 1, Integer::sum);
        if (healthy) failures.remove(name);
        var again = wanted.remove(name);
        schedule(name, again ? Duration.ZERO : Backoff.until(repository.poll(), failed));
    }

    /// A repository has one turn to come; a new one replaces it.
    private synchronized void schedule(String name, Duration delay) {
        var turn = new TriggerKey(name);
        var number = turns.merge(name, 1L, Long::sum);
        overdue.expect(name, delay);
        var due =
                TriggerBuilder.newTrigger()
                        .withIdentity(turn)
                        .forJob(new JobKey(name))
                        .usingJobData(TURN, number);
        var trigger =
                (delay.isZero()
                                ? due.startNow()
                                : due.startAt(Date.from(clock.instant().plus(delay))))
                        .build();
        try {
            if (scheduler.isShutdown()) return;
            if (scheduler.rescheduleJob(turn, trigger) == null) scheduler.scheduleJob(trigger);
        } catch (SchedulerException e) {
            LOG.error("repository {} is not polled any more; restart the daemon", name, e);
        }
    }

    private static Scheduler scheduler() {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "assent");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", AT_ONCE);
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "poll");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        try {
            return new StdSchedulerFactory(properties).getScheduler();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the poll jobs could not be set up", e);
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
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            LOG.warn("the poll jobs could not be stopped", e);
        }
        awaitPolls();
    }

    private synchronized void awaitPolls() {
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
    }
}
