package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// How large a tree would become with its aliases followed. Nodes share what aliases name, so a few
/// lines can stand for billions of values; here each node is looked at once, and the rest is
/// arithmetic. (A node equals only itself.)
final class AliasGraph {

    private record Size(long values, long aliases) {

        private static final long TOO_MUCH = 1L << 40;

        Size plus(Size other) {
            return new Size(
                    Math.min(TOO_MUCH, values + other.values),
                    Math.min(TOO_MUCH, aliases + other.aliases));
        }
    }

    private static final Size ONE = new Size(1, 0);
    private static final Size ALIAS = new Size(0, 1);

    private final Queue<Mark> places;
    private final Map<Node, Size> sizes = new HashMap<>();
    private final Set<Node> open = new HashSet<>();
    private final Set<Node> repeated = new HashSet<>();

    private AliasGraph(Queue<Mark> places) {
        this.places = places;
    }

    /// Measures the tree under a node.
    ///
    /// @return the nodes that aliases repeat
    /// @throws Exceeded when following all aliases would never end, or not soon enough
    static Set<Node> measure(Node root, Queue<Mark> places) {
        if (places.isEmpty()) return Set.of();
        var graph = new AliasGraph(places);
        var size = graph.size(root);
        if (size.aliases() > BoundedParser.MAX_ALIASES) {
            throw BoundedParser.tooManyAliases(root.getStartMark());
        }
        if (size.values() > BoundedParser.MAX_VALUES) {
            throw BoundedParser.tooManyValues(root.getStartMark());
        }
        return graph.repeated;
    }

    private Size size(Node node) {
        open.add(node);
        var size = children(node).map(this::edge).reduce(ONE, Size::plus);
        open.remove(node);
        sizes.put(node, size);
        return size;
    }

    /// Nodes are met in the order of the file, so a node that is met again is met by the next
    /// alias.
    private Size edge(Node child) {
        if (!open.contains(child) && !sizes.containsKey(child)) return size(child);
        var place = places.isEmpty() ? child.getStartMark() : places.remove();
        if (open.contains(child)) {
            throw new Exceeded(
                    Code.RECURSIVE_ALIAS,
                    place,
                    "`*%s` stands inside the value that it names".formatted(child.getAnchor()),
                    "name another value, or write this one out");
        }
        repeated.add(child);
        return sizes.getOrDefault(child, ONE).plus(ALIAS);
    }

    private static Stream<Node> children(Node node) {
        return switch (node) {
            case MappingNode mapping ->
                    mapping.getValue().stream()
                            .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()));
            case SequenceNode sequence -> sequence.getValue().stream();
            default -> List.<Node>of().stream();
        };
    }
}
