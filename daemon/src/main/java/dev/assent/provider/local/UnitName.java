package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The name of a server's unit: `assent-server@`, its folder below the folder of all servers as
/// `systemd-escape --path` writes it, `.service`. The unit has the folder back as `%I`.
///
/// @param text the whole name
record UnitName(String text) {

    private static final String PREFIX = "assent-server@";
    private static final String SUFFIX = ".service";

    /// What systemd allows.
    private static final int LONGEST = 255;

    /// @param servers the folder of all servers
    /// @param folder one server's, below it
    static UnitName of(Path servers, Path folder) {
        var name = PREFIX + escaped(servers.relativize(folder).toString()) + SUFFIX;
        if (name.length() <= LONGEST) return new UnitName(name);
        throw new ProviderException(
                "its names are too long for a unit of systemd: %s would have %d characters, and %d are allowed; shorten the name of its application, group or server, or have the provider run `servers: processes`"
                        .formatted(name, name.length(), LONGEST));
    }

    private static String escaped(String path) {
        var escaped = new StringBuilder();
        for (var b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b == '/') escaped.append('-');
            else if (isPlain(b) && !(b == '.' && escaped.isEmpty())) escaped.append((char) b);
            else escaped.append("\\x%02x".formatted(b));
        }
        return escaped.toString();
    }

    private static boolean isPlain(byte b) {
        return b > 0 && (Character.isLetterOrDigit(b) || ":_.".indexOf(b) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
