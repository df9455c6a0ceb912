package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A person's clone, worked in with the real `git`, `gpg` and `ssh-keygen`, and with nothing of
/// this machine's settings and keys.
public final class Clone implements AutoCloseable {

    private final Path home;
    private final Path work;

    /// Makes a repository with one commit.
    ///
    /// @param folder a folder of its own
    public Clone(Path folder) {
        home = folder;
        work = folder.resolve("work");
        try {
            Files.createDirectories(work);
            Files.createDirectory(
                    home.resolve("gnupg"),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("init", "-q", "-b", "main");
        git("config", "user.name", "Ada");
        git("config", "user.email", "ada@example.org");
        commit("Begin");
    }

    public Path work() {
        return work;
    }

    /// What a program finds around it.
    public Map<String, String> environment() {
        var all = new TreeMap<String, String>();
        all.put("PATH", System.getenv("PATH"));
        all.put("HOME", home.toString());
        all.put("GNUPGHOME", home.resolve("gnupg").toString());
        all.put("GIT_CONFIG_GLOBAL", "/dev/null");
        all.put("GIT_CONFIG_NOSYSTEM", "1");
        return all;
    }

    public String git(String... arguments) {
        var all = new ArrayList<>(List.of("git", "-C", work.toString()));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    /// Commits without a signature.
    public String commit(String message) {
        git("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", message);
        return head();
    }

    public String signedCommit(String message) {
        git("commit", "-q", "--allow-empty", "-S", "-m", message);
        return head();
    }

    /// Signs a tag on the head; gives the tag object's id.
    public String signedTag(String name, String message) {
        git("tag", "-s", "-m", message, name);
        return git("rev-parse", "refs/tags/" + name);
    }

    /// Writes a file and takes it into the next commit.
    public void file(String path, String text) {
        try {
            var file = work.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("add", path);
    }

    public String head() {
        return git("rev-parse", "HEAD");
    }

    /// The bytes of a commit or tag.
    public byte[] object(String kind, String id) {
        return runBytes(new byte[0], "git", "-C", work.toString(), "cat-file", kind, id);
    }

    /// Writes an object whose bytes somebody put together.
    public String write(String kind, byte[] object) {
        return new String(
                        runBytes(
                                object,
                                "git",
                                "-C",
                                work.toString(),
                                "hash-object",
                                "--literally",
                                "-t",
                                kind,
                                "-w",
                                "--stdin"),
                        UTF_8)
                .strip();
    }

    /// Makes an SSH key and has Git sign with it; gives the line of its public half.
    public String signWithSsh(String name, String... kind) {
        var key = home.resolve(name);
        var all =
                new ArrayList<>(
                        List.of("ssh-keygen", "-q", "-N", "", "-C", name, "-f", key.toString()));
        all.addAll(Arrays.asList(kind));
        run(all.toArray(String[]::new));
        git("config", "gpg.format", "ssh");
        git("config", "user.signingkey", key.toString());
        return text(home.resolve(name + ".pub")).strip();
    }

    /// Makes an OpenPGP key and has Git sign with it; gives its fingerprint.
    public String signWithPgp(String name, String algorithm, String expires) {
        gpg("--quick-gen-key", name + " <" + name + "@example.org>", algorithm, "sign", expires);
        var fingerprint = fingerprint(name);
        git("config", "gpg.format", "openpgp");
        git("config", "user.signingkey", fingerprint);
        return fingerprint;
    }

    /// Has Git sign as if it were another time: `20200101T000000`.
    public void signAt(String time) {
        try {
            var program = home.resolve("gpg-then");
            Files.writeString(
                    program, "#!/bin/sh\nexec gpg --faked-system-time '" + time + "!' \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            git("config", "gpg.program", program.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String fingerprint(String name) {
        return gpg("--with-colons", "--list-keys", name + "@example.org")
                .lines()
                .filter(it -> it.startsWith("fpr:"))
                .map(it -> it.split(":", -1)[9])
                .findFirst()
                .orElseThrow();
    }

    /// The file that a public key is exported to.
    public Path exported(String name) {
        var file = home.resolve(name + ".asc");
        gpg("--armor", "--yes", "--output", file.toString(), "--export", name + "@example.org");
        return file;
    }

    public String gpg(String... arguments) {
        var all =
                new ArrayList<>(
                        List.of(
                                "gpg",
                                "--batch",
                                "--quiet",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                ""));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    public Path home() {
        return home;
    }

    /// Runs a program; what it prints, without the last line's end.
    public String run(String... command) {
        return new String(runBytes(new byte[0], command), UTF_8).strip();
    }

    private byte[] runBytes(byte[] in, String... command) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment());
            var errors = Files.createTempFile(home, "errors", "");
            builder.redirectError(errors.toFile());
            var process = builder.start();
            try (var out = process.getOutputStream()) {
                out.write(in);
            }
            var bytes = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + code + ": " + text(errors));
            }
            Files.delete(errors);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the agent that `gpg` started.
    @Override
    public void close() {
        run("gpgconf", "--kill", "all");
    }
}
