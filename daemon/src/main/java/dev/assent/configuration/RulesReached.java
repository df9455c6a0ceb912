package dev.assent.configuration;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.Tree;
import dev.assent.model.ApplicationPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds rules for applications that never count, as an earlier one is for all that they are for.
record RulesReached(CheckedTree tree) {

    private record Seen(ApplicationPattern pattern, Tree value) {}

    void check(List<Tree.Mapping> rules) {
        var before = new ArrayList<Seen>();
        for (var rule : rules) {
            var match = rule.value("match").filter(it -> isPattern(it));
            if (match.isEmpty()) continue;
            var pattern = new ApplicationPattern(match.get().text().orElse(""));
            before.stream()
                    .filter(it -> it.pattern().covers(pattern))
                    .findFirst()
                    .ifPresent(it -> report(match.get(), it));
            before.add(new Seen(pattern, match.get()));
        }
    }

    private static boolean isPattern(Tree value) {
        return value.text().filter(ApplicationPattern::isOne).isPresent();
    }

    private void report(Tree match, Seen first) {
        tree.report(
                Code.RULE_NEVER_REACHED,
                match.spot(),
                "this rule never counts: `%s` in line %d is for all of these, and the first one that matches counts"
                        .formatted(first.pattern(), first.value().place().line()),
                Optional.of("put this rule before that one, or remove it"));
    }
}
