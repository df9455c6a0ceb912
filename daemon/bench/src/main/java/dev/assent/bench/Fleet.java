package dev.assent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Applications to plan with: as many as are wanted, each with as many PostgreSQL groups of one
/// server, all of which can be built. The same numbers always give the same manifests.
///
/// `java Fleet.java FOLDER APPLICATIONS GROUPS` writes them, one folder an application.
public final class Fleet {

    private static final String[] VERSIONS = {"14", "15", "16", "17", "18"};

    private Fleet() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: java Fleet.java FOLDER APPLICATIONS GROUPS");
            System.exit(2);
        }
        var applications = Integer.parseInt(arguments[1]);
        var groups = Integer.parseInt(arguments[2]);
        for (var number = 0; number < applications; number++) {
            var folder = Path.of(arguments[0], application(number));
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("manifest.yml"), manifest(number, groups));
        }
    }

    /// The name of an application, and of its folder.
    static String application(int number) {
        return "app-%05d".formatted(number);
    }

    /// The manifest of an application: eight lines a group.
    static String manifest(int number, int groups) {
        var text = new StringBuilder("production:\n  postgresql:\n    groups:\n");
        for (var group = 0; group < groups; group++) {
            text.append(
                    """
                          group-%1$d:
                            configuration:
                              version: "%2$s"
                              encoding: UTF8
                              root_disk_size: %3$d
                            servers:
                            - server:
                                unique_name: %4$s-%1$d
                    """
                            .formatted(
                                    group,
                                    VERSIONS[(number + group) % VERSIONS.length],
                                    10 + (number + group) % 90,
                                    application(number)));
        }
        return text.toString();
    }
}
