package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/// Brings archives from Maven repositories as the user's own Maven would: settings, mirrors,
/// proxies, credentials and offline mode are the user's, and a file is downloaded once.
final class ArchiveStore {

    private final Optional<Path> repository;

    ArchiveStore(Optional<Path> repository) {
        this.repository = repository;
    }

    /// The archive's file, which is what the catalogue says that it must be.
    Path file(Archive archive) throws IOException {
        var file = resolve(archive);
        var found = sha256(file);
        if (found.equals(archive.sha256())) return file;
        throw new ProviderException(
                """
                the archive of %s is not the one that this release of Assent was tested with, so it \
                was not opened: %s has the SHA-256 %s and not %s; delete the file and try again, and \
                if it comes back the same, ask who runs your Maven repository\
                """
                        .formatted(archive, file, found, archive.sha256()));
    }

    private Path resolve(Archive archive) {
        var overrides = ContextOverrides.create().withUserSettings(true);
        repository.ifPresent(overrides::withLocalRepositoryOverride);
        try (var maven = Runtimes.INSTANCE.getRuntime().create(overrides.build())) {
            return maven.repositorySystem()
                    .resolveArtifact(
                            maven.repositorySystemSession(),
                            new ArtifactRequest(
                                    new DefaultArtifact(archive.artifact()),
                                    maven.remoteRepositories(),
                                    "assent"))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new ProviderException(
                    """
                    could not get the programs of %s (Maven artifact %s): %s; check the network and \
                    the Maven settings of the user that Assent runs as, or install %s on this machine\
                    """
                            .formatted(
                                    archive, archive.artifact(), e.getMessage(), archive.variant()),
                    e);
        }
    }

    static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), newDigest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
