package dev.assent.manifest;

import com.networknt.schema.Error;
import dev.assent.manifest.SchemaCheck.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a schema found, said in the words of somebody who has never heard of schemas.
final class SchemaWords {

    private static final Map<String, String> KINDS =
            Map.of(
                    "object", "a mapping of keys",
                    "array", "a list",
                    "string", "a text",
                    "number", "a number",
                    "integer", "a whole number",
                    "boolean", "`true` or `false`");

    private final SchemaFile file;
    private final Problems problems;

    SchemaWords(SchemaFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    void report(Error error, Located found) {
        var tree = found.tree().orElseThrow();
        var name = found.entry().map(it -> Words.quoted(it.key())).orElse("this");
        var around = file.around(error.getSchemaLocation().getFragment().toString());
        switch (error.getKeyword()) {
            case "type" -> wrongType(name, tree, found, around, expected(around, error));
            case "enum", "const" -> notOneOf(name, tree, around, error.getSchemaNode());
            case "required" -> missing(name, tree, found, error.getProperty());
            case "additionalProperties", "unevaluatedProperties" ->
                    unknownKey(tree, error.getProperty(), around);
            default -> notAllowed(name, tree, found, around, error);
        }
    }

    private void wrongType(
            String name, Tree tree, Located found, JsonNode around, String expected) {
        if (expected.contains("mapping") && lacksColon(tree)) return;
        var is =
                switch (tree) {
                    case Tree.Mapping _ -> "is a mapping of keys";
                    case Tree.Sequence _ -> "is a list";
                    case Tree.Scalar scalar ->
                            scalar.isEmpty() ? "is empty" : "is " + Words.quoted(scalar.written());
                };
        problems.add(
                tree.pointer().equals(Pointer.ROOT) ? Code.NOT_A_MAPPING : Code.WRONG_TYPE,
                spot(tree, found),
                tree.pointer().equals(Pointer.ROOT)
                        ? "the file must be %s, and %s".formatted(expected, is)
                        : "%s must be %s, and %s".formatted(name, expected, is),
                remedy(tree, around, expected));
    }

    private Remedy remedy(Tree tree, JsonNode around, String expected) {
        return switch (tree) {
            case Tree.Sequence _ when expected.contains("mapping") ->
                    Remedy.suggest("remove the dashes: it has keys and no items");
            case Tree.Scalar scalar
                    when !scalar.isEmpty() && around.path("required").size() == 1 -> {
                var key = around.path("required").path(0).asString();
                var better = "{%s: %s}".formatted(key, scalar.written());
                yield Remedy.suggest("write `%s`".formatted(better))
                        .mended(Mending.replaced(scalar, better, problems));
            }
            case Tree.Scalar scalar when isQuotedValue(scalar, expected) ->
                    Remedy.suggest("write it without quotes");
            default -> quotes(tree, expected);
        };
    }

    /// A number or a truth value that is a text because of its quotes.
    private static boolean isQuotedValue(Tree.Scalar scalar, String expected) {
        var shape =
                expected.contains("number")
                        ? "[0-9]{1,9}"
                        : expected.contains("`true`") ? "(?i)true|false|yes|no|on|off" : "";
        return !shape.isEmpty() && scalar.written().matches(shape);
    }

    /// A text where keys are expected, and which begins with one.
    private boolean lacksColon(Tree tree) {
        if (!(tree instanceof Tree.Scalar scalar)) return false;
        var repair = Colons.repair(scalar.written());
        repair.ifPresent(it ->
                problems.add(
                        Code.COLON_WITHOUT_SPACE,
                        scalar.spot(),
                        it.sentence(),
                        Remedy.suggest("write a `:` with a space behind it")
                                .mended(
                                        it.better()
                                                .filter(_ -> beginsLine(scalar))
                                                .map(better ->
                                                        Mending.replaced(scalar, better, problems))
                                                .orElse(Mended.NOTHING))));
        return repair.isPresent();
    }

    private boolean beginsLine(Tree.Scalar scalar) {
        var place = scalar.place();
        var line = problems.sourceOf(place).line(place.line());
        return line.substring(0, line.offsetByCodePoints(0, place.column() - 1)).isBlank();
    }

    /// YAML 1.1 takes `yes` and `no` for true and false.
    private Remedy quotes(Tree tree, String expected) {
        return tree instanceof Tree.Scalar scalar
                        && scalar.kind() == Tree.Kind.BOOLEAN
                        && expected.contains("text")
                ? Remedy.suggest(
                                "YAML reads this as true or false; quote it: \"%s\""
                                        .formatted(scalar.written()))
                        .mended(Mending.quoted(scalar, problems))
                : Remedy.NONE;
    }

    private void notOneOf(String name, Tree tree, JsonNode around, JsonNode allowed) {
        if (lacksColon(tree)) return;
        var words = words(allowed);
        var written = tree.text().orElse("");
        problems.add(
                Code.NOT_ALLOWED,
                tree.spot(),
                "%s must be %s, and is %s"
                        .formatted(
                                name,
                                around.path(SchemaFile.EXPECTED)
                                        .stringValueOpt()
                                        .orElse(Words.oneOf(words)),
                                Words.quoted(written)),
                Mending.nearest(tree, Spelling.near(written, words), problems));
    }

    private void missing(String name, Tree tree, Located found, String key) {
        problems.add(
                Code.MISSING_KEY,
                found.entry().map(Tree.Entry::keySpot).orElse(tree.spot()),
                found.entry().isPresent()
                        ? "%s lacks %s".formatted(name, Words.quoted(key))
                        : "%s is missing here".formatted(Words.quoted(key)));
    }

    private void unknownKey(Tree tree, String key, JsonNode around) {
        var known = List.copyOf(around.path("properties").propertyNames());
        var near = Spelling.near(key, known);
        var entry =
                Optional.of(tree)
                        .filter(Tree.Mapping.class::isInstance)
                        .flatMap(it -> ((Tree.Mapping) it).entry(key));
        problems.add(
                Code.UNKNOWN_KEY,
                entry.map(Tree.Entry::keySpot).orElse(tree.spot()),
                "there is no key %s here".formatted(Words.quoted(key)),
                known.contains(key + "_file")
                        ? Remedy.suggest(
                                "a secret stands in a file of its own; name that as `%s_file`"
                                        .formatted(key))
                        : near.isPresent() && entry.isPresent()
                                ? Mending.nearest(entry.get(), near, problems)
                                : Remedy.suggest("possible are " + Words.listed(known, "and")));
    }

    private void notAllowed(String name, Tree tree, Located found, JsonNode around, Error error) {
        var expected =
                around.path(SchemaFile.EXPECTED)
                        .stringValueOpt()
                        .orElseGet(() -> bound(error.getKeyword(), error.getSchemaNode()));
        problems.add(
                Code.NOT_ALLOWED,
                spot(tree, found),
                tree.text().isPresent()
                        ? "%s must be %s, and is %s"
                                .formatted(name, expected, Words.quoted(tree.text().get()))
                        : "%s must be %s".formatted(name, expected));
    }

    private static String bound(String keyword, JsonNode limit) {
        return switch (keyword) {
            case "minimum" -> "at least " + limit.asString();
            case "maximum" -> "at most " + limit.asString();
            case "exclusiveMinimum" -> "more than " + limit.asString();
            case "exclusiveMaximum" -> "less than " + limit.asString();
            case "minLength" -> "at least %s characters long".formatted(limit.asString());
            case "maxLength" -> "at most %s characters long".formatted(limit.asString());
            case "minItems" -> "a list of at least " + limit.asString();
            case "maxItems" -> "a list of at most " + limit.asString();
            case "minProperties" -> "a mapping with at least %s keys".formatted(limit.asString());
            case "uniqueItems" -> "a list in which nothing stands twice";
            default -> "something else";
        };
    }

    /// A value of one line is shown itself, a larger one by its key.
    private static Spot spot(Tree tree, Located found) {
        return tree instanceof Tree.Scalar && !tree.isEmpty()
                ? tree.spot()
                : found.entry().map(Tree.Entry::keySpot).orElse(tree.spot());
    }

    private static String expected(JsonNode around, Error error) {
        return around.path(SchemaFile.EXPECTED)
                .stringValueOpt()
                .orElseGet(() ->
                        Words.listed(
                                words(error.getSchemaNode()).stream()
                                        .filter(KINDS::containsKey)
                                        .map(KINDS::get)
                                        .toList(),
                                "or"));
    }

    private static List<String> words(JsonNode node) {
        if (!node.isArray()) return List.of(node.asString());
        var words = new ArrayList<String>();
        node.forEach(it -> it.stringValueOpt().ifPresent(words::add));
        return words;
    }
}
