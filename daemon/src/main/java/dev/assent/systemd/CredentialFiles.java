package dev.assent.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;

/// Where the files lie that the configuration names. A name alone is looked for among the
/// credentials that systemd gives to the service (`LoadCredential=`), then beside the
/// configuration; a whole path is what it is.
///
/// @param credentials the folder of the service's credentials, where it has one
/// @param beside the configuration file
public record CredentialFiles(Optional<Path> credentials, Path beside) {

    private static final String FOLDER = "CREDENTIALS_DIRECTORY";

    /// The files of a service with this environment and configuration.
    public static CredentialFiles of(Map<String, String> environment, Path configuration) {
        return new CredentialFiles(folder(environment), configuration);
    }

    /// The service's credential of a name, where it has one.
    public static Optional<Path> credential(Map<String, String> environment, String name) {
        return folder(environment).map(it -> it.resolve(name)).filter(Files::exists);
    }

    private static Optional<Path> folder(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(FOLDER))
                .filter(it -> !it.isBlank())
                .map(Path::of);
    }

    /// The file that is meant.
    ///
    /// @throws java.nio.file.InvalidPathException if no file can be called that
    public Path at(String written) {
        var path = Path.of(written);
        if (path.isAbsolute()) return path;
        return credentials
                .filter(_ -> path.getNameCount() == 1 && !path.toString().startsWith("."))
                .map(it -> it.resolve(path))
                .filter(Files::exists)
                .orElseGet(() -> beside.resolveSibling(path));
    }

    /// Whether every user of this machine can read a file: each may pass through its folders, too.
    /// Who may read credentials is systemd's to say.
    public boolean isOpenToAll(Path file) {
        if (credentials.filter(file::startsWith).isPresent()) return false;
        try {
            var real = file.toRealPath();
            if (!has(real, PosixFilePermission.OTHERS_READ)) return false;
            for (var it = real.getParent(); it != null; it = it.getParent()) {
                if (!has(it, PosixFilePermission.OTHERS_EXECUTE)) return false;
            }
            return true;
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }

    private static boolean has(Path path, PosixFilePermission permission) throws IOException {
        return Files.getPosixFilePermissions(path).contains(permission);
    }
}
