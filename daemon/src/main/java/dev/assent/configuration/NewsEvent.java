package dev.assent.configuration;

import java.util.Arrays;
import java.util.Optional;

/// What notifications can tell of. All but [#WAITING], which is told while nothing happens, are
/// entries of the audit trail: whoever writes such an entry has told of it.
public enum NewsEvent {
    PLAN_READY(
            "plan-ready",
            "plan.proposed",
            "is proposed",
            "{application}: {plan} is proposed: {summary}; to review it: assent show {plan}"),
    WAITING(
            "waiting",
            "",
            "waits for an approval",
            "{application}: {plan} waits for an approval {detail}: {summary}; to review it: assent show {plan}"),
    APPROVED(
            "approved",
            "plan.approved",
            "is approved",
            "{application}: {plan} is approved by {who}: {summary}"),
    REJECTED(
            "rejected",
            "plan.rejected",
            "is rejected",
            "{application}: {plan} is rejected by {who}, {detail}"),
    APPLIED("applied", "plan.applied", "is applied", "{application}: {plan} is applied: {summary}"),
    FAILED(
            "failed",
            "plan.failed",
            "failed",
            "{application}: {plan} failed: {detail}; once the cause is mended: assent apply {plan}"),
    NEEDS_DECISION(
            "needs-decision",
            "plan.needs-decision",
            "stands still",
            "{application}: {plan} stands still: {detail}; to decide: assent resolve {plan}"),
    DRIFT(
            "drift",
            "drift.found",
            "what runs is not what is recorded",
            "{application}: what runs is not what is recorded: {detail}"),
    SERVER_GIVEN_UP(
            "server-given-up",
            "server.given-up",
            "a server has died and is not started again",
            "{application}: {detail}"),
    BACKUP_FAILED(
            "backup-failed",
            "backup.failed",
            "a backup failed",
            "{application}: a backup failed: {detail}");

    private final String word;
    private final String audited;
    private final String phrase;
    private final String template;

    NewsEvent(String word, String audited, String phrase, String template) {
        this.word = word;
        this.audited = audited;
        this.phrase = phrase;
        this.template = template;
    }

    /// The word in the configuration and in JSON.
    public String word() {
        return word;
    }

    /// What the audit trail calls it; nothing where no entry tells of it.
    public String audited() {
        return audited;
    }

    /// What is said of the plan or the application in a few words.
    public String phrase() {
        return phrase;
    }

    /// How it is told where the configuration says nothing else.
    public NewsTemplate template() {
        return new NewsTemplate(template);
    }

    /// The event that an audit entry is.
    public static Optional<NewsEvent> auditedAs(String what) {
        return Arrays.stream(values())
                .filter(it -> !what.isEmpty() && it.audited.equals(what))
                .findFirst();
    }

    public static Optional<NewsEvent> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }
}
