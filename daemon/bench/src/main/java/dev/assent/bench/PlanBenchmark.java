package dev.assent.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Foreseen;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.provider.local.LocalProvider;
import dev.assent.provider.local.LocalSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

/// The planner alone, for one application of some groups. Divided by their number, the time should
/// be below 5 µs, and not grow with it.
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
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init")
public class PlanBenchmark {

    private static final ApplicationName APPLICATION =
            new ApplicationName(Fleet.application(0), "production");

    @Param({"1", "10", "100", "1000"})
    public int groups;

    private Desired desired;
    private Catalogue catalogue;
    private Recorded nothing;
    private Recorded everything;

    @Setup
    public void setUp() {
        var bytes = Fleet.manifest(0, groups).getBytes(UTF_8);
        var environments = List.of(APPLICATION.environment());
        desired =
                switch (new ManifestReader(System::nanoTime)
                        .read("apps/app-00000/manifest.yml", bytes, environments)) {
                    case Reading.Valid(var manifest, _) -> manifest.desired(APPLICATION);
                    case Reading.Invalid(var problems) ->
                            throw new IllegalStateException(problems.toString());
                };
        catalogue = catalogue();
        nothing = Recorded.nothing(APPLICATION);
        everything = Foreseen.after(nothing, create());
        if (create().changes().size() != groups || !same().changes().isEmpty()) {
            throw new IllegalStateException("these are not the plans that were meant");
        }
    }

    /// Everything is to be created.
    @Benchmark
    public Plan create() {
        return Planner.plan(desired, nothing, catalogue, Optional.empty());
    }

    /// Everything is as it should be.
    @Benchmark
    public Plan same() {
        return Planner.plan(desired, everything, catalogue, Optional.empty());
    }

    private static Catalogue catalogue() {
        var nowhere = Path.of(System.getProperty("java.io.tmpdir"));
        try (var provider = new LocalProvider("here", LocalSettings.in(nowhere, nowhere))) {
            return provider.catalogue();
        }
    }
}
