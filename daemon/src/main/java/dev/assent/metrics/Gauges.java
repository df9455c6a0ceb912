package dev.assent.metrics;

import dev.assent.metrics.Family.Value;
import dev.assent.source.Repository;
import dev.assent.state.Census;
import dev.assent.state.StateException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How everything stands, asked when somebody scrapes. What can't be told has no series, and what
/// is gone has none any more.
final class Gauges {

    private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);
    private static final Census UNKNOWN =
            new Census(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private final Sources sources;
    private final Counters counters;
    private final Map<Family, MultiGauge> gauges = new LinkedHashMap<>();

    Gauges(MeterRegistry registry, Sources sources, Counters counters) {
        this.sources = sources;
        this.counters = counters;
        Stream.of(DaemonGauges.ALL, RepositoryGauges.ALL, PlanGauges.ALL, ServerGauges.ALL)
                .flatMap(List::stream)
                .forEach(it ->
                        gauges.put(
                                it,
                                MultiGauge.builder(it.name())
                                        .description(it.help())
                                        .register(registry)));
    }

    void ask() {
        var repositories = sources.repositories().get();
        var names = repositories.stream().map(Repository::name).collect(Collectors.toSet());
        counters.keepOnly(names);
        var moment =
                new Moment(
                        sources.clock().instant(),
                        sources.folder(),
                        sources.version(),
                        repositories,
                        census(names),
                        sources.lookout().view(),
                        counters.remaining(),
                        sources.notReady().get(),
                        sources.trouble().get());
        gauges.forEach((family, gauge) ->
                gauge.register(family.values().apply(moment).map(Gauges::row).toList(), true));
    }

    private static MultiGauge.Row<Number> row(Value value) {
        return MultiGauge.Row.of(Tags.of(value.tags().toArray(String[]::new)), value.number());
    }

    /// Without what was read of repositories that the configuration no longer names.
    private Census census(Set<String> repositories) {
        try {
            var all = sources.store().census(sources.recipients().get());
            return new Census(
                    all.repositories().stream()
                            .filter(it -> repositories.contains(it.name()))
                            .toList(),
                    known(all.manifests(), repositories),
                    known(all.heads(), repositories),
                    all.plans(),
                    all.groups(),
                    all.letters());
        } catch (StateException e) {
            LOG.warn("what is in the record can't be counted: {}", e.getMessage());
            return UNKNOWN;
        }
    }

    private static List<Census.Read> known(List<Census.Read> read, Set<String> repositories) {
        return read.stream().filter(it -> repositories.contains(it.repository())).toList();
    }
}
