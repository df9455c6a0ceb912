package dev.assent.http;

import dev.assent.http.oidc.OidcIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server on a free port, with a fake desk behind it, and ways to knock.
public final class Door implements AutoCloseable {

    public final FakeDesk desk;
    public final Path runFolder;
    public final String token;
    final RestServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public Door(Path runFolder) throws IOException {
        this(runFolder, new FakeDesk(), new Listen("127.0.0.1", 0));
    }

    public Door(Path runFolder, FakeDesk desk, Listen listen) throws IOException {
        this(runFolder, desk, listen, Optional.empty(), Webhooks.NONE);
    }

    /// A door that people and forges come in by, too.
    Door(Path runFolder, FakeDesk desk, Listen listen, Optional<OidcIssuer> oidc, Webhooks webhooks)
            throws IOException {
        this.desk = desk;
        this.runFolder = runFolder;
        var admin = AdminToken.readOrCreate(runFolder);
        token = Files.readString(AdminToken.file(runFolder)).strip();
        var names = Set.of("assent.example.org");
        var access = new Access(names, admin, oidc, webhooks);
        server = RestServer.start(listen, () -> access, desk);
        ServerFile.write(runFolder, server.url());
    }

    public URI url() {
        return server.url();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String body) throws Exception {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    HttpResponse<String> withoutToken(String method, String path, String... headers)
            throws Exception {
        var request =
                HttpRequest.newBuilder(url().resolve(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        return send(request);
    }

    /// Asks as whoever bears a token.
    HttpResponse<String> bearing(String token, String method, String path, String... headers)
            throws Exception {
        var request =
                HttpRequest.newBuilder(url().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        return send(request);
    }

    /// Sends what a forge sends.
    HttpResponse<String> webhook(String path, byte[] body, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(url().resolve(path))
                        .headers(headers)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    /// What the server answers to these very bytes.
    String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url().getPort())) {
            socket.getOutputStream()
                    .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String error(HttpResponse<String> response) {
        return json(response).path("error").path("message").asString();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(url().resolve(path))
                        .header("Authorization", "Bearer " + token);
        return headers.length > 0 ? request.headers(headers) : request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
