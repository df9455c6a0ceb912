package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What a code means: why it is a problem, an example of it, and the same example mended.
public final class Explanation {

    private Explanation() {}

    /// The page of a code as Markdown, its title first.
    public static String of(Code code) {
        return "# %s  %s\n\n%s".formatted(code.id(), code.title(), page(code));
    }

    /// Why it is a problem: the page's first paragraph, as one line.
    public static String why(Code code) {
        var page = page(code);
        return page.substring(0, page.indexOf("\n\n")).replace('\n', ' ');
    }

    /// The code that somebody probably meant; a number alone is enough.
    public static Optional<Code> near(String id) {
        var written = id.matches("[0-9]+") ? "ASN" + id : id.toUpperCase(Locale.ROOT);
        return Arrays.stream(Code.values())
                .filter(it -> it.id().length() - 1 <= written.length())
                .filter(it -> written.length() <= it.id().length() + 1)
                .filter(it -> Spelling.distance(written, it.id()) <= 1)
                .min(Comparator.comparingInt(it -> Spelling.distance(written, it.id())));
    }

    private static String page(Code code) {
        var resource = "/codes/" + code.id() + ".md";
        try (var in = Explanation.class.getResourceAsStream(resource)) {
            if (in == null)
                throw new IllegalStateException("the program lacks its own " + resource);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own " + resource + " is unreadable", e);
        }
    }
}
