package dev.assent.trace.otlp;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// Takes traces as an OpenTelemetry collector does, and draws them.
public final class Collector implements AutoCloseable {

    private final HttpServer server;
    private final LinkedBlockingQueue<Span> spans = new LinkedBlockingQueue<>();
    private final List<String> headers = new ArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
        server.createContext("/v1/traces", exchange -> {
            synchronized (headers) {
                headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Scope")));
            }
            var bytes = exchange.getRequestBody().readAllBytes();
            var zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var body =
                    zipped
                            ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
                            : bytes;
            var request = ExportTraceServiceRequest.parseFrom(body);
            request.getResourceSpansList()
                    .forEach(it ->
                            it.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public static Collector start() {
        try {
            return new Collector(
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort()));
    }

    /// What has come by now. Whoever sends has to have been closed before.
    public List<Span> spans() {
        var all = new ArrayList<Span>();
        spans.drainTo(all);
        return all;
    }

    List<String> headers() {
        synchronized (headers) {
            return List.copyOf(headers);
        }
    }

    /// A tree with a line for each stage, in the order in which they began.
    public static String drawn(List<Span> spans) {
        return spans.stream()
                .filter(it -> spans.stream().noneMatch(other -> isChild(it, other)))
                .sorted(Collector::byBeginning)
                .map(it -> drawn(it, spans, ""))
                .collect(Collectors.joining());
    }

    private static String drawn(Span span, List<Span> spans, String indentation) {
        var about = new TreeMap<String, String>();
        span.getAttributesList()
                .forEach(it ->
                        about.put(
                                it.getKey().replace("assent.", ""),
                                it.getValue().getStringValue()));
        return spans.stream()
                .filter(it -> isChild(it, span))
                .sorted(Collector::byBeginning)
                .map(it -> drawn(it, spans, indentation + "  "))
                .collect(
                        Collectors.joining(
                                "", indentation + span.getName() + " " + about + "\n", ""));
    }

    private static int byBeginning(Span one, Span other) {
        return Long.compare(one.getStartTimeUnixNano(), other.getStartTimeUnixNano());
    }

    private static boolean isChild(Span child, Span parent) {
        return child.getTraceId().equals(parent.getTraceId())
                && child.getParentSpanId().equals(parent.getSpanId());
    }

    public static String trace(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
