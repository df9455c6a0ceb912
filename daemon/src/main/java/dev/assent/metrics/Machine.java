package dev.assent.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
        process(registry);
    }

    /// By the names that Prometheus' own libraries give them.
    private static void process(MeterRegistry registry) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        Gauge.builder("process.start.time", () -> runtime.getStartTime() / 1000.0)
                .description("When this process began, in seconds since 1970.")
                .baseUnit("seconds")
                .register(registry);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            FunctionCounter.builder("process.cpu", os, it -> it.getProcessCpuTime() / 1e9)
                    .description("The time that processors have worked for this process.")
                    .baseUnit("seconds")
                    .register(registry);
            Gauge.builder("process.open.fds", os::getOpenFileDescriptorCount)
                    .description("Files and connections that are open.")
                    .register(registry);
            Gauge.builder("process.max.fds", os::getMaxFileDescriptorCount)
                    .description("How many may be.")
                    .register(registry);
        }
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
