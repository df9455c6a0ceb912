package dev.assent.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The first manifest of a process: what `assent validate FILE` does once it has started. The
/// reader compiles its schema, and every class is loaded.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 10,
        jvmArgs = {
            // Those of `bin/assent`.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xms24m",
            "-Xmx512m"
        })
public class FirstReadBenchmark {

    private final byte[] bytes = Manifests.typical(1).getBytes(UTF_8);

    @Benchmark
    public Reading read() {
        return Sample.read(bytes, new ManifestReader(System::nanoTime));
    }
}
