package dev.assent.doctor;

import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// A process of its own that has a record open, as a daemon has.
final class RecordHolder implements AutoCloseable {

    private final Process process;

    private RecordHolder(Process process) {
        this.process = process;
    }

    /// Starts it, and waits until the record is open.
    static RecordHolder of(Path state) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RecordHolder.class.getName(),
                                state.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var holder = new RecordHolder(process);
        if (process.getInputStream().read() < 0) {
            throw new IOException("the record could not be opened");
        }
        return holder;
    }

    long pid() {
        return process.pid();
    }

    public static void main(String[] arguments) throws IOException {
        var state = Path.of(arguments[0]);
        try (var _ =
                Store.open(
                        state.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(state.resolve("secret.key")),
                        InstantSource.system())) {
            System.out.write('o');
            System.out.flush();
            // Until whoever started it ends it, or ends.
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
