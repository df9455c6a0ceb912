package dev.assent.doctor;

import dev.assent.configuration.NotificationSettings;
import dev.assent.configuration.NotificationSettings.Medium;
import dev.assent.configuration.NotificationSettings.Url;
import dev.assent.model.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whether there is somebody at the other end of a notification. Nothing is sent.
record NotificationCheck(NotificationSettings settings) implements Check {

    private static final int PATIENCE_MILLIS = 5_000;

    @Override
    public String subject() {
        return "notification " + settings.name();
    }

    @Override
    public Finding look() throws IOException {
        for (var file : secrets()) {
            if (Files.isReadable(file)) continue;
            return Finding.trouble(
                    "%s can't be read".formatted(file),
                    "put the secret there, readable for the service");
        }
        return switch (settings.medium()) {
            case Medium.Webhook it -> at(it.url());
            case Medium.Slack it -> at(it.url());
            case Medium.Email it -> at(it.smtp().host(), it.smtp().port());
        };
    }

    private List<Path> secrets() {
        return switch (settings.medium()) {
            case Medium.Webhook it ->
                    Stream.concat(it.url().file().stream(), it.secretFile().stream()).toList();
            case Medium.Slack it -> it.url().file().stream().toList();
            case Medium.Email it -> it.smtp().passwordFile().stream().toList();
        };
    }

    private static Finding at(Url url) throws IOException {
        var text =
                url.written().map(Secret::reveal).isPresent()
                        ? url.written().map(Secret::reveal).get()
                        : Files.readString(url.file().orElseThrow()).strip();
        try {
            var uri = URI.create(text);
            var usual = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
            if (uri.getHost() != null) {
                return at(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort());
            }
        } catch (IllegalArgumentException _) {
            // Its message would show the URL, with which anybody could post.
        }
        return Finding.trouble("its URL is none", "put an https:// URL there");
    }

    private static Finding at(String host, int port) {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Finding.trouble(
                    "the host %s is not known".formatted(host),
                    "check it, and that this machine can look up names");
        }
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return Finding.fine("%s takes connections at port %d".formatted(host, port));
        } catch (IOException _) {
            return Finding.trouble(
                    "%s takes no connection at port %d".formatted(host, port),
                    "check host and port, and the network between");
        }
    }
}
