package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// The one question that is put to memcached, in its text protocol.
final class MemcachedConversation {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final String ANSWER = "VERSION ";

    private MemcachedConversation() {}

    static Version version(Endpoint endpoint) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(
                    new InetSocketAddress(endpoint.host(), endpoint.port()), PATIENCE_MILLIS);
            socket.getOutputStream().write("version\r\n".getBytes(StandardCharsets.US_ASCII));
            var line =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine();
            var said = line == null ? "" : line;
            var version = said.startsWith(ANSWER) ? said.substring(ANSWER.length()) : "";
            if (Version.isVersion(version)) return new Version(version);
            throw new EngineException(
                    "what answers at %s is not memcached, or wants a password".formatted(endpoint));
        } catch (IOException e) {
            throw new EngineException(
                    "memcached at %s does not answer: %s".formatted(endpoint, e.getMessage()), e);
        }
    }
}
