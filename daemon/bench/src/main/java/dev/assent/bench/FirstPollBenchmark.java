package dev.assent.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The first poll of a repository in a new process: all of its manifests are fetched, read and
/// planned, and every plan is on the disk.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Measurement(iterations = 1)
@Fork(
        value = 3,
        jvmArgs = {
            // Those of `bin/assent daemon`.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xms24m",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=quiet.xml"
        })
@SuppressWarnings("NullAway.Init")
public class FirstPollBenchmark {

    private static final int GROUPS = 3;

    @Param("10000")
    public int applications;

    private Folder folder;
    private Origin origin;
    private Installation installation;

    @Setup(Level.Invocation)
    public void setUp() throws IOException, GitAPIException {
        folder = Folder.create();
        origin = new Origin(folder.path().resolve("fleet.git"), applications, GROUPS);
        installation = new Installation(folder.path().resolve("state"), origin);
    }

    @Benchmark
    public void poll() {
        installation.poll();
    }

    @TearDown(Level.Invocation)
    public void tearDown() throws IOException {
        installation.check(applications, origin.head());
        installation.close();
        origin.close();
        folder.close();
    }
}
