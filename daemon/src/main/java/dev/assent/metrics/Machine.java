package dev.assent.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the Java machine and the process use.
final class Machine implements AutoCloseable {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final JvmGcMetrics collections = new JvmGcMetrics();

    Machine(MeterRegistry registry) {
        collections.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("process.resident.memory", Machine::resident)
                .description("The memory of this process that is in RAM, heap and all.")
                .baseUnit("bytes")
                .register(registry);
    }

    /// Not a number where the system does not tell.
    private static double resident() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(it -> it.startsWith(RESIDENT))
                    .mapToDouble(it -> 1024 * kibibytes(it))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException _) {
            return Double.NaN;
        }
    }

    private static double kibibytes(String line) {
        return Double.parseDouble(line.substring(RESIDENT.length()).replace("kB", "").strip());
    }

    @Override
    public void close() {
        collections.close();
    }
}
