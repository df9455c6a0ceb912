package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Inputs that are as large as a manifest may be, or ask for more in another way. Each is made only
/// when it is wanted.
final class LargeInputs {

    private static final Map<String, Supplier<String>> INPUTS = inputs();

    private LargeInputs() {}

    static Set<String> names() {
        return INPUTS.keySet();
    }

    static byte[] named(String name) {
        var input = INPUTS.get(name);
        if (input == null) throw new IllegalArgumentException("no input is called " + name);
        return input.get().getBytes(UTF_8);
    }

    private static Map<String, Supplier<String>> inputs() {
        var inputs = new LinkedHashMap<String, Supplier<String>>();
        inputs.put("one letter", () -> full("", "a", ""));
        inputs.put("a quoted text", () -> full("redis: \"", "a", "\""));
        inputs.put("a folded text", () -> full("redis: >\n", " a\n", ""));
        inputs.put("a version", () -> full("redis: {configuration: {version: ", "9", "}}"));
        inputs.put("escapes", () -> full("redis: \"", "\\u00e9", "\""));
        inputs.put("comments", () -> full("", "#\n", ""));
        inputs.put("empty lines", () -> full("", "\n", ""));
        inputs.put("spaces", () -> full("redis:", " ", ""));
        inputs.put("tabs", () -> full("redis:\n", "\t", ""));
        inputs.put("lines with a tab", () -> full("redis:\n", "\ta:\n", ""));
        inputs.put("lists in one another", () -> full("", "[", ""));
        inputs.put("mappings in one another", () -> full("", "{", ""));
        inputs.put("dashes", () -> full("", "- ", ""));
        inputs.put("question marks", () -> full("", "? ", ""));
        inputs.put("keys of one line", () -> full("", "a: ", ""));
        inputs.put("one key again and again", () -> full("", "a:\n", ""));
        inputs.put("100,000 keys", () -> lines(100_000, "k%d:\n"::formatted));
        inputs.put("settings", () -> settings(40_000, "    root_disk_%05d: a\n"::formatted));
        inputs.put("anchors of one value", () -> full("", "&a ", ""));
        inputs.put("anchors", () -> lines(50_000, "k%1$d: &a%1$d x\n"::formatted));
        inputs.put("aliases", () -> full("a: &a x\nb: [", "*a, ", "]"));
        inputs.put("merged keys", () -> full("a: &a {b: c}\nredis:\n", "  <<: *a\n", ""));
        inputs.put("a billion laughs", LargeInputs::laughs);
        inputs.put("aliases of a large value", LargeInputs::repeated);
        inputs.put("tags", () -> full("redis: [", "!t a, ", "]"));
        inputs.put("empty texts", () -> full("redis: [", "'', ", "]"));
        inputs.put("documents", () -> full("", "---\n", ""));
        inputs.put("values of one mapping", () -> "{" + lines(45_000, "k%d: v, "::formatted) + "}");
        inputs.put("small mappings", () -> "redis: [" + "{a: b}, ".repeat(30_000) + "]");
        inputs.put("small lists", () -> "redis:\n" + "- [a]\n".repeat(45_000));
        inputs.put("servers", () -> servers("  - server:\n"));
        inputs.put("wrong servers", () -> servers("  - server: {unique_name: a b}\n"));
        inputs.put("a chain of servers", LargeInputs::chain);
        inputs.put("duplicate keys", () -> full("redis:\n", "  server: external\n", ""));
        return inputs;
    }

    /// A text of the largest size.
    private static String full(String start, String repeated, String end) {
        var left = ManifestReader.MAX_BYTES - start.length() - end.length();
        return start + repeated.repeat(left / repeated.length()) + end;
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static String settings(int count, IntFunction<String> line) {
        return "redis:\n  configuration:\n" + lines(count, line);
    }

    private static String servers(String server) {
        return full("redis:\n  servers:\n", server, "");
    }

    private static String chain() {
        return "redis:\n  servers:\n"
                + lines(
                        12_000,
                        it ->
                                "  - server: {unique_name: s%d, same_as: s%d}\n"
                                        .formatted(it, it + 1));
    }

    private static String laughs() {
        return "a0: &a0 [ha, ha, ha]\n"
                + lines(
                        100,
                        it ->
                                "a%d: &a%d [%s]\n"
                                        .formatted(it + 1, it + 1, ("*a" + it + ", ").repeat(9)));
    }

    /// As many aliases as are followed, each of as many values as stay allowed.
    private static String repeated() {
        return "a: &a {"
                + lines(95, "k%d: v, "::formatted)
                + "}\n"
                + settings(900, "    s%d: *a\n"::formatted);
    }
}
