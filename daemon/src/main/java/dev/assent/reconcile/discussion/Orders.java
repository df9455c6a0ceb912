package dev.assent.reconcile.discussion;

import static dev.assent.plan.render.Inert.code;
import static dev.assent.plan.render.Inert.prose;

import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.forge.Comment;
import dev.assent.forge.Reaction;
import dev.assent.forge.command.Command;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.reconcile.Decider;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.Yes;
import dev.assent.reconcile.account.Fact;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Does what a comment tells it to, and answers.
final class Orders {

    static final String HELP =
            """
            On a line of its own, in a new comment:

            * `/assent approve` says yes to the plans that are shown above; `/assent approve p-…` to one of them. \
            What destroys data needs `--destroy ENGINE/GROUP` for each such group; `--hold-destructive` does the rest without it.
            * `/assent reject [p-…] REASON` says no.
            * `/assent plan` plans anew, also what was rejected or has expired.
            * `/assent show` shows the plans once more.
            * `/assent why [APP[/ENV]] [ENGINE/GROUP]` says why something is not as it is declared.
            """;

    private static final int FACTS = 30;

    private final Store store;
    private final Inquiry inquiry;
    private final Decider decider;
    private final Topic topic;

    Orders(Store store, Inquiry inquiry, Decider decider, Topic topic) {
        this.store = store;
        this.inquiry = inquiry;
        this.decider = decider;
        this.topic = topic;
    }

    /// What came of a command.
    ///
    /// @param text Markdown; empty where a sign says enough
    record Answer(Reaction sign, String text) {}

    /// @param speaker who says so, as the policy knows them
    Answer carryOut(Command command, Comment comment, Speaker speaker) {
        return switch (command) {
            case Command.Help() -> new Answer(Reaction.YES, HELP);
            case Command.Unknown(var text, var suggestion) ->
                    new Answer(
                            Reaction.PUZZLED,
                            "%s is no command. Perhaps: %s\n\n%s"
                                    .formatted(code(text), suggestion, HELP));
            case Command.Plan() -> {
                topic.head().ifPresent(decider::planOnceMore);
                yield new Answer(Reaction.YES, "");
            }
            case Command.Show() -> new Answer(Reaction.YES, shown());
            case Command.Approve approve -> approve(approve, comment, speaker);
            case Command.Reject(var plan, var reason) -> reject(plan, reason, comment, speaker);
            case Command.Why(var application, var group) -> why(application, group);
        };
    }

    private String shown() {
        var plans = plans().stream().map(StoredPlan::plan).toList();
        return plans.isEmpty()
                ? "There is no plan here now."
                : PlanMarkdown.of(plans, _ -> Optional.empty());
    }

    private List<StoredPlan> plans() {
        return topic.plans();
    }

