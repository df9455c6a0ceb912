package dev.assent.reconcile.notification;

import dev.assent.configuration.NewsEvent;
import dev.assent.configuration.NotificationSettings;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.plan.Summary;
import dev.assent.reconcile.Rounds;
import dev.assent.state.AuditEntry;
import dev.assent.state.Outbox.Draft;
import dev.assent.state.PlanState;
import dev.assent.state.StateException;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Makes letters of what happened. It reads the audit trail, where each event was written in the
/// transaction that made it so, and notes how far it has read in the transaction that puts the
/// letters into the outbox: whenever the daemon is killed, each event becomes one letter to each
/// who wants it.
public final class Herald implements AutoCloseable {

    private static final Duration PACE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 256;

    private final Store store;
    private List<NotificationSettings> notifications;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds("herald", PACE, this::round);

    /// How often who was reminded of what, so that the record is not asked each time.
    private final Map<String, Long> reminded = new HashMap<>();

    public Herald(Store store, List<NotificationSettings> notifications, InstantSource clock) {
        this.store = store;
        this.notifications = List.copyOf(notifications);
        this.clock = clock;
    }

    /// Has it done only while this node does it for all.
    public void onlyWhile(BooleanSupplier duty) {
        rounds.onlyWhile(duty);
    }

    /// Tells what an earlier life of the daemon left untold, and from now on what happens. A
    /// notification that is new hears of nothing that happened before.
    public synchronized void start() {
        prepare(notifications).run();
        store.audit().whenWritten(rounds::wake);
        rounds.start();
    }

    /// Notes from where on others hear, and gives what has them told.
    public Runnable prepare(List<NotificationSettings> all) {
        // Before anything else happens: it counts from here.
        all.forEach(it -> store.outbox().heard(Notifications.recipient(it)));
        return () -> follow(all);
    }

    private synchronized void follow(List<NotificationSettings> all) {
        notifications = List.copyOf(all);
    }

    /// Somebody else has written what is to be told.
    public void wake() {
        rounds.wake();
    }

    /// Tells what was not told yet.
    public synchronized void round() {
        notifications.forEach(this::tell);
        remind();
    }

    private void tell(NotificationSettings settings) {
        var to = Notifications.recipient(settings);
        var heard = store.outbox().heard(to);
        while (true) {
            var entries = store.audit().after(heard, AT_ONCE);
            if (entries.isEmpty()) return;
            heard = entries.getLast().number();
            var drafts = entries.stream().flatMap(it -> draft(settings, it).stream()).toList();
            store.outbox().tell(to, heard, drafts);
        }
    }

    private Optional<Draft> draft(NotificationSettings settings, AuditEntry entry) {
        return NewsEvent.auditedAs(entry.what())
                .filter(settings.events()::contains)
                .flatMap(event -> news(settings, event, entry))
                .map(it -> draft(settings, it, "audit:" + entry.number()));
    }

    private static Draft draft(NotificationSettings settings, News news, String slot) {
        return new Draft(Notifications.recipient(settings), slot, news.event().word(), news.body());
    }

    private Optional<News> news(NotificationSettings settings, NewsEvent event, AuditEntry entry) {
        var application = entry.application().flatMap(ApplicationName::parse);
        if (application.filter(settings::concerns).isEmpty()) return Optional.empty();
        var digest = entry.plan().flatMap(Digest::parse);
        var plan = digest.flatMap(this::plan);
        if (event == NewsEvent.PLAN_READY && plan.filter(Herald::isGone).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new News(
                        event,
                        application.get(),
                        digest,
                        plan.map(it -> Summary.of(it.plan()).toString()),
                        entry.who(),
                        entry.at(),
                        entry.detail()));
    }

    /// Nobody can say yes to it any more, and nobody did.
    private static boolean isGone(StoredPlan plan) {
        return plan.state() == PlanState.SUPERSEDED || plan.state() == PlanState.EXPIRED;
    }

    /// A plan that can't be read keeps nobody from hearing what became of it.
    private Optional<StoredPlan> plan(Digest digest) {
        try {
            return store.plans().find(digest.toString());
        } catch (StateException _) {
            return Optional.empty();
        }
    }

    private void remind() {
        var interested =
                notifications.stream()
                        .filter(it -> it.events().contains(NewsEvent.WAITING))
                        .toList();
        if (interested.isEmpty()) return;
        for (var plan : store.plans().open()) {
            if (plan.state() != PlanState.PROPOSED) continue;
            for (var settings : interested) {
                if (settings.concerns(plan.plan().application())) remind(settings, plan);
            }
        }
    }

    /// One letter for each time that it has waited so long; after a pause only the last.
    private void remind(NotificationSettings settings, StoredPlan plan) {
        var waited = Duration.between(plan.proposedAt(), clock.instant());
        var times = waited.dividedBy(settings.remindAfter());
        if (times < 1) return;
        var slot = "waiting:%s:%s".formatted(plan.digest(), plan.proposedAt());
        var key = settings.name() + " " + slot;
        if (Long.valueOf(times).equals(reminded.get(key))) return;
        var since = settings.remindAfter().multipliedBy(times);
        var draft = draft(settings, reminder(plan, since), slot);
        store.outbox().put(draft.to(), draft.slot(), draft.kind(), draft.body());
        reminded.put(key, times);
    }

    private static News reminder(StoredPlan plan, Duration waited) {
        Instant at = plan.proposedAt().plus(waited);
        return new News(
                NewsEvent.WAITING,
                plan.plan().application(),
                Optional.of(plan.digest()),
                Optional.of(Summary.of(plan.plan()).toString()),
                "assent",
                at,
                "for " + words(waited));
    }

    private static String words(Duration time) {
        if (time.toHours() >= 48) return time.toDays() + " days";
        if (time.toMinutes() >= 120) return time.toHours() + " hours";
        return time.toMinutes() < 2 ? time.toSeconds() + " seconds" : time.toMinutes() + " minutes";
    }

    @Override
    public void close() {
        rounds.close();
    }
}
