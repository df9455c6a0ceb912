package dev.assent.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A tree as JSON, for the schema. A number keeps its value and loses its spelling, so nothing but
/// the schema reads this.
final class TreeJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NUMBER = 30;
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+");

    private TreeJson() {}

    static JsonNode of(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> {
                var object = JSON.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), of(entry.value())));
                yield object;
            }
            case Tree.Sequence sequence -> {
                var array = JSON.arrayNode();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Tree.Scalar scalar -> value(scalar);
        };
    }

    private static JsonNode value(Tree.Scalar scalar) {
        var written = scalar.written();
        return switch (scalar.kind()) {
            case TEXT -> JSON.stringNode(written);
            case EMPTY -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode(isTrue(written));
            case INTEGER -> number(written.replace("_", ""), true);
            case FLOAT -> number(written.replace("_", ""), false);
        };
    }

    /// YAML 1.1 also writes numbers as `0x1F`, `1:30` or `.inf`; for those it is enough to be some
    /// number.
    private static JsonNode number(String written, boolean whole) {
        var plain = (whole ? WHOLE : DECIMAL).matcher(written).matches();
        if (!plain || written.length() > LONGEST_NUMBER) {
            return whole ? JSON.numberNode(0) : JSON.numberNode(0.5);
        }
        return whole
                ? JSON.numberNode(new BigInteger(written))
                : JSON.numberNode(new BigDecimal(written));
    }

    static boolean isTrue(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            default -> false;
        };
    }
}
