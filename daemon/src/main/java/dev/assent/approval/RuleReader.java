package dev.assent.approval;

import dev.assent.approval.Rule.Voters;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.Tree;
import dev.assent.model.ApplicationPattern;
import dev.assent.plan.Severity;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules of a policy, while it is read.
final class RuleReader {

    private static final Pattern OIDC_GROUP = Pattern.compile("oidc:\\S.{0,200}");
    private static final Set<String> FORGE_RIGHTS =
            Set.of("forge-write", "forge-maintain", "forge-admin");

    private final CheckedTree tree;
    private final PeopleReader people;
    private final Function<Tree.Mapping, ZoneId> zone;

    RuleReader(CheckedTree tree, PeopleReader people, Function<Tree.Mapping, ZoneId> zone) {
        this.tree = tree;
        this.people = people;
        this.zone = zone;
    }

    List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (var item : tree.root().list("rules")) {
            if (!(item instanceof Tree.Mapping it)) continue;
            var rule = rule(it, rules.size() + 1);
            rules.stream()
                    .filter(before -> before.leavesNothingTo(rule))
                    .findFirst()
                    .ifPresent(before ->
                            tree.report(
                                    Code.NO_EFFECT,
                                    it.spot(),
                                    "the rule `%s` never counts: `%s` before it matches all that it matches"
                                            .formatted(rule.name(), before.name()),
                                    Optional.of("put the narrower rule first")));
            rules.add(rule);
        }
        return rules;
    }

    private Rule rule(Tree.Mapping item, int number) {
        var voters = voters(item);
        var approvals = number(item, "approvals");
        var onlyPeople = voters.groups().isEmpty() && !voters.people().isEmpty();
        if (onlyPeople && voters.people().size() < approvals) {
            wrong(
                    item.value("approvals").orElse(item),
                    "%d people have to say yes, and only %d may: %s"
                            .formatted(approvals, voters.people().size(), voters));
        }
        var channels = channels(item);
        var kinds = channels.stream().map(Channel::proof).distinct().count();
        var proofs = number(item, "proofs");
        if (kinds < proofs) {
            wrong(
                    item.value("proofs").orElse(item),
                    "%d kinds of channel are wanted, and `channels` has only %d: tokens are one kind (cli, api, dashboard), a forge is one (comment, review), and signatures are one (commit, tag)"
                            .formatted(proofs, kinds));
        }
        return new Rule(
                item.text("name").orElse("rule " + number),
                new ApplicationPattern(match(tree, item)),
                Set.copyOf(texts(item, "actions")),
                texts(item, "severity").stream()
                        .map(it -> Severity.valueOf(it.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                approvals,
                voters,
                item.text("author").filter(it -> it.matches("(?i)true|yes|on")).isPresent(),
                channels,
                proofs,
                item.text("branch").filter("base"::equals).isPresent(),
                item.mapping("window").flatMap(this::window));
    }

    private Voters voters(Tree.Mapping item) {
        var persons = new TreeSet<String>();
        var groups = new TreeSet<String>();
        for (var it : item.list("by")) {
            var name = it.text().orElse("");
            if (people.isGroup(name) || isBrought(name)) {
                groups.add(name);
            } else if (people.isPerson(name)) {
                persons.add(name);
            } else {
                wrong(
                        it,
                        "there is no person or group `%s`; there is %s, and what a forge or a token tells: %s, token-approve, oidc:GROUP"
                                .formatted(
                                        name,
                                        people.names(),
                                        String.join(", ", new TreeSet<>(FORGE_RIGHTS))));
            }
        }
        return new Voters(persons, groups);
    }

    /// Whether a proof of identity brings a group of this name along.
    private static boolean isBrought(String name) {
        return FORGE_RIGHTS.contains(name)
                || name.equals(Speaker.TOKEN_APPROVE)
                || OIDC_GROUP.matcher(name).matches();
    }

    private static Set<Channel> channels(Tree.Mapping item) {
        var words = texts(item, "channels");
        if (words.contains("any")) return EnumSet.allOf(Channel.class);
        if (words.isEmpty()) return Channel.USUAL;
        return words.stream().flatMap(it -> Channel.of(it).stream()).collect(Collectors.toSet());
    }

    private Optional<Window> window(Tree.Mapping item) {
        var length = Lengths.read(item.text("for").orElse(""));
        if (length.isEmpty()) {
            wrong(
                    item.value("for").orElse(item),
                    "a time is a number and `s`, `m`, `h` or `d`: `4h`");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Window(item.text("cron").orElse(""), length.get(), zone.apply(item)));
        } catch (IllegalArgumentException e) {
            wrong(item.value("cron").orElse(item), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    static String match(CheckedTree tree, Tree.Mapping item) {
        var match = item.text("match").orElse("");
        if (!ApplicationPattern.isOne(match)) {
            tree.report(
                    Code.NOT_ALLOWED,
                    item.value("match").orElse(item).spot(),
                    "an application is matched as APP/ENVIRONMENT: `*/production`",
                    Optional.empty());
        }
        return match;
    }

    private int number(Tree.Mapping item, String key) {
        var text = item.text(key).orElse("1");
        if (text.matches("[1-9][0-9]{0,3}")) return Integer.parseInt(text);
        wrong(item.value(key).orElse(item), "write a number in plain digits: `2`");
        return 1;
    }

    private static List<String> texts(Tree.Mapping item, String key) {
        return item.list(key).stream().flatMap(it -> it.text().stream()).toList();
    }

    private void wrong(Tree where, String message) {
        tree.report(Code.NOT_ALLOWED, where.spot(), message, Optional.empty());
    }
}
