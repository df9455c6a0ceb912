package dev.assent.manifest;

import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// What comes of parsing a text once.
sealed interface Attempt {

    /// It is YAML.
    ///
    /// @param root empty for a file without any value
    /// @param second the second document, where there is one
    /// @param aliases where aliases stand, in the order of the file
    record Composed(Source source, Optional<Node> root, Optional<Node> second, Queue<Mark> aliases)
            implements Attempt {}

    /// It is not.
    ///
    /// @param anchors those that stand before the failure
    record Failed(Source source, RuntimeException failure, Set<String> anchors)
            implements Attempt {}

    /// Parses what is to be read of a file. The library's own limits are out of the way:
    /// [BoundedParser] stops earlier and says where.
    static Attempt at(Source source, Budget budget) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        var reader = new StreamReader(source.text());
        var parser = new BoundedParser(new ParserImpl(reader, options), budget);
        try {
            var composer = new Composer(parser, new Resolver(), options);
            var root = node(composer);
            var second = node(composer).filter(it -> !it.getTag().equals(Tag.NULL));
            return new Composed(source, root, second, parser.aliases());
        } catch (RuntimeException failure) {
            // Besides its own exceptions the library lets some of the JDK's out: a `"\UFFFFFFFF"`
            // ends in a NumberFormatException.
            return new Failed(source, failure, parser.anchors());
        }
    }

    private static Optional<Node> node(Composer composer) {
        return composer.checkNode() ? Optional.of(composer.getNode()) : Optional.empty();
    }
}
