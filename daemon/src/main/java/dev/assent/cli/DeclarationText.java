package dev.assent.cli;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.plan.Buildable;
import java.util.List;

/// What a manifest declares, as tables: one for each environment.
final class DeclarationText {

    private DeclarationText() {}

    /// Lines, each with its line end.
    static String of(String path, Declaration declaration, Look look) {
        var out = new StringBuilder();
        for (var part : declaration.parts()) {
            if (!out.isEmpty()) out.append('\n');
            if (part.silence().isPresent()) {
                out.append(Terminal.harmless(path + " " + part.silence().get())).append('\n');
                continue;
            }
            var title = path + "  " + title(declaration, part);
            out.append(look.paint(Colour.BOLD, Terminal.harmless(title))).append('\n');
            out.append(part.groups().isEmpty() ? "  no groups\n" : groups(part.groups(), look));
        }
        return out.toString();
    }

    private static String title(Declaration declaration, Declaration.Part part) {
        if (!part.environment().equals(Declaration.ANY)) {
            return declaration.app().map(it -> it + "/").orElse("") + part.environment();
        }
        return declaration.app().map(it -> it + " in ").orElse("")
                + (declaration.parts().size() == 1
                        ? "every environment"
                        : "every other environment");
    }

    private static String groups(List<DesiredGroup> groups, Look look) {
        var table = new Table(2);
        table.row("Group", "Engine", "Version", "Servers", "Fully defined");
        groups.forEach(it -> group(it, table));
        var lines = table.toString();
        var heading = lines.indexOf('\n');
        return look.paint(Colour.FAINT, lines.substring(0, heading)) + lines.substring(heading);
    }

    /// A group has as many lines as it has servers, so that no line is longer than it must be.
    private static void group(DesiredGroup group, Table table) {
        var servers =
                group.servers().stream()
                        .map(it -> it.name().map(Object::toString).orElse("(no name)"))
                        .toList();
        var defined = defined(group);
        for (var i = 0; i < Math.max(1, Math.max(servers.size(), defined.size())); i++) {
            table.row(
                    i > 0 ? "" : group.name() + (group.primary() ? " (primary)" : ""),
                    i > 0 ? "" : group.specification().variant().word(),
                    i > 0 ? "" : version(group),
                    i < servers.size() ? servers.get(i) : i > 0 ? "" : "-",
                    i < defined.size() ? defined.get(i) : "");
        }
    }

    private static String version(DesiredGroup group) {
        return group.specification()
                .version()
                .map(Object::toString)
                .orElse(group.external() ? "-" : "newest");
    }

    private static List<String> defined(DesiredGroup group) {
        if (group.external()) return List.of("external");
        var lacking = Buildable.lacking(group);
        return lacking.isEmpty()
                ? List.of("yes")
                : lacking.stream().map(it -> "no: " + it).toList();
    }
}
