package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// What is odd about the YAML of a file, noted while its tree is built. Whether it is a problem
/// depends on where it stands: it may concern nobody.
final class Oddities {

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(
                    Tag.STR,
                    Tag.INT,
                    Tag.FLOAT,
                    Tag.BOOL,
                    Tag.NULL,
                    Tag.MAP,
                    Tag.SEQ,
                    Tag.TIMESTAMP,
                    Tag.MERGE,
                    Tag.BINARY,
                    Tag.SET,
                    Tag.OMAP,
                    Tag.PAIRS);

    private static final Pattern DASHED = Pattern.compile("-[\\p{L}_]");

    /// One of them.
    record Finding(Code code, Spot spot, String message, Remedy remedy) {

        void report(Problems problems) {
            problems.add(code, spot, message, remedy);
        }
    }

    private final Source source;
    private final List<Finding> all = new ArrayList<>();

    Oddities(Source source) {
        this.source = source;
    }

    List<Finding> all() {
        return all;
    }

    /// A tag that wants something to be made.
    void ofTag(Node node, Pointer pointer) {
        var tag = node.getTag();
        if (PLAIN_TAGS.contains(tag) || tag.getValue().equals("!")) return;
        note(
                Code.CUSTOM_TAG,
                new Spot(source.character(node.getStartMark().getIndex()), pointer),
                "the tag %s asks for something that a manifest cannot make"
                        .formatted(Words.quoted(tag.getValue())),
                Remedy.suggest("remove the tag and write the value itself"));
    }

    /// `-item` where a line begins: meant as an item of a list, and a text to YAML.
    void ofText(ScalarNode node, Spot spot) {
        if (!node.isPlain() || !node.getValue().startsWith("-")) return;
        if (!DASHED.matcher(node.getValue()).lookingAt()) return;
        var place = spot.place();
        var line = source.line(place.line());
        if (!line.substring(0, line.offsetByCodePoints(0, place.column() - 1)).isBlank()) return;
        note(
                Code.DASH_WITHOUT_SPACE,
                spot,
                "%s is a text and no item of a list, since no space stands behind the dash"
                        .formatted(Words.quoted(node.getValue())),
                Remedy.suggest("put a space behind the dash")
                        .mended(Mending.replaced(place, "-", "- ", source)));
    }

    /// A key that is a mapping or a list, or one of the very letters `-key` or `key:value`, which
    /// nobody means.
    void ofKey(Node key, Node value, Spot spot) {
        if (!(key instanceof ScalarNode scalar)) {
            note(
                    Code.KEY_NOT_TEXT,
                    spot,
                    "a key must be a text, and this one is a mapping or a list",
                    Remedy.suggest("quote a value that contains braces or brackets"));
        } else if (scalar.isPlain()) {
            ofKey(scalar.getValue(), value.getTag().equals(Tag.NULL), spot);
        }
    }

    private void ofKey(String written, boolean isAlone, Spot spot) {
        if (DASHED.matcher(written).lookingAt()) {
            note(
                    Code.UNKNOWN_KEY,
                    spot,
                    "there is no key %s here".formatted(Words.quoted(written)),
                    instead(
                            "put a space behind the dash",
                            spot,
                            written,
                            Optional.of("- " + written.substring(1))
                                    .filter(it -> it.equals("- server"))));
        } else if (isAlone) {
            Colons.repair(written)
                    .ifPresent(it ->
                            note(
                                    Code.COLON_WITHOUT_SPACE,
                                    spot,
                                    it.sentence(),
                                    instead(
                                            "write a `:` with a space behind it",
                                            spot,
                                            written,
                                            it.better())));
        }
    }

    private Remedy instead(String suggestion, Spot spot, String written, Optional<String> better) {
        return Remedy.suggest(suggestion)
                .mended(
                        better.map(it -> Mending.replaced(spot.place(), written, it, source))
                                .orElse(Mended.NOTHING));
    }

    /// A key that stands twice in one mapping.
    void twice(Entry entry, Place first) {
        note(
                Code.DUPLICATE_KEY,
                entry.keySpot(),
                "%s stands in line %d already, and here again"
                        .formatted(Words.quoted(entry.key()), first.line()),
                Remedy.suggest("keep one of the two, or give one another name"));
    }

    /// A `<<` that names something without keys.
    void ofMerge(Spot spot) {
        note(
                Code.MERGE_NOT_MAPPING,
                spot,
                "`<<` takes the keys of a mapping, and what it names has none",
                Remedy.suggest("name a mapping with `&` and merge that"));
    }

    private void note(Code code, Spot spot, String message, Remedy remedy) {
        all.add(new Finding(code, spot, message, remedy));
    }
}
