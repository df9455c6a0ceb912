package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import dev.assent.manifest.Tree.Entry;
import dev.assent.manifest.Tree.Kind;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// From nodes to our own tree: aliases and merge keys resolved, every value with its place.
final class TreeBuilder {

    private final Source source;
    private final Set<Node> repeated;
    private final Budget budget;
    private final Oddities oddities;

    private TreeBuilder(Source source, Set<Node> repeated, Budget budget) {
        this.source = source;
        this.repeated = repeated;
        this.budget = budget;
        oddities = new Oddities(source);
    }

    /// A tree, and what is odd about it; which of that is a problem depends on where it stands.
    record Built(Tree root, List<Oddities.Finding> oddities) {}

    /// Builds the tree of a text; empty, with a problem, when it has none.
    static Optional<Built> build(Problems problems, Budget budget) {
        return Composition.of(problems, budget).flatMap(it -> build(it, problems, budget));
    }

    private static Optional<Built> build(
            Composition composition, Problems problems, Budget budget) {
        var source = composition.source();
        if (composition.root().isEmpty()) {
            var nothing = new Tree.Scalar(source.start(), Pointer.ROOT, "", Kind.EMPTY);
            return Optional.of(new Built(nothing, List.of()));
        }
        var root = composition.root().get();
        try {
            var repeated = AliasGraph.measure(root, composition.aliases());
            var builder = new TreeBuilder(source, repeated, budget);
            var tree = builder.tree(root, Pointer.ROOT);
            Tabs.warnOfTabsAfterValues(tree, problems);
            return Optional.of(new Built(tree, builder.oddities.all()));
        } catch (Exceeded exceeded) {
            exceeded.mistake(source).report(Optional.empty(), source, problems);
            return Optional.empty();
        }
    }

    private Tree tree(Node node, Pointer pointer) {
        budget.spend(node.getStartMark());
        oddities.ofTag(node, pointer);
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, pointer);
            case SequenceNode sequence -> sequence(sequence, pointer);
            case ScalarNode scalar -> {
                var it = new Tree.Scalar(place(scalar), pointer, scalar.getValue(), kind(scalar));
                oddities.ofText(scalar, it.spot());
                yield it;
            }
            case AnchorNode anchor -> tree(anchor.getRealNode(), pointer);
            default -> throw new IllegalStateException("an unknown kind of node: " + node);
        };
    }

    private Tree sequence(SequenceNode node, Pointer pointer) {
        var items = new ArrayList<Tree>();
        for (var item : node.getValue()) items.add(tree(item, pointer.child(items.size())));
        return new Tree.Sequence(place(node, items), pointer, items);
    }

    private Tree mapping(MappingNode node, Pointer pointer) {
        var own = new LinkedHashMap<NodeTuple, Entry>();
        var places = new HashMap<String, Place>();
        for (var tuple : node.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) continue;
            var entry = entry(tuple, pointer);
            own.put(tuple, entry);
            var first = places.putIfAbsent(entry.key(), entry.keyPlace());
            if (first != null) oddities.twice(entry, first);
        }
        var keys = new HashSet<>(places.keySet());
        var entries = new ArrayList<Entry>();
        for (var tuple : node.getValue()) {
            var entry = own.get(tuple);
            if (entry != null) {
                entries.add(entry);
            } else {
                for (var merged : merged(tuple, pointer)) {
                    if (keys.add(merged.key())) entries.add(merged);
                }
            }
        }
        var values = own.values().stream().map(Entry::value).toList();
        return new Tree.Mapping(place(node, values), pointer, entries, repeated.contains(node));
    }

    private Entry entry(NodeTuple tuple, Pointer pointer) {
        var node = tuple.getKeyNode();
        var place = place(node);
        var key = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        oddities.ofKey(node, tuple.getValueNode(), new Spot(place, pointer.child(key)));
        return new Entry(key, place, tree(tuple.getValueNode(), pointer.child(key)));
    }

    /// The entries that a `<<` brings in; of several mappings, the first that has a key wins.
    private List<Entry> merged(NodeTuple tuple, Pointer pointer) {
        var nodes =
                tuple.getValueNode() instanceof SequenceNode list
                        ? list.getValue()
                        : List.of(tuple.getValueNode());
        var sources = nodes.stream().map(it -> tree(it, pointer)).toList();
        var merged = new LinkedHashMap<String, Entry>();
        for (var each : sources) {
            switch (each) {
                case Tree.Mapping mapping ->
                        mapping.lastOfEach().forEach(it -> merged.putIfAbsent(it.key(), it));
                case Tree.Scalar scalar when scalar.isEmpty() -> {}
                case Tree.Scalar _, Tree.Sequence _ ->
                        oddities.ofMerge(new Spot(place(tuple.getKeyNode()), pointer));
            }
        }
        return List.copyOf(merged.values());
    }

    private static Kind kind(ScalarNode node) {
        var tag = node.getTag();
        if (tag.equals(Tag.NULL)) return Kind.EMPTY;
        if (tag.equals(Tag.BOOL)) return Kind.BOOLEAN;
        if (tag.equals(Tag.INT)) return Kind.INTEGER;
        if (tag.equals(Tag.FLOAT)) return Kind.FLOAT;
        return Kind.TEXT;
    }

    private Place place(Node node) {
        var from = node.getStartMark().getIndex();
        var place = source.place(from, Math.max(from, node.getEndMark().getIndex()));
        return place.endLine() > place.line() && place.endColumn() == 1
                ? source.withoutLastLine(place)
                : place;
    }

    /// From a value's first character to its last; the parser's own end of a block lies at the
    /// beginning of whatever follows it.
    private Place place(CollectionNode<?> node, List<Tree> children) {
        if (node.getFlowStyle() == FlowStyle.FLOW || children.isEmpty()) return place(node);
        var start = place(node);
        var end = children.getLast().place();
        return end.endLine() < start.line() ? start : Source.between(start, end);
    }
}
