package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/// The worst that a server can do to who signs in: it refuses, and says for all to read what it was
/// told. A web server that forges, collectors and receivers of notifications may be, and a mail
/// server.
final class Echo implements AutoCloseable {

    private final HttpServer web;
    private final ServerSocket mail;

    Echo() throws IOException {
        var here = InetAddress.getLoopbackAddress();
        web = HttpServer.create(new InetSocketAddress(here, 0), 0);
        web.createContext("/", Echo::refuse);
        web.start();
        mail = new ServerSocket(0, 10, here);
        Thread.ofVirtual().start(this::takeMail);
    }

    String url() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    int mailPort() {
        return mail.getLocalPort();
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var told = new StringBuilder("not with ");
            for (Map.Entry<String, ?> it : headers.entrySet()) told.append(it).append("; ");
            told.append(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var signedIn = headers.containsKey("Authorization");
            if (!signedIn)
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.getResponseHeaders().set("X-Told", told.toString().replaceAll("[\r\n]", " "));
            var body = told.toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(signedIn ? 500 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void takeMail() {
        while (!mail.isClosed()) {
            try (var socket = mail.accept();
                    var in =
                            new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), UTF_8))) {
                var out = socket.getOutputStream();
                out.write("220 here\r\n".getBytes(UTF_8));
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    var answer =
                            line.startsWith("EHLO")
                                    ? "250-here\r\n250 AUTH PLAIN LOGIN\r\n"
                                    : "535 not with " + line + "\r\n";
                    out.write(answer.getBytes(UTF_8));
                }
            } catch (IOException _) {
                // The other side went away, or this one is closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        web.stop(0);
        mail.close();
    }
}
