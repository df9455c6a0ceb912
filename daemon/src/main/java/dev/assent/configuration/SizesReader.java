package dev.assent.configuration;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import dev.assent.model.Size;
import dev.assent.model.Sizes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the table of sizes.
record SizesReader(CheckedTree tree) {

    private static final Pattern AMOUNT = Pattern.compile("([1-9][0-9]{0,5})([MGT])");

    private static final Pattern NEARLY = Pattern.compile("([1-9][0-9]{0,5})\\s*([mgt])(i?b)?");

    private static final int MEGA = 20;

    Sizes read() {
        var sizes = new LinkedHashMap<String, Size>();
        tree.root()
                .mapping("sizes")
                .ifPresent(all ->
                        all.entries()
                                .forEach(it -> {
                                    if (it.value() instanceof Tree.Mapping size) {
                                        sizes.put(it.key(), size(size));
                                    }
                                }));
        return new Sizes(sizes);
    }

    private Size size(Tree.Mapping size) {
        var memory = amount(size, "memory", Size.USUAL.memory());
        var disk = amount(size, "disk", Size.USUAL.disk());
        if (memory < Size.LEAST_MEMORY) {
            tree.refuse(
                    size.value("memory").orElse(size),
                    "an engine needs some memory: at least `%dM`"
                            .formatted(Size.LEAST_MEMORY >> MEGA));
            return Size.USUAL;
        }
        return new Size(memory, disk);
    }

    /// The amount in bytes; a wrong one is reported, and the other returned.
    private long amount(Tree.Mapping size, String key, long otherwise) {
        var value = size.value(key);
        if (value.isEmpty()) return otherwise;
        var text = value.get().text().orElse("");
        var amount = AMOUNT.matcher(text);
        if (amount.matches()) return Long.parseLong(amount.group(1)) << shift(amount.group(2));
        tree.refuse(value.get(), "an amount is a number and `M`, `G` or `T`: `512M`", meant(text));
        return otherwise;
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "M" -> MEGA;
            case "G" -> MEGA + 10;
            default -> MEGA + 20;
        };
    }

    /// The amount that somebody probably meant.
    private static Optional<String> meant(String text) {
        var nearly = NEARLY.matcher(text.strip().toLowerCase(Locale.ROOT));
        return nearly.matches()
                ? Optional.of(nearly.group(1) + nearly.group(2).toUpperCase(Locale.ROOT))
                : Optional.empty();
    }
}
