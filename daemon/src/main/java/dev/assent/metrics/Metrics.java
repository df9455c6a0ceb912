package dev.assent.metrics;

import dev.assent.observation.Observation;
import dev.assent.observation.Observer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;

/// Counts what it is told, and asks how everything stands when somebody scrapes.
public final class Metrics implements Observer, AutoCloseable {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// However many scrape, how everything stands is not asked for more often.
    private static final Duration HOLDS = Duration.ofSeconds(2);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counters counters = new Counters(registry);
    private final Machine machine = new Machine(registry);
    private final Gauges gauges = new Gauges(registry);
    private final Sources sources;
    private Instant asked = Instant.MIN;

    public Metrics(Sources sources) {
        this.sources = sources;
    }

    @Override
    public void saw(Observation it) {
        counters.saw(it);
    }

    /// Everything, as text.
    ///
    /// @param accept what who asks would like to have: OpenMetrics where that is named, else
    ///   Prometheus' own format
    public synchronized Page page(String accept) {
        var now = sources.clock().instant();
        if (now.isBefore(asked) || now.minus(HOLDS).isAfter(asked)) {
            var moment = sources.now(counters.remaining());
            counters.keepOnly(moment.repositoryNames());
            gauges.show(moment);
            asked = now;
        }
        var type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        return new Page(type, registry.scrape(type));
    }

    @Override
    public void close() {
        machine.close();
        registry.close();
    }
}
