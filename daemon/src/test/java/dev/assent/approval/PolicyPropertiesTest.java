package dev.assent.approval;

import static dev.assent.approval.Trial.NOON;
import static dev.assent.approval.Trial.PRODUCTION;
import static dev.assent.approval.Trial.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationPattern;
import dev.assent.plan.Change;
import dev.assent.plan.Severity;
import dev.assent.state.Assent;
import dev.assent.state.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What holds of every policy, whatever is said to whichever plan.
class PolicyPropertiesTest {

    private static final int CASES = 5_000;

    private static final List<String> SPEAKERS =
            List.of("ada", "ben", "cleo", "admin", "github:ada-l", "github:BEN-B", "github:eve");

    @Test
    void what_no_rule_is_for_is_approved_by_nobody() {
        var unmatched = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var it = new Case(seed);
            for (var planned : it.matter.plan().changes()) {
                if (it.policy.rule(it.matter.plan().application(), planned.change()).isPresent()) {
                    continue;
                }
                unmatched++;
                assertThat(it.policy.judge(it.matter, it.yeses, Set.of(planned.id())).enough())
                        .as("seed %d", seed)
                        .isFalse();
            }
        }
        assertThat(unmatched).isGreaterThan(CASES / 10);
    }

    @Test
    void a_further_yes_takes_no_approval_away() {
        var approved = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var it = new Case(seed);
            for (var planned : it.matter.plan().changes()) {
                var changes = Set.of(planned.id());
                if (!it.policy.judge(it.matter, it.yeses, changes).enough()) continue;
                approved++;
                var more = new ArrayList<>(it.yeses);
                more.add(it.yes());
                assertThat(it.policy.judge(it.matter, more, changes).enough())
                        .as("seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(approved).isGreaterThan(CASES / 10);
    }

    @Test
    void authors_alone_approve_nothing_where_they_do_not_count() {
        var asked = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var it = new Case(seed);
            var ours =
                    it.yeses.stream()
                            .filter(yes ->
                                    it.policy
                                            .authors(it.matter)
                                            .contains(it.policy.people().person(yes.person())))
                            .toList();
            for (var planned : it.matter.plan().changes()) {
                var rule = it.policy.rule(it.matter.plan().application(), planned.change());
                if (rule.isEmpty() || rule.get().author() || ours.isEmpty()) continue;
                asked++;
                assertThat(it.policy.judge(it.matter, ours, Set.of(planned.id())).enough())
                        .as("seed %d", seed)
                        .isFalse();
            }
        }
        assertThat(asked).isGreaterThan(CASES / 10);
    }

    @Test
    void one_person_is_one_person_by_whatever_name() {
        for (var seed = 0; seed < CASES; seed++) {
            var it = new Case(seed);
            var ada =
                    it.yeses.stream()
                            .filter(yes -> it.policy.people().person(yes.person()).equals("ada"))
                            .toList();
            for (var tally : it.policy.judge(it.matter, ada, Set.of("c1", "c2", "c3")).tallies()) {
                assertThat(tally.people().size()).as("seed %d", seed).isLessThanOrEqualTo(1);
            }
        }
    }

    /// A policy, a plan and what was said, all by chance.
    private static final class Case {

        private final Random dice;
        private final Policy policy;
        private final Matter matter;
        private final List<Assent> yeses = new ArrayList<>();

        private Case(long seed) {
            dice = new Random(seed);
            var rules = new ArrayList<Rule>();
            for (var i = dice.nextInt(4); i >= 0; i--) rules.add(rule());
            policy = new Policy(people(), rules, List.of());
            matter = matter();
            for (var i = dice.nextInt(6); i >= 0; i--) yeses.add(yes());
        }

        private static People people() {
            return new People(
                    List.of(
                            person("ada", "ada-l", "dba"),
                            person("ben", "ben-b", "dba"),
                            person("cleo", "cleo", "developers")));
        }

        private static Person person(String name, String login, String group) {
            return new Person(
                    name,
                    new TreeSet<>(Set.of(group)),
                    List.of(name + "@example.org"),
                    Map.of("github", login),
                    List.of(),
                    List.of(),
                    Optional.empty());
        }

        private Rule rule() {
            return new Rule(
                    "rule",
                    new ApplicationPattern(
                            one(List.of("*/*", "*/production", "blog/*", "*/staging"))),
                    some(List.of("create-group", "remove-group", "set-primary")),
                    some(List.of(Severity.values())),
                    1 + dice.nextInt(2),
                    new Rule.Voters(
                            new TreeSet<>(some(List.of("ada", "cleo", "admin"))),
                            new TreeSet<>(some(List.of("dba", "developers", "forge-write")))),
                    dice.nextBoolean(),
                    some(List.of(Channel.values())),
                    1 + dice.nextInt(2),
                    dice.nextInt(4) == 0,
                    Optional.empty());
        }

        private Matter matter() {
            var changes =
                    List.of(Trial.creating(), Trial.removing(), Trial.settingPrimary())
                            .toArray(Change[]::new);
            var authors =
                    new TreeSet<>(
                            some(
                                    List.of(
                                            "email:ada@example.org",
                                            "github:ben-b",
                                            "email:x@y.org")));
            var head = new Wanted.Head("platform", "refs/pull/7/head", "#7", dice.nextBoolean());
            return new Matter(
                    Trial.plan(dice.nextBoolean() ? PRODUCTION : STAGING, changes),
                    new Wanted(dice.nextInt(4) > 0, List.of(head), authors),
                    dice.nextInt(4) == 0
                            ? Optional.of(Trial.asked("cleo", "cleo"))
                            : Optional.empty());
        }

        private Assent yes() {
            var changes = new TreeSet<>(some(List.of("c1", "c2", "c3")));
            var speaker = one(SPEAKERS);
            return new Assent(
                    speaker,
                    speaker,
                    new TreeSet<>(some(List.of("forge-write", "developers"))),
                    one(List.of(Channel.values())).word(),
                    Optional.empty(),
                    NOON,
                    changes);
        }

        private <T> T one(List<T> of) {
            return of.get(dice.nextInt(of.size()));
        }

        private <T> Set<T> some(List<T> of) {
            var some = new TreeSet<T>();
            of.stream().filter(_ -> dice.nextInt(3) > 0).forEach(some::add);
            return some;
        }
    }
}
