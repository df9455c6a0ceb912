package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import java.util.Optional;
import java.util.Queue;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// The YAML nodes of a text. Nodes only: nothing is ever constructed from them.
///
/// @param root empty for a file without any value
/// @param aliases where aliases stand, in the order of the file
record Composition(Optional<Node> root, Queue<Mark> aliases) {

    /// Composes the text; empty, with a problem, when it is no YAML. A tab that stands where only
    /// some readers take it counts as a space.
    static Optional<Composition> of(Problems problems) {
        var text = problems.source().text();
        return switch (attempt(text)) {
            case Composed(var composition) -> Optional.of(composition);
            case Failed(var failure, var parser) -> {
                var tolerant = Tabs.harmlessAsSpaces(text);
                if (!tolerant.equals(text) && attempt(tolerant) instanceof Composed(var second)) {
                    yield Optional.of(second);
                }
                SyntaxProblem.report(failure, parser.anchors(), problems);
                yield Optional.empty();
            }
        };
    }

    /// Whether a text is YAML.
    static boolean isYaml(String text) {
        return attempt(text) instanceof Composed;
    }

    private sealed interface Attempt {}

    private record Composed(Composition composition) implements Attempt {}

    private record Failed(RuntimeException failure, BoundedParser parser) implements Attempt {}

    // The library's own limits are out of the way: BoundedParser stops earlier and says where.
    private static Attempt attempt(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        var parser = new BoundedParser(new ParserImpl(new StreamReader(text), options));
        try {
            var composer = new Composer(parser, new Resolver(), options);
            var root =
                    composer.checkNode() ? Optional.of(composer.getNode()) : Optional.<Node>empty();
            if (composer.checkNode()) {
                var second = composer.getNode();
                if (!second.getTag().equals(Tag.NULL)) throw severalDocuments(second);
            }
            return new Composed(new Composition(root, parser.aliases()));
        } catch (RuntimeException failure) {
            // Besides its own exceptions the library lets some of the JDK's out: a `"\UFFFFFFFF"`
            // ends in a NumberFormatException.
            return new Failed(failure, parser);
        }
    }

    private static Exceeded severalDocuments(Node second) {
        return new Exceeded(
                Code.SEVERAL_DOCUMENTS,
                second.getStartMark(),
                "a second document begins here; a file holds one");
    }
}
