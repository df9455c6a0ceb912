package dev.assent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Manifests to measure with: valid ones of about 25 lines, as teams write them, and as many as are
/// wanted. The same number always gives the same text.
///
/// `java Manifests.java FOLDER COUNT` writes them, one folder an application.
public final class Manifests {

    private static final int LINES = 22;

    private record Kind(String component, String configuration) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("postgresql", "version: \"17\""),
                    new Kind("mysql", "version: \"8.0\""),
                    new Kind("redis", "version: \"7.2\""),
                    new Kind("mongodb", "version: \"7.0\""),
                    new Kind("elasticsearch", "version: \"8.15\""),
                    new Kind("memcached", "memory: 512"),
                    new Kind("influxdb", "version: \"2.7\""));

    private final StringBuilder text = new StringBuilder();
    private final String application;
    private final SplittableRandom random;
    private int lines;

    private Manifests(int number) {
        application = "app-%05d".formatted(number);
        random = new SplittableRandom(number);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: java Manifests.java FOLDER COUNT");
            System.exit(2);
        }
        var count = Integer.parseInt(arguments[1]);
        for (var number = 0; number < count; number++) {
            var folder = Path.of(arguments[0], "app-%05d".formatted(number));
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("manifest.yml"), typical(number));
        }
    }

    /// One application's manifest: several engines, in short and long forms, for one environment or
    /// two; about one in a dozen deserves a warning.
    static String typical(int number) {
        return new Manifests(number).typical();
    }

    private String typical() {
        line(0, "# The databases of %s.".formatted(application));
        switch (random.nextInt(4)) {
            case 0 -> components(0, "", LINES);
            case 1 -> environment("production", LINES);
            case 2 -> {
                environment("production", 12);
                environment("staging", LINES);
            }
            default -> {
                shared();
                environment("production", LINES);
            }
        }
        return text.toString();
    }

    /// One PostgreSQL component with many groups.
    static String large(int groups) {
        var manifest = new Manifests(0);
        manifest.line(0, "production:");
        manifest.line(1, "postgresql:");
        manifest.line(2, "groups:");
        for (var number = 1; number <= groups; number++) {
            manifest.group(3, KINDS.getFirst(), "group-" + number, "production-" + number);
        }
        return manifest.text.toString();
    }

    /// Problems of every sort that still leave a tree: keys, types, versions, names, references.
    static String broken() {
        return """
        production:
          postgresql:
            groups:
              main:
                configuraton: {version: "17"}
                servers:
                - server: {unique_name: postgresql-main, sise: m5.large}
                - server: {unique_name: postgresql-main}
              "second group":
                configuration: {version: seventeen, root_disc_size: 100}
                servers:
                - server: {same_as: postgresql-mian}
                replicate_from: {grup: main}
              third:
                backups: {schedule: nightly, keep: 0, type: txt}
          mysql:
            configuration: {engine: perconna, version: 8.0}
            servers: 2
          rediss:
            configuration: {version: [7, 2]}
          redis:
            configuration: nothing
            servers:
            - server: extern
            primary: perhaps
        """;
    }

    private void shared() {
        line(0, "defaults: &defaults");
        line(1, "configuration: &configuration");
        line(2, "version: \"16\"");
        line(2, "root_disk_size: 100");
        line(0, "postgresql:");
        line(1, "configuration:");
        line(2, "<<: *configuration");
        line(2, "encoding: UTF8");
        line(1, "servers:");
        server(1, "shared-postgresql");
    }

    private void environment(String name, int until) {
        line(0, name + ":");
        components(1, name + "-", until);
    }

    private void components(int depth, String prefix, int until) {
        line(depth, "docker:");
        line(depth + 1, "servers:");
        server(depth + 1, prefix + "web");
        var kinds = new ArrayList<>(KINDS);
        Collections.shuffle(kinds, random);
        for (var kind : kinds) {
            if (lines >= until) break;
            component(depth, kind, prefix);
        }
    }

    private void component(int depth, Kind kind, String prefix) {
        line(depth, kind.component() + ":");
        var name = prefix + kind.component();
        switch (random.nextInt(5)) {
            case 0 -> line(depth + 1, "server: external");
            case 1 -> {
                configuration(depth + 1, kind);
                line(depth + 1, "servers:");
                line(depth + 1, "- server: {same_as: %s}".formatted(prefix + "web"));
            }
            case 2 -> {
                line(depth + 1, "groups:");
                group(depth + 2, kind, "default", name + "-default");
                group(depth + 2, kind, "reports", name + "-reports");
            }
            default -> {
                configuration(depth + 1, kind);
                line(depth + 1, "servers:");
                server(depth + 1, name);
            }
        }
    }

    private void group(int depth, Kind kind, String name, String server) {
        line(depth, name + ":");
        configuration(depth + 1, kind);
        line(depth + 1, "servers:");
        server(depth + 1, server);
    }

    private void configuration(int depth, Kind kind) {
        if (random.nextInt(30) == 0) {
            // Not known here: a warning.
            line(depth, "configuration: {%s, root_disc_size: 50}".formatted(kind.configuration()));
        } else if (random.nextBoolean()) {
            line(depth, "configuration: {%s}".formatted(kind.configuration()));
        } else {
            line(depth, "configuration:");
            line(depth + 1, kind.configuration());
            line(depth + 1, "root_disk_size: %d".formatted(10 + random.nextInt(90)));
        }
    }

    private void server(int depth, String name) {
        if (random.nextBoolean()) {
            line(
                    depth,
                    "- server: {unique_name: %s, vendor: aws, region: us-east-1, size: m5.large}"
                            .formatted(name));
        } else {
            line(depth, "- server:");
            line(depth + 3, "unique_name: " + name);
            line(depth + 3, "size: m5.large");
        }
    }

    private void line(int depth, String content) {
        text.repeat("  ", depth).append(content).append('\n');
        lines++;
    }
}
