package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Reads what is as large as a manifest may be in a Java machine of its own, which has hardly any
/// memory.
class LargeInputsTest {

    /// What that machine needs for a manifest of three lines, in MiB; measured with the collector
    /// below.
    private static final int BASE = 10;

    /// What the input itself takes, once as text and once as bytes.
    private static final int INPUT = 3;

    private static final int BEYOND = 64;

    @Test
    void the_largest_inputs_take_no_more_than_64_mib_beyond_themselves()
            throws IOException, InterruptedException {
        var reading =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx%dm".formatted(BASE + INPUT + BEYOND),
                                // Wastes least; starts fastest.
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                ReadingLargeInputs.class.getName())
                        .redirectErrorStream(true)
                        .start();
        var output = new String(reading.getInputStream().readAllBytes(), UTF_8);

        assertThat(reading.waitFor()).as(output).isZero();
        assertThat(output.lines().filter(it -> !it.endsWith(ReadingLargeInputs.READ))).isEmpty();
        assertThat(output.lines()).hasSameSizeAs(LargeInputs.names());
    }
}
