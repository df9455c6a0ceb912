package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.util.BitSet;

/// A path as a URI: relative to the folder that the command was run in, unless it is absolute.
record SarifUri(String text, boolean relative) {

    private static final BitSet PLAIN = new BitSet();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
                .chars()
                .forEach(PLAIN::set);
    }

    static SarifUri of(String path) {
        var relative = !new File(path).isAbsolute();
        return new SarifUri((relative ? "" : "file://") + encoded(path), relative);
    }

    /// Not as URLEncoder does it, which is for forms; a `:` may not stand in a relative path.
    private static String encoded(String path) {
        var out = new StringBuilder();
        for (var it : path.replace(File.separatorChar, '/').getBytes(UTF_8)) {
            if (it > 0 && PLAIN.get(it)) out.append((char) it);
            else out.append("%%%02X".formatted(it));
        }
        return out.toString();
    }
}
