package dev.assent.metrics;

import dev.assent.metrics.Family.Value;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How everything stands. What can't be told has no series, and what is gone has none any more.
final class Gauges {

    private final Map<Family, MultiGauge> gauges = new LinkedHashMap<>();

    Gauges(MeterRegistry registry) {
        Stream.of(DaemonGauges.ALL, RepositoryGauges.ALL, PlanGauges.ALL, ServerGauges.ALL)
                .flatMap(List::stream)
                .forEach(it ->
                        gauges.put(
                                it,
                                MultiGauge.builder(it.name())
                                        .description(it.help())
                                        .register(registry)));
    }

    void show(Moment moment) {
        gauges.forEach((family, gauge) ->
                gauge.register(family.values().apply(moment).map(Gauges::row).toList(), true));
    }

    private static MultiGauge.Row<Number> row(Value value) {
        return MultiGauge.Row.of(Tags.of(value.tags().toArray(String[]::new)), value.number());
    }
}
