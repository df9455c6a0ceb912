import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars without their signatures: the JVM keeps no class of a signed jar in an archive, and what is checked when the
/// package is installed are the package's own checksums. The other bytes of each entry stay, and so does their order.
///
///     java Unsigned.java TIMESTAMP FOLDER JAR...
final class Unsigned {

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    public static void main(String[] arguments) throws IOException {
        var time = FileTime.from(Instant.parse(arguments[0]));
        var folder = Path.of(arguments[1]);
        for (var name : List.of(arguments).subList(2, arguments.length)) {
            var jar = Path.of(name);
            var copy = folder.resolve(jar.getFileName());
            if (isSigned(jar)) {
                copyUnsigned(jar, copy);
            } else {
                Files.copy(jar, copy);
            }
            Files.setLastModifiedTime(copy, time);
        }
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(it -> SIGNATURE.matcher(it.getName()).matches());
        }
    }

    private static void copyUnsigned(Path jar, Path copy) throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (var entry : zip.stream().toList()) {
                if (SIGNATURE.matcher(entry.getName()).matches()) continue;
                var copied = new ZipEntry(entry.getName());
                // The local time of the zip format, which no time zone changes.
                copied.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copied);
                try (var bytes = zip.getInputStream(entry)) {
                    bytes.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
