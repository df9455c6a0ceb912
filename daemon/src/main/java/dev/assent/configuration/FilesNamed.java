package dev.assent.configuration;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.SchemaPart;
import dev.assent.manifest.Tree;
import dev.assent.systemd.CredentialFiles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The files that a configuration names, found for all who read it in one place.
record FilesNamed(CheckedTree tree, CredentialFiles files) {

    /// The file that a key names.
    Optional<Path> at(Tree.Mapping item, String key) {
        return item.value(key).flatMap(this::at);
    }

    private Optional<Path> at(Tree value) {
        try {
            return value.text().map(files::at);
        } catch (InvalidPathException _) {
            tree.refuse(value, "no file can be called that");
            return Optional.empty();
        }
    }

    /// Says which of them are missing, can't be read, or are read by too many.
    void check() {
        tree.each((part, value) ->
                part.says(SchemaPart.FILE)
                        .ifPresent(kind ->
                                at(value)
                                        .ifPresent(it -> check(value, it, kind.equals("secret")))));
        tree.root().list("repositories").stream()
                .filter(Tree.Mapping.class::isInstance)
                .flatMap(it -> ((Tree.Mapping) it).value("url").stream())
                .forEach(this::checkRepository);
    }

    private void check(Tree value, Path file, boolean secret) {
        if (!Files.exists(file)) {
            odd(value, "there is no file %s".formatted(file), wayOut(secret));
        } else if (Files.isDirectory(file)) {
            odd(value, "%s is a folder".formatted(file), "name a file");
        } else if (!Files.isReadable(file)) {
            odd(
                    value,
                    "the user `%s` can't read %s".formatted(System.getProperty("user.name"), file),
                    "let the service's user read it: chown assent %s".formatted(file));
        } else if (secret && files.isOpenToAll(file)) {
            tree.report(
                    Code.OPEN_SECRET,
                    value.spot(),
                    "everybody on this machine can read the secret in %s".formatted(file),
                    Optional.of("chmod o-rwx %s".formatted(file)));
        }
    }

    private static String wayOut(boolean secret) {
        return secret
                ? "put it there, readable for the service alone, or have systemd pass it as a"
                        + " credential of that name"
                : "put it there, or leave this out";
    }

    /// A repository of this machine; every other is looked for when it is polled.
    private void checkRepository(Tree url) {
        try {
            var uri = URI.create(url.text().orElse(""));
            if (!"file".equalsIgnoreCase(uri.getScheme()) || uri.getPath() == null) return;
            var folder = Path.of(uri.getPath());
            if (Files.isDirectory(folder)) return;
            odd(url, "there is no folder %s".formatted(folder), "check the path");
        } catch (IllegalArgumentException _) {
            // No URL, which is said elsewhere.
        }
    }

    private void odd(Tree value, String message, String wayOut) {
        tree.report(Code.NO_SUCH_FILE, value.spot(), message, Optional.of(wayOut));
    }
}
