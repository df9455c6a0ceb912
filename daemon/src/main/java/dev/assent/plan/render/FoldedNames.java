package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import dev.assent.model.GroupName;
import dev.assent.plan.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The names of variables, written the short way: what begins alike is written once, as a shell
/// does, `POSTGRESQL_MAIN_{ADDRESS,PORT}`.
final class FoldedNames {

    private FoldedNames() {}

    /// What becomes of the names, a line for each beginning: `+ POSTGRESQL_MAIN_{ADDRESS,PORT}`.
    ///
    /// @param group the group that the change is about, whose variables these mostly are
    static List<String> lines(Effect effect, GroupName group) {
        var lines = new ArrayList<String>();
        of(effect.added(), group).forEach(it -> lines.add("+ " + it));
        of(effect.changed(), group).forEach(it -> lines.add("~ " + it));
        of(effect.removed(), group).forEach(it -> lines.add("- " + it));
        return lines;
    }

    private static List<String> of(Collection<String> names, GroupName group) {
        var root = group.engine().prefix() + "_";
        var own = root + group.variablePart() + "_";
        var ofGroup = names.stream().filter(it -> it.startsWith(own)).toList();
        var ofRoot =
                names.stream().filter(it -> it.startsWith(root) && !it.startsWith(own)).toList();
        var others = names.stream().filter(it -> !it.startsWith(root)).map(Visible::of).toList();
        var folded = new ArrayList<String>();
        folded.addAll(folded(own, ofGroup));
        folded.addAll(folded(root, ofRoot));
        folded.addAll(others);
        return folded;
    }

    private static List<String> folded(String beginning, List<String> names) {
        if (names.size() < 2) return names.stream().map(Visible::of).toList();
        var ends = names.stream().map(it -> Visible.of(it.substring(beginning.length()))).toList();
        return List.of(beginning + "{" + String.join(",", ends) + "}");
    }
}
