package dev.assent.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The engine of the groups that come and go.
///
/// @param engine as a component of a manifest
record Stack(String engine, String version) {

    static final Stack REDIS = new Stack("redis", "7.0");

    /// One whose programs are on no machine and have to be unpacked first.
    static final Stack ARCHIVED = new Stack("redis", "6.2");

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql/15/bin/postgres");
    private static final Path ARCHIVE =
            Path.of(
                    System.getProperty("user.home"),
                    ".m2/repository/com/github/codemonstur/embedded-redis");
    private static final Pattern VERSION = Pattern.compile("15\\.\\d+");

    /// Where this machine has it: no other version, whose programs would have to be unpacked.
    static Optional<Stack> postgresql() throws IOException {
        if (!Files.isExecutable(INSTALLED)) return Optional.empty();
        var process = new ProcessBuilder(INSTALLED.toString(), "--version").start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var version = VERSION.matcher(said);
        return version.find()
                ? Optional.of(new Stack("postgresql", version.group()))
                : Optional.empty();
    }

    /// Whether the archive is there without being fetched.
    static boolean hasArchive() {
        return Files.isDirectory(ARCHIVE);
    }

    String group(String group, int servers) {
        return "    %s:\n      configuration: {version: \"%s\"}\n      servers:\n"
                        .formatted(group, version)
                + IntStream.rangeClosed(1, servers)
                        .mapToObj(
                                "      - server: {unique_name: %s-%%d}%n".formatted(group)
                                        ::formatted)
                        .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return engine + " " + version;
    }
}
