package dev.assent.trace.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends, and says once that it cannot and once that it can again. What could not be sent is not
/// sent later: nobody has to wait for whoever looks on.
final class Patient implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(Patient.class);

    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicBoolean failing = new AtomicBoolean();

    Patient(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                if (failing.compareAndSet(true, false)) LOG.info("traces reach {} again", endpoint);
            } else if (failing.compareAndSet(false, true)) {
                LOG.warn(
                        "traces do not reach {}, and those of meanwhile are lost; check `traces` in the"
                                + " configuration and the collector",
                        endpoint);
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
