package dev.assent.plan.render;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Groups and replication before and after a plan, for Mermaid to draw. Labels hold letters, digits
/// and what joins them, and nothing that means anything to Mermaid.
final class Picture {

    /// Nobody sees anything in a larger one.
    private static final int MOST_GROUPS = 40;

    private final ApplicationName application;
    private final List<String> lines = new ArrayList<>();

    private Picture(ApplicationName application) {
        this.application = application;
    }

    /// Whether there is something to see, and not too much of it.
    static boolean isWorthwhile(Sight.Both sight) {
        var count = Math.max(sight.before().groups().size(), sight.after().groups().size());
        return count > 0 && count <= MOST_GROUPS;
    }

    static List<String> of(ApplicationName application, Sight.Both sight) {
        var picture = new Picture(application);
        picture.lines.add("flowchart LR");
        picture.half("before", "Before", sight.before(), sight.after(), "gone");
        picture.half("after", "After", sight.after(), sight.before(), "made");
        picture.lines.add("  before ~~~ after");
        picture.lines.add("  classDef gone stroke:#c62828,stroke-dasharray:4");
        picture.lines.add("  classDef made stroke:#2e7d32,stroke-width:3px");
        return picture.lines;
    }

    /// @param marked what a group is that the other half does not have
    private void half(String id, String title, Sight sight, Sight other, String marked) {
        lines.add("  subgraph %s [%s]".formatted(id, title));
        var nodes = new Nodes(id);
        sight.groups()
                .forEach((group, what) ->
                        nodes.of(
                                new GroupAddress(application, group),
                                label(group, what),
                                other.groups().containsKey(group) ? "" : ":::" + marked));
        if (sight.groups().isEmpty()) lines.add("    %s0[none]".formatted(id));
        sight.sources()
                .forEach((group, source) ->
                        lines.add(
                                "    %s -->|data| %s"
                                        .formatted(
                                                nodes.of(source),
                                                nodes.of(new GroupAddress(application, group)))));
        lines.add("  end");
    }

    /// The nodes of one half, each written down when it is first spoken of.
    private final class Nodes {

        private final String id;
        private final Map<GroupAddress, String> names = new HashMap<>();

        private Nodes(String id) {
            this.id = id;
        }

        private String of(GroupAddress address) {
            return of(address, Inert.label(address.toString()), "");
        }

        private String of(GroupAddress address, String label, String mark) {
            return names.computeIfAbsent(
                    address,
                    _ -> {
                        var name = id + (names.size() + 1);
                        lines.add("    %s[\"%s\"]%s".formatted(name, label, mark));
                        return name;
                    });
        }
    }

    private static String label(GroupName group, String what) {
        var name = Inert.label(group.toString());
        return what.isEmpty() ? name : name + "<br>" + Inert.label(what.replace(",", " ·"));
    }
}
