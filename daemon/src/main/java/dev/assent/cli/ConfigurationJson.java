package dev.assent.cli;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What counts of a configuration, for programs: the values, and by JSON pointer where each comes
/// from.
final class ConfigurationJson {

    private final CheckedTree tree;
    private final ObjectNode origins = JsonNodeFactory.instance.objectNode();

    private ConfigurationJson(CheckedTree tree) {
        this.tree = tree;
    }

    static ObjectNode of(Path file, CheckedTree tree) {
        var json = new ConfigurationJson(tree);
        var all = JsonNodeFactory.instance.objectNode();
        all.put("version", 1).put("file", file.toString());
        all.set("configuration", json.of(tree.effective()));
        all.set("origins", json.origins);
        return all;
    }

    private JsonNode of(Tree value) {
        return switch (value) {
            case Tree.Mapping mapping -> {
                var object = JsonNodeFactory.instance.objectNode();
                mapping.entries().forEach(it -> object.set(it.key(), of(it.value())));
                yield object;
            }
            case Tree.Sequence list -> {
                var array = JsonNodeFactory.instance.arrayNode();
                list.items().forEach(it -> array.add(of(it)));
                yield array;
            }
            case Tree.Scalar scalar -> {
                origins.put(scalar.pointer().toString(), tree.origin(scalar));
                yield scalar.json();
            }
        };
    }
}
