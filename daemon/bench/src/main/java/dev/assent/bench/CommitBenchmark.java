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
import org.openjdk.jmh.annotations.Warmup;

/// From a commit that changes one application's manifest to its stored plan, in a repository with
/// few applications and in one with many: the second should take hardly longer.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
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
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class CommitBenchmark {

    private static final int GROUPS = 3;

    /// An installation that has planned everything, and a commit that it has not seen.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Pushed {

        @Param({"100", "10000"})
        public int applications;

        private Folder folder;
        private Origin origin;
        private Installation installation;
        private int commits;

        @Setup
        public void setUp() throws IOException, GitAPIException {
            folder = Folder.create();
            origin = new Origin(folder.path().resolve("fleet.git"), applications, GROUPS);
            installation = new Installation(folder.path().resolve("state"), origin);
            installation.poll();
            installation.check(applications, origin.head());
        }

        @Setup(Level.Invocation)
        public void push() throws IOException {
            commits++;
            // A number that does not divide theirs, so that another is meant each time.
            var application = commits * 37 % applications;
            origin.push(application, Fleet.manifest(application + commits, GROUPS));
            pushed(installation);
        }

        /// What happens between the push and the poll.
        void pushed(Installation installation) {}

        @TearDown
        public void tearDown() throws IOException {
            installation.check(applications, origin.head());
            installation.close();
            origin.close();
            folder.close();
        }
    }

    /// The same, and the commit is here already.
    public static class Fetched extends Pushed {

        @Override
        void pushed(Installation installation) {
            installation.fetch();
        }
    }

    @Benchmark
    public void fetchedAndPlanned(Pushed pushed) {
        pushed.installation.poll();
    }

    @Benchmark
    public void planned(Fetched fetched) {
        ((Pushed) fetched).installation.poll();
    }
}