    private Answer approve(Command.Approve command, Comment comment, Speaker speaker) {
        return each(
                command.plan(),
                comment,
                "approve",
                plans -> {
                    var unknown = new HashSet<>(command.destroy());
                    plans.forEach(it -> unknown.removeAll(destroyed(it)));
                    return unknown.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    "nothing here destroys data of %s; leave that out"
                                            .formatted(words(unknown)));
                },
                plan -> {
                    var destroy = new HashSet<>(command.destroy());
                    destroy.retainAll(destroyed(plan));
                    var consent =
                            new Consent(
                                    Optional.of(plan.digest()), destroy, command.holdDestructive());
                    return decider.approve(
                            new Yes(plan.digest().toString(), about(speaker, plan), consent));
                });
    }

    /// What can be pointed to counts once for each plan.
    static Speaker about(Speaker speaker, StoredPlan plan) {
        return new Speaker(
                speaker.who(),
                speaker.person(),
                speaker.groups(),
                speaker.channel(),
                speaker.evidence().map(it -> it + " " + plan.id()));
    }

    private static Set<GroupName> destroyed(StoredPlan plan) {
        return plan.plan().destructive().stream()
                .map(it -> it.change().group())
                .collect(Collectors.toSet());
    }

    private static String words(Set<GroupName> groups) {
        return groups.stream().map(GroupName::toString).sorted().collect(Collectors.joining(", "));
    }

    private Answer reject(Optional<String> plan, String reason, Comment comment, Speaker speaker) {
        var why = reason.isBlank() ? "no reason given in %s".formatted(topic.name()) : reason;
        return each(
                plan,
                comment,
                "reject",
                _ -> Optional.empty(),
                it -> decider.reject(it.digest().toString(), speaker, why));
    }

    private Answer each(
            Optional<String> named,
            Comment comment,
            String verb,
            Function<List<StoredPlan>, Optional<String>> objection,
            Function<StoredPlan, Decision> decide) {
        var plans = chosen(named, verb);
        if (plans.isEmpty()) return none(named, verb);
        // An id is short enough to be made to fit another plan; a whole digest is not.
        if (named.flatMap(Digest::parse).isEmpty()) {
            var unseen = plans.stream().filter(it -> !wasSeen(it, comment)).findFirst();
            if (unseen.isPresent()) {
                return new Answer(
                        Reaction.NO,
                        "%s was not shown here yet when this was written. Look at it, and say it again."
                                .formatted(code(unseen.get().id())));
            }
        }
        var no = objection.apply(plans);
        if (no.isPresent()) return new Answer(Reaction.NO, capital(prose(no.get())) + ".");
        var lines = new ArrayList<String>();
        var refused = false;
        for (var plan : plans) {
            switch (decide.apply(plan)) {
                case Decision.Decided(var decided) -> lines.add("* " + decided(decided));
                case Decision.Noted(var noted, var missing) ->
                        lines.add(
                                "* the yes to %s is noted; still needed: %s"
                                        .formatted(code(noted.id()), prose(missing)));
                case Decision.Refused(var why) -> {
                    refused = true;
                    lines.add("* " + prose(why));
                }
            }
        }
        return new Answer(refused ? Reaction.NO : Reaction.YES, String.join("\n", lines));
    }

    private static String decided(StoredPlan plan) {
        var waits =
                plan.notBefore()
                        .filter(_ -> plan.state() == PlanState.APPROVED)
                        .map(it -> ", not before " + code(it.toString()))
                        .orElse("");
        var state =
                switch (plan.state()) {
                    case PROPOSED -> "waits";
                    case APPROVED -> "is approved" + waits;
                    case APPLYING -> "is being applied";
                    case NEEDS_DECISION -> "stands still and needs a decision";
                    case APPLIED, REJECTED, SUPERSEDED, EXPIRED, FAILED ->
                            "is " + plan.state().word();
                };
        return "%s %s".formatted(code(plan.id()), state);
    }

    /// Those that were named, or all that something can be said to.
    private List<StoredPlan> chosen(Optional<String> named, String verb) {
        return plans().stream()
                .filter(it ->
                        named.map(name -> isCalled(it, name))
                                .orElseGet(() ->
                                        it.state() == PlanState.PROPOSED
                                                || (verb.equals("reject")
                                                        && it.state() == PlanState.APPROVED)))
                .toList();
    }

    private static boolean isCalled(StoredPlan plan, String name) {
        return plan.digest().toString().equals(name) || plan.id().equals(name);
    }

    private Answer none(Optional<String> named, String verb) {
        var what =
                named.map(it ->
                                "%s is no plan of %s as it stands; those are: %s"
                                        .formatted(code(it), code(topic.name()), ids()))
                        .orElse("There is nothing here to %s just now.".formatted(verb));
        return new Answer(Reaction.NO, what);
    }

    private String ids() {
        var ids = plans().stream().map(it -> code(it.id())).collect(Collectors.joining(", "));
        return ids.isEmpty() ? "none" : ids;
    }

    /// Whether a plan could be read in the discussion when a comment was written: nobody says yes
    /// to what they have not seen.
    private boolean wasSeen(StoredPlan plan, Comment comment) {
        return store.discussed()
                .shownAt(topic.repository(), topic.number(), plan.digest())
                .filter(it -> !comment.writtenAt().isBefore(it))
                .isPresent();
    }

    private Answer why(Optional<String> application, Optional<String> group) {
        var groupName = group.flatMap(GroupName::parse);
        if (group.isPresent() && groupName.isEmpty()) {
            return new Answer(
                    Reaction.PUZZLED,
                    "%s is no group; write ENGINE/GROUP.".formatted(code(group.get())));
        }
        var touched =
                topic.applications().stream()
                        .filter(it ->
                                application
                                        .map(name ->
                                                name.equals(it.app()) || name.equals(it.toString()))
                                        .orElse(true))
                        .toList();
        if (touched.isEmpty()) {
            return new Answer(
                    Reaction.NO,
                    "This touches no such application. Of others it is told by %s."
                            .formatted(code("assent why APP/ENVIRONMENT")));
        }
        var text = new StringBuilder();
        for (var it : touched.subList(0, Math.min(5, touched.size()))) {
            text.append(why(it, groupName));
        }
        return new Answer(Reaction.YES, text.toString());
    }

    private String why(ApplicationName application, Optional<GroupName> group) {
        var why = inquiry.why(application, group);
        var lines = new StringBuilder("**%s**\n\n".formatted(code(application.toString())));
        if (why.facts().isEmpty()) lines.append("* nothing is declared, and nothing exists\n");
        why.facts().stream().limit(FACTS).map(Orders::fact).forEach(lines::append);
        return lines.append('\n').toString();
    }

    private static String fact(Fact fact) {
        var steps =
                fact.steps().stream()
                        .map(it -> "    * %s\n".formatted(code(it)))
                        .collect(Collectors.joining());
        return "* %s\n%s".formatted(prose(fact.message()), steps);
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// Who writes a comment, for the policy.
    static Speaker speaker(
            String forge, String login, Set<String> groups, Channel channel, String evidence) {
        var user = forge + ":" + login;
        return new Speaker(user, user, new TreeSet<>(groups), channel, Optional.of(evidence));
    }
}
