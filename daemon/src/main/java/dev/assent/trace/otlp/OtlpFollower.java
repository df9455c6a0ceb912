package dev.assent.trace.otlp;

import dev.assent.trace.Followed;
import dev.assent.trace.Follower;
import dev.assent.trace.Place;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Sends what it is told, some seconds' worth at once, over HTTP (OTLP). A collector that does not
/// take it keeps nobody from working.
public final class OtlpFollower implements Follower, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final int AT_MOST = 8192;

    /// Gives the ids that were thought out before: those of the stage that is being told.
    private static final class Ids implements IdGenerator {

        private Place next = new Place("", "");

        @Override
        public String generateSpanId() {
            return next.span();
        }

        @Override
        public String generateTraceId() {
            return next.trace();
        }
    }

    private final Ids ids = new Ids();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /// @param headers a file of what signs in
    public OtlpFollower(URI endpoint, Optional<Path> headers, String version) {
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString())
                        .setHeaders(new Headers(headers)::read)
                        .setTimeout(PATIENCE)
                        .setRetryPolicy(null)
                        .build();
        this.provider =
                SdkTracerProvider.builder()
                        .setIdGenerator(ids)
                        .setSampler(Sampler.alwaysOn())
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"), "assent",
                                                AttributeKey.stringKey("service.version"), version)))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(
                                                new Patient(exporter, endpoint.toString()))
                                        .setScheduleDelay(PACE)
                                        .setMaxQueueSize(AT_MOST)
                                        .build())
                        .build();
        this.tracer = provider.get("dev.assent");
    }

    @Override
    public synchronized void ended(Followed stage) {
        ids.next = stage.place();
        var parent = stage.in().map(it -> Context.root().with(Span.wrap(context(it))));
        var builder =
                tracer.spanBuilder(stage.stage().word())
                        .setParent(parent.orElseGet(Context::root))
                        .setStartTimestamp(stage.began());
        stage.because().ifPresent(it -> builder.addLink(context(it)));
        stage.about().forEach((name, it) -> builder.setAttribute("assent." + name, it));
        var span = builder.startSpan();
        stage.failure().ifPresent(it -> span.setStatus(StatusCode.ERROR, it));
        span.end(stage.ended());
    }

    private static SpanContext context(Place place) {
        return SpanContext.create(
                place.trace(), place.span(), TraceFlags.getSampled(), TraceState.getDefault());
    }

    /// Sends what is left, for a while.
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
