package dev.assent.cli;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import dev.assent.manifest.Tree.Kind;
import dev.assent.manifest.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// What counts of a configuration, as YAML that is a configuration again, with a comment behind
/// each value that says where it comes from.
final class ConfigurationYaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");
    private static final Pattern OTHERWISE =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");
    private static final int WIDEST = 48;

    /// A line, and where what stands in it comes from.
    private record Line(String text, String origin) {}

    private final CheckedTree tree;
    private final List<Line> lines = new ArrayList<>();

    private ConfigurationYaml(CheckedTree tree) {
        this.tree = tree;
    }

    static String of(CheckedTree tree) {
        var yaml = new ConfigurationYaml(tree);
        yaml.mapping(tree.effective(), "", "");
        var width =
                yaml.lines.stream()
                        .mapToInt(it -> Visible.width(it.text()))
                        .filter(it -> it <= WIDEST)
                        .max()
                        .orElse(0);
        return yaml.lines.stream().map(it -> shown(it, width)).collect(Collectors.joining());
    }

    private static String shown(Line line, int width) {
        if (line.origin().isEmpty()) return line.text() + "\n";
        var gap = " ".repeat(Math.max(0, width - Visible.width(line.text())) + 2);
        return line.text() + gap + "# " + line.origin() + "\n";
    }

    /// @param first what stands before the first key: the dash of an item
    private void mapping(Tree.Mapping mapping, String first, String indent) {
        var before = first.isEmpty() ? indent : first;
        for (var entry : mapping.entries()) {
            var key = before + scalar(entry.key()) + ":";
            switch (entry.value()) {
                case Tree.Mapping it when !it.entries().isEmpty() -> {
                    lines.add(new Line(key, ""));
                    mapping(it, "", indent + "  ");
                }
                case Tree.Sequence it when hasMappings(it) -> {
                    lines.add(new Line(key, ""));
                    it.items().forEach(item -> item(item, indent));
                }
                case Tree it -> lines.add(new Line(key + " " + flow(it), tree.origin(it)));
            }
            before = indent;
        }
    }

    private void item(Tree item, String indent) {
        if (item instanceof Tree.Mapping it && !it.entries().isEmpty()) {
            mapping(it, indent + "- ", indent + "  ");
        } else {
            lines.add(new Line(indent + "- " + flow(item), tree.origin(item)));
        }
    }

    private static boolean hasMappings(Tree.Sequence list) {
        return list.items().stream().anyMatch(Tree.Mapping.class::isInstance);
    }

    private static String flow(Tree tree) {
        return switch (tree) {
            case Tree.Mapping it ->
                    it.entries().stream()
                            .map(entry -> scalar(entry.key()) + ": " + flow(entry.value()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Tree.Sequence it ->
                    it.items().stream()
                            .map(ConfigurationYaml::flow)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Tree.Scalar it ->
                    it.kind() == Kind.TEXT ? scalar(it.written()) : Visible.of(it.written());
        };
    }

    /// A text in quotes, where YAML would take it for something else without; what a terminal would
    /// obey is escaped.
    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !OTHERWISE.matcher(text).matches()
                ? text
                : Visible.of(JsonMapper.shared().writeValueAsString(text));
    }
}
