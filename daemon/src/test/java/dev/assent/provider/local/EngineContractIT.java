package dev.assent.provider.local;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.assent.model.Catalogue;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every engine must be able to do, on real servers: each variant and release series that this
/// machine and the catalogue of archives offer goes through [EngineContract].
///
/// `-Dassent.contract=mariadb` runs one variant, `-Dassent.contract=postgresql-17` one series.
class EngineContractIT {

    /// So many at a time: a machine for tests has few processors.
    private static final int AT_ONCE = 3;

    private static final String WANTED = System.getProperty("assent.contract", "");

    @TempDir static Path folder;

    @TestFactory
    List<DynamicTest> every_engine_keeps_what_it_acknowledged_through_all_that_befalls_it()
            throws IOException {
        var cache = Files.createDirectory(folder.resolve("cache"));
        var all = subjects(new LocalRoom(folder, cache).provider.catalogue());
        var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().factory());
        var tests =
                all.stream()
                        .filter(it -> it.toString().startsWith(WANTED))
                        .map(it -> {
                            var running = threads.submit(() -> go(it, cache));
                            return dynamicTest(it.toString(), () -> running.get());
                        })
                        .toList();
        threads.shutdown();
        return tests;
    }

    private static Optional<Void> go(Subject subject, Path cache) throws Exception {
        var own = Files.createDirectory(folder.resolve(subject.toString()));
        try (var room = new LocalRoom(own, cache)) {
            new EngineContract(room, subject.variant(), subject.version()).hold();
        }
        return Optional.empty();
    }

    record Subject(Variant variant, Version version) {

        @Override
        public String toString() {
            return variant.word() + "-" + version;
        }
    }

    /// The newest version of each release series, of what can be replicated.
    private static List<Subject> subjects(Catalogue catalogue) {
        return Arrays.stream(Variant.values())
                .filter(catalogue.replicates()::contains)
                .flatMap(it ->
                        newest(catalogue.versions(it)).map(version -> new Subject(it, version)))
                .toList();
    }

    private static Stream<Version> newest(List<Version> oldestFirst) {
        BinaryOperator<Version> later = (_, next) -> next;
        return oldestFirst.stream()
                .collect(Collectors.toMap(EngineContractIT::series, it -> it, later))
                .values()
                .stream()
                .sorted();
    }

    /// `10.11` of `10.11.5`, `17` of `17.11`.
    private static String series(Version version) {
        var text = version.text();
        return text.substring(0, text.lastIndexOf('.'));
    }
}
