package dev.assent.cli;

import dev.assent.variables.NetworkNames;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How variables are written down, so that whoever reads them gets the very same values.
enum VariableFormat {
    /// For `.env` files, and for a systemd unit's `EnvironmentFile=`.
    DOTENV,
    JSON,
    /// For `eval` in a POSIX shell.
    SHELL,
    /// Service names, for `/etc/hosts`.
    HOSTS;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern IP =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.,:/@%+=-]+");

    String write(SortedMap<String, String> variables) {
        return switch (this) {
            case JSON -> PrintOptions.json(variables);
            case HOSTS -> hosts(NetworkNames.of(variables));
            case DOTENV, SHELL ->
                    variables.entrySet().stream()
                            .map(it -> line(name(it.getKey()), it.getValue()))
                            .collect(Collectors.joining());
        };
    }

    /// What has a name and no address can't be given another one there.
    private static String hosts(SortedMap<String, String> services) {
        var table = new Table(0);
        services.forEach((service, address) ->
                table.row(
                        IP.matcher(address).matches() ? address : "# " + address + " (a name)",
                        service));
        return table.toString();
    }

    private String line(String name, String value) {
        return this == SHELL
                ? "export " + name + "='" + value.replace("'", "'\\''") + "'\n"
                : name + "=" + dotenv(value) + "\n";
    }

    /// Plain where that is enough, since some readers take quotes literally; single quotes, in
    /// which nothing is expanded, where it isn't; double quotes with escapes for what single quotes
    /// can't hold.
    private static String dotenv(String value) {
        if (PLAIN.matcher(value).matches()) return value;
        if (!value.contains("'") && value.lines().count() <= 1) return "'" + value + "'";
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .transform(it -> "\"" + it + "\"");
    }

    /// A name that is none could be anything in a shell.
    private static String name(String name) {
        if (NAME.matcher(name).matches()) return name;
        throw Stop.couldNotRun("the daemon sent a variable with an impossible name; see its log");
    }

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
