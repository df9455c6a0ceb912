package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.failpoint.Failpoint;
import dev.assent.model.ApplicationName;
import dev.assent.variables.EnvironmentFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The file that an application takes its variables from. Whoever reads it sees the old text or the
/// new one, also after a crash.
///
/// @param owner `user`, `user:group` or `:group`; the daemon's own where it is empty
record EnvFile(ApplicationName application, Path path, Optional<String> owner) {

    /// What stands there now.
    ///
    /// @throws DeliveryException if that is not this application's, so that nothing of anybody's is
    ///   overwritten
    Optional<String> read() {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) throw notOurs("is no file");
            var text = new String(Files.readAllBytes(path), UTF_8);
            if (!EnvironmentFile.isOurs(text)) throw notOurs("was not written by Assent");
            if (!EnvironmentFile.isOf(application, text)) {
                throw new DeliveryException(
                        "%s holds the variables of another application; give each a file of its own, with {app} and {environment} in `env_file`"
                                .formatted(path));
            }
            return Optional.of(text);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private DeliveryException notOurs(String why) {
        return new DeliveryException(
                path + " " + why + "; move it away, or name another `env_file`");
    }

    /// Puts a text in place as a whole.
    void write(String text) {
        // Always the same name: what a crash leaves behind is overwritten, and does not pile up.
        var fresh = path.resolveSibling("." + path.getFileName() + ".assent-new");
        try {
            Failpoint.DELIVERY_BEFORE_WRITE.reached(IOException::new);
            Files.deleteIfExists(fresh);
            try (var channel =
                    FileChannel.open(
                            fresh,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                own(fresh);
                Channels.newOutputStream(channel).write(text.getBytes(UTF_8));
                Failpoint.DELIVERY_BEFORE_FLUSH.reached(IOException::new);
                channel.force(true);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r-----"));
            Failpoint.DELIVERY_BEFORE_RENAME.reached(IOException::new);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            Failpoint.DELIVERY_AFTER_RENAME.reached(IOException::new);
            flushFolder();
        } catch (IOException e) {
            throw failed("write", e);
        } finally {
            deleteQuietly(fresh);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
            flushFolder();
        } catch (IOException e) {
            throw failed("remove", e);
        }
    }

    private void own(Path file) throws IOException {
        if (owner.isEmpty()) return;
        var names = owner.get().split(":", 2);
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        var known = file.getFileSystem().getUserPrincipalLookupService();
        try {
            if (names.length > 1) view.setGroup(known.lookupPrincipalByGroupName(names[1]));
            if (names[0].isEmpty()) return;
            var user = known.lookupPrincipalByName(names[0]);
            if (!user.equals(view.getOwner())) view.setOwner(user);
        } catch (UserPrincipalNotFoundException e) {
            throw new DeliveryException(
                    "%s shall belong to `%s`, but this machine knows no `%s`; make it, or mend `owner`"
                            .formatted(path, owner.get(), e.getName()),
                    e);
        } catch (FileSystemException e) {
            throw new DeliveryException(
                    "%s shall belong to `%s`, which the daemon's user `%s` may not do (%s); run the daemon as root, or write `owner: \":GROUP\"` with a group that `%s` is a member of; a hardened systemd service takes SupplementaryGroups=GROUP and PrivateUsers=no for that"
                            .formatted(path, owner.get(), user(), reason(e), user()),
                    e);
        }
    }

    /// A file's name is part of its folder.
    private void flushFolder() throws IOException {
        try (var folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    private DeliveryException failed(String what, IOException e) {
        var remedy =
                switch (e) {
                    case NoSuchFileException _ ->
                            "make the folder: install -d -m 0750 -o %s %s"
                                    .formatted(user(), folder());
                    case AccessDeniedException _ ->
                            "let the daemon's user `%s` write in %s".formatted(user(), folder());
                    case FileSystemException it when reason(it).contains("Read-only") ->
                            "if the daemon is a hardened systemd service, give it ReadWritePaths=%s"
                                    .formatted(folder());
                    default -> "look after that and redeploy again";
                };
        return new DeliveryException(
                "could not %s %s (%s); %s".formatted(what, path, reason(e), remedy), e);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException it && it.getReason() != null
                ? String.valueOf(it.getReason())
                : e.getClass().getSimpleName().replaceFirst("Exception$", "");
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // What went wrong before is what is told, and the next write deletes it first.
        }
    }
}
