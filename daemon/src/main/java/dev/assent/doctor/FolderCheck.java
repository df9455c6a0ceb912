package dev.assent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// Whether a folder of the daemon's is there, whose it is, and that nobody else can look into it.
///
/// @param usual where it is as a rule: there, systemd makes it
record FolderCheck(String subject, Path folder, String usual) implements Check {

    @Override
    public Finding look() throws IOException {
        if (!Files.exists(folder)) return missing();
        if (!Files.isDirectory(folder)) {
            return Finding.trouble(folder + " is no folder", "move it away");
        }
        var attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        var mode = attributes.permissions();
        var words =
                "%s, of %s, %s"
                        .formatted(
                                folder,
                                attributes.owner().getName(),
                                PosixFilePermissions.toString(mode));
        if (mode.contains(PosixFilePermission.OTHERS_READ)
                || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Finding.trouble(words + ": everybody can look into it", "chmod o-rw " + folder);
        }
        if (!Files.isWritable(folder)) {
            return Finding.warning(
                    "%s: the user `%s` can't write there"
                            .formatted(words, System.getProperty("user.name")),
                    "run this as the service's user, or give it the folder: chown %s %s"
                            .formatted(System.getProperty("user.name"), folder));
        }
        return Finding.fine(words);
    }

    private Finding missing() {
        var above = folder.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) above = above.getParent();
        if (folder.toString().equals(usual) || (above != null && Files.isWritable(above))) {
            return Finding.fine(folder + " is not there yet; it is made at the start");
        }
        return Finding.trouble(
                "%s is not there, and the user `%s` can't make it"
                        .formatted(folder, System.getProperty("user.name")),
                "install -d -m 711 -o %s %s".formatted(System.getProperty("user.name"), folder));
    }
}
