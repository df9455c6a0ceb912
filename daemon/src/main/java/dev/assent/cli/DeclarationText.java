package dev.assent.cli;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.Desired.DesiredServer;
import dev.assent.model.ServerName;
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

    /// A group has as many lines as it has servers, so that no line is longer than it must be; what
    /// a server lacks stands beside it.
    private static void group(DesiredGroup group, Table table) {
        var name = group.name() + (group.primary() ? " (primary)" : "");
        var engine = group.specification().variant().word();
        if (group.external() || group.servers().isEmpty()) {
            var verdict =
                    group.external()
                            ? "external"
                            : "no: " + String.join("; ", Buildable.lacking(group));
            table.row(name, engine, version(group), "-", verdict);
            return;
        }
        var verdict = Buildable.lacking(group).isEmpty() ? "yes" : "no";
        for (var i = 0; i < group.servers().size(); i++) {
            var server = group.servers().get(i);
            var lack = Buildable.nameless(server, i + 1);
            if (i == 0) {
                table.row(
                        name,
                        engine,
                        version(group),
                        name(server),
                        lack.map(it -> verdict + ": " + it).orElse(verdict));
            } else {
                table.row("", "", "", name(server), lack.orElse(""));
            }
        }
    }

    private static String name(DesiredServer server) {
        return server.name().map(ServerName::name).orElse("(no name)");
    }

    private static String version(DesiredGroup group) {
        return group.specification()
                .version()
                .map(Object::toString)
                .orElse(group.external() ? "-" : "newest");
    }
}
