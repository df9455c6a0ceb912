package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/// What a code means: why it is a problem, an example of it, and the same example mended.
public final class Explanation {

    private Explanation() {}

    /// The page of a code as Markdown, its title first.
    public static String of(Code code) {
        return "# %s  %s\n\n%s".formatted(code.id(), code.title(), page(code));
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
