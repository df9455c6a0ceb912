package dev.assent.bench;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading one manifest, again and again, as the daemon does.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgs = {
            // Those of `bin/assent`.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xms24m",
            "-Xmx512m"
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadBenchmark {

    private final ManifestReader reader = new ManifestReader(System::nanoTime);

    @Param public Sample sample = Sample.TYPICAL;

    private byte[] bytes = {};

    @Setup
    public void setUp() {
        bytes = sample.bytes();
    }

    @Benchmark
    public Reading read() {
        return Sample.read(bytes, reader);
    }
}
