package dev.assent.state;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;

/// A backup's file: a ZIP archive of a manifest and the parts whose SHA-256 it names.
final class BackupParts {

    static final String DATABASE = "assent.db";
    static final String KEY = "secret.key";
    private static final Set<String> KNOWN = Set.of(BackupManifest.NAME, DATABASE, KEY);

    private BackupParts() {}

    /// Writes a backup; it is on the disk when this returns.
    static void pack(Path target, BackupManifest manifest, Map<String, Path> parts)
            throws IOException {
        try (var channel =
                        FileChannel.open(
                                target,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")));
                var zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
            zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
            zip.write(manifest.json());
            for (var part : new LinkedHashMap<>(parts).entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                Files.copy(part.getValue(), (OutputStream) zip);
            }
            zip.finish();
            channel.force(true);
        }
    }

    /// Unpacks a backup into an empty folder.
    ///
    /// @throws StateException if it is none, or a part is not what the manifest says
    static BackupManifest unpack(Path backup, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(backup))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!KNOWN.contains(entry.getName())) throw none(backup, "it holds other files");
                var file = folder.resolve(entry.getName());
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                try (var out = Files.newOutputStream(file)) {
                    zip.transferTo(out);
                }
            }
        } catch (ZipException | EOFException e) {
            throw none(backup, "it is damaged or was cut off: " + e.getMessage());
        }
        return checked(backup, folder);
    }

    private static BackupManifest checked(Path backup, Path folder) throws IOException {
        var file = folder.resolve(BackupManifest.NAME);
        if (Files.notExists(file)) throw none(backup, "it has no manifest");
        var manifest = manifest(backup, Files.readAllBytes(file));
        if (manifest.format() != BackupManifest.FORMAT) {
            throw none(
                    backup,
                    "it has form %d, and this program reads %d"
                            .formatted(manifest.format(), BackupManifest.FORMAT));
        }
        if (!manifest.parts().containsKey(DATABASE)) throw none(backup, "it holds no database");
        for (var part : manifest.parts().entrySet()) {
            var there = folder.resolve(part.getKey());
            if (Files.notExists(there)) throw none(backup, part.getKey() + " is missing in it");
            if (!sha256(there).equals(part.getValue())) {
                throw none(backup, part.getKey() + " is not what its manifest says");
            }
        }
        return manifest;
    }

    private static BackupManifest manifest(Path backup, byte[] json) {
        try {
            return BackupManifest.read(json);
        } catch (JacksonException | NullPointerException _) {
            throw none(backup, "its manifest cannot be read");
        }
    }

    private static StateException none(Path backup, String why) {
        return new StateException(
                "%s is no backup that can be used: %s. Take another one".formatted(backup, why));
    }

    static String sha256(Path file) throws IOException {
        try (var in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
