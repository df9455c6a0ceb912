package dev.assent.forge;

import dev.assent.forge.Told.UnexpectedAnswerException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks JSON over HTTP with one forge about one project. What is read is asked for on condition
/// that it changed, and once more after a short failure. What is written is sent once: whether a
/// comment of which nothing was heard is there must be looked up, not guessed.
final class Rest implements AutoCloseable {

    private static final int MOST_PAGES = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final RetryPolicy<Answer> SHORT_FAILURES =
            RetryPolicy.<Answer>builder()
                    .handle(IOException.class)
                    .abortOn(HttpTimeoutException.class, InterruptedIOException.class)
                    .handleResultIf(
                            it -> it.isOutage() && it.headers().firstValue("Retry-After").isEmpty())
                    .withBackoff(200, 2_000, ChronoUnit.MILLIS)
                    .withJitter(0.25)
                    .withMaxRetries(2)
                    .build();

    private final URI api;
    private final Credential credential;
    private final Map<String, String> headers;
    private final Refused refused;
    private final RateLimit limit;
    private final Asking asking;
    private final Wire wire;
    private final Remembered remembered = new Remembered();

    /// @param headers what goes with every request
    Rest(
            ForgeSettings settings,
            Credential credential,
            Map<String, String> headers,
            InstantSource clock,
            Duration patience,
            Asking asking) {
        this.api = settings.api();
        this.credential = credential;
        this.headers = Map.copyOf(headers);
        this.refused = new Refused(settings.kind().shown(), settings.project(), credential);
        this.limit = new RateLimit(clock);
        this.asking = asking;
        this.wire = new Wire(HttpClient.newBuilder(), patience);
    }

    /// Reads one thing.
    <T> T read(String path, Deed deed, Function<JsonNode, T> as) {
        return find(path, deed, as).orElseThrow(() -> missing(deed));
    }

    /// Reads one thing; empty where it is not there.
    <T> Optional<T> find(String path, Deed deed, Function<JsonNode, T> as) {
        var answer = get(path, deed);
        return answer.isMissing()
                ? Optional.empty()
                : Optional.of(understood(accepted(answer, deed), deed, as));
    }

    /// Reads one thing, with what the forge says beside it.
    Answer look(String path, Deed deed) {
        return accepted(get(path, deed), deed);
    }

    /// Reads a list, page by page.
    <T> List<T> all(String path, Deed deed, Function<JsonNode, T> as) {
        var all = new ArrayList<T>();
        var page = path;
        for (var i = 0; i < MOST_PAGES; i++) {
            var answer = accepted(get(page, deed), deed);
            var before = all.size();
            all.addAll(understood(answer, deed, json -> json.valueStream().map(as).toList()));
            var next = Pages.after(path, answer, i + 1, all.size(), before);
            if (next.isEmpty()) return all;
            page = next.get();
        }
        throw refused.puzzling(deed, "its list has no end");
    }

    /// Writes, and reads what came of it.
    <T> T write(String method, String path, JsonNode body, Deed deed, Function<JsonNode, T> as) {
        return understood(accepted(send(method, path, body, deed), deed), deed, as);
    }

    /// Writes; false where that which was to be changed is not there.
    boolean change(String method, String path, JsonNode body, Deed deed) {
        var answer = send(method, path, body, deed);
        if (answer.isMissing()) return false;
        accepted(answer, deed);
        return true;
    }

    /// Writes in the place of what is there; empty where there is nothing.
    <T> Optional<T> replace(
            String method, String path, JsonNode body, Deed deed, Function<JsonNode, T> as) {
        var answer = send(method, path, body, deed);
        if (answer.isMissing()) return Optional.empty();
        return Optional.of(understood(accepted(answer, deed), deed, as));
    }

    /// Writes what a forge may refuse because it is so already.
    void settle(
            String method, String path, JsonNode body, Deed deed, Predicate<Answer> isSoAlready) {
        var answer = send(method, path, body, deed);
        if (!isSoAlready.test(answer)) accepted(answer, deed);
    }

    private Answer get(String path, Deed deed) {
        var known = remembered.of(path);
        var answer =
                asked(deed, () -> Failsafe.with(SHORT_FAILURES).get(() -> request(path, known)));
        if (answer.status() == 304 && known.isPresent()) return known.get();
        if (answer.isGood()) remembered.keep(path, answer);
        return answer;
    }

    private Answer request(String path, Optional<Answer> known) throws IOException {
        var request = HttpRequest.newBuilder(address(path)).GET();
        known.flatMap(Answer::tag).ifPresent(it -> request.header("If-None-Match", it));
        return signedIn(request);
    }

    private Answer send(String method, String path, JsonNode body, Deed deed) {
        return asked(
                deed,
                () ->
                        signedIn(
                                HttpRequest.newBuilder(address(path))
                                        .header("Content-Type", "application/json")
                                        .method(
                                                method,
                                                BodyPublishers.ofByteArray(
                                                        JSON.writeValueAsBytes(body)))));
    }

    /// Where the forge refused the credential and another one can be had, nothing was done yet.
    private Answer signedIn(HttpRequest.Builder request) throws IOException {
        headers.forEach(request::setHeader);
        var answer = exchange(request);
        return answer.status() == 401 && credential.refused() ? exchange(request) : answer;
    }

    private Answer exchange(HttpRequest.Builder request) throws IOException {
        var signed = withCredential(request);
        return asking.of(() -> wire.exchange(signed));
    }

    private HttpRequest withCredential(HttpRequest.Builder request) {
        var header = credential.header();
        return request.setHeader(header.name(), header.value()).build();
    }

    private interface Question {
        Answer ask() throws IOException;
    }

    private Answer asked(Deed deed, Question question) {
        limit.pause()
                .ifPresent(it -> {
                    throw refused.limited(deed, it);
                });
        try {
            return question.ask();
        } catch (IOException e) {
            throw refused.unreachable(deed, Wire.why(e));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw refused.unreachable(deed, Wire.why(cause));
            }
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw refused.unreachable(deed, "we are being stopped");
            }
            throw e;
        } catch (UnexpectedAnswerException e) {
            throw refused.puzzling(deed, String.valueOf(e.getMessage()));
        }
    }

    /// An answer that is what was asked for.
    private Answer accepted(Answer answer, Deed deed) {
        var pause = limit.hear(answer);
        if (pause.isPresent()) throw refused.limited(deed, pause.get());
        if (!answer.isGood()) throw refused.by(answer, deed);
        return answer;
    }

    private ForgeException missing(Deed deed) {
        return refused.by(
                new Answer(404, java.net.http.HttpHeaders.of(Map.of(), (_, _) -> true), ""), deed);
    }

    private <T> T understood(Answer answer, Deed deed, Function<JsonNode, T> as) {
        try {
            return as.apply(JSON.readTree(answer.body()));
        } catch (JacksonException _) {
            throw refused.puzzling(deed, "its answer is no JSON");
        } catch (UnexpectedAnswerException e) {
            throw refused.puzzling(deed, String.valueOf(e.getMessage()));
        }
    }

    private URI address(String path) {
        try {
            return URI.create(api.toString().replaceFirst("/+$", "") + path);
        } catch (IllegalArgumentException _) {
            // All of it is encoded, but for what the forge itself wrote into a link.
            throw new UnexpectedAnswerException("its link to the next page is no address");
        }
    }

    @Override
    public void close() {
        wire.close();
        credential.close();
    }
}
