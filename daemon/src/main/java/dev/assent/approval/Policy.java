package dev.assent.approval;

import dev.assent.model.ApplicationName;
import dev.assent.model.ApplicationPattern;
import dev.assent.plan.Change;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.state.Assent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who may say yes to what, and when it is carried out. What no rule is for is approved by nobody.
///
/// @param rules of those that match a change the first one counts
/// @param freezes when no apply begins
public record Policy(People people, List<Rule> rules, List<Freeze> freezes) {

    /// Where nobody has written one: whoever has a token that is made for saying yes, alone.
    public static final Policy BUILT_IN =
            new Policy(
                    People.NONE,
                    List.of(
                            new Rule(
                                    "built in",
                                    new ApplicationPattern("*/*"),
                                    Set.of(),
                                    Set.of(),
                                    1,
                                    new Rule.Voters(
                                            new TreeSet<>(Set.of(Speaker.ADMIN)),
                                            new TreeSet<>(Set.of(Speaker.TOKEN_APPROVE))),
                                    true,
                                    Set.of(Channel.CLI, Channel.API, Channel.DASHBOARD),
                                    1,
                                    false,
                                    Optional.empty())),
                    List.of());

    public Policy {
        rules = List.copyOf(rules);
        freezes = List.copyOf(freezes);
    }

    /// The rule that decides on a change.
    public Optional<Rule> rule(ApplicationName application, Change change) {
        return rules.stream().filter(it -> it.matches(application, change)).findFirst();
    }

    /// What the yeses to a plan amount to. A yes is one to the changes that it covers.
    ///
    /// @param changes the ids of the changes that are to be approved
    public Judgement judge(Matter matter, List<Assent> yeses, Set<String> changes) {
        var authors = people.authors(matter);
        return new Judgement(
                covered(matter, changes).stream()
                        .map(planned ->
                                Tally.of(
                                        planned,
                                        rule(matter, planned),
                                        never(matter, planned),
                                        yeses.stream()
                                                .filter(it -> it.changes().contains(planned.id()))
                                                .map(people::voice)
                                                .toList(),
                                        authors))
                        .toList());
    }

    /// Why somebody's yes to a change does not count, in a clause; empty where it does.
    public Optional<String> objection(Matter matter, PlannedChange planned, Voice voice) {
        return never(matter, planned)
                .or(() ->
                        rule(matter, planned)
                                .flatMap(it -> it.objection(voice, people.authors(matter))));
    }

    /// Whether a yes counts for any of the changes that it covers.
    public boolean counts(Matter matter, Assent yes) {
        return covered(matter, yes.changes()).stream()
                .anyMatch(it -> objection(matter, it, people.voice(yes)).isEmpty());
    }

    /// Whether a yes says all that another one does: the same person by the same kind of proof, to
    /// the same changes or more.
    public boolean says(Assent yes, Assent other) {
        var one = people.voice(yes);
        var two = people.voice(other);
        return one.person().equals(two.person())
                && one.groups().containsAll(two.groups())
                && one.proofs().equals(two.proofs())
                && yes.changes().containsAll(other.changes());
    }

    /// The names of those who made a change or asked for it.
    public SortedSet<String> authors(Matter matter) {
        return people.authors(matter);
    }

    /// Why somebody may not say no to a plan, in a sentence. Whoever could say yes to any of it
    /// may, wherever they say it, and whoever made or asked for it. Whom the policy does not know
    /// takes back only what nobody else wants: anybody can propose the same once more.
    public Optional<String> mayReject(Matter matter, Speaker speaker) {
        var voice = people.voice(speaker);
        var theirs = matter.isOneHeadsAlone() || people.named(voice.person()).isPresent();
        var may =
                voice.person().equals(Speaker.ADMIN)
                        || (theirs && people.authors(matter).contains(voice.person()))
                        || matter.plan().changes().stream()
                                .flatMap(it -> rule(matter, it).stream())
                                .anyMatch(it -> it.by().hold(voice));
        return may
                ? Optional.empty()
                : Optional.of(
                        "%s may not reject %s: the policy lets %s say yes to nothing of it, and it is not their change alone"
                                .formatted(voice.person(), matter.plan().id(), voice.person()));
    }

    /// When changes of a plan may be carried out.
    public Opening opening(Matter matter, Set<String> changes, Instant now) {
        var hours = new ArrayList<Hours>();
        for (var planned : covered(matter, changes)) {
            rule(matter, planned).flatMap(Rule::window).ifPresent(hours::add);
        }
        freezes.stream()
                .filter(it -> it.match().matches(matter.plan().application()))
                .forEach(hours::add);
        return Opening.of(hours.stream().distinct().toList(), now);
    }

    private Optional<Rule> rule(Matter matter, PlannedChange planned) {
        return rule(matter.plan().application(), planned.change());
    }

    /// Why a change can be approved by nobody at all.
    private Optional<String> never(Matter matter, PlannedChange planned) {
        if (matter.wanted().onlyByForeigners()) {
            return Optional.of(
                    "it comes from a fork (%s), and can be approved once it is merged"
                            .formatted(matter.heads()));
        }
        var rule = rule(matter, planned);
        if (rule.isEmpty()) {
            return Optional.of(
                    "no rule of the policy is for %s (%s) in %s, so nobody can approve it"
                            .formatted(
                                    planned.change().action(),
                                    planned.change().severity().word(),
                                    matter.plan().application()));
        }
        return rule.filter(it -> it.mergedOnly() && !matter.isMerged())
                .map(it ->
                        "the rule `%s` lets it be approved only once %s is merged"
                                .formatted(
                                        it.name(),
                                        matter.heads().isEmpty() ? "it" : matter.heads()));
    }

    private static List<PlannedChange> covered(Matter matter, Set<String> changes) {
        return matter.plan().changes().stream().filter(it -> changes.contains(it.id())).toList();
    }
}
