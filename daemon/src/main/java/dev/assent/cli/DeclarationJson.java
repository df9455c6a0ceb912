package dev.assent.cli;

import dev.assent.model.Desired.DesiredGroup;
import dev.assent.plan.Buildable;
import tools.jackson.databind.node.ObjectNode;

/// What a manifest declares, as further keys of its file's object.
final class DeclarationJson {

    private DeclarationJson() {}

    static void write(Declaration declaration, ObjectNode file) {
        declaration.app().ifPresent(it -> file.put("application", it));
        var environments = file.putArray("environments");
        for (var part : declaration.parts()) {
            var node = environments.addObject().put("environment", part.environment());
            node.put("declared", part.silence().isEmpty());
            var groups = node.putArray("groups");
            part.groups().forEach(it -> group(it, groups.addObject()));
        }
    }

    private static void group(DesiredGroup group, ObjectNode node) {
        node.put("group", group.name().toString());
        node.put("variant", group.specification().variant().word());
        group.specification().version().ifPresent(it -> node.put("version", it.text()));
        node.put("primary", group.primary());
        node.put("external", group.external());
        var servers = node.putArray("servers");
        for (var server : group.servers()) {
            var it = servers.addObject();
            server.name().ifPresent(name -> it.put("name", name.name()));
        }
        if (group.external()) return;
        var lacking = Buildable.lacking(group);
        node.put("fullyDefined", lacking.isEmpty());
        var missing = node.putArray("missing");
        lacking.forEach(missing::add);
    }
}
