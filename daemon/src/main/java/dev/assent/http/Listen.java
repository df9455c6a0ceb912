package dev.assent.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Where the daemon listens: a host or address, and a TCP port; port 0 is any free one.
public record Listen(String host, int port) {

    /// This machine only.
    public static final Listen DEFAULT = new Listen("127.0.0.1", 27736);

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    public Listen {
        if (host.isBlank() || host.contains("/") || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
        }
    }

    /// Reads `HOST:PORT` or `[IPV6]:PORT`; empty when the text is neither.
    public static Optional<Listen> parse(String text) {
        var colon = text.lastIndexOf(':');
        if (colon < 1) return Optional.empty();
        var host = text.substring(0, colon);
        var bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.contains(":")) return Optional.empty();
        try {
            return Optional.of(
                    new Listen(
                            bracketed ? host.substring(1, host.length() - 1) : host,
                            Integer.parseInt(text.substring(colon + 1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Where a socket that systemd has opened listens, if that is what the daemon was told.
    ///
    /// @param told where it was told to listen
    /// @throws ListenException if that is somewhere else
    public static Listen at(InetSocketAddress opened, Optional<Listen> told) {
        var there = new Listen(opened.getAddress().getHostAddress(), opened.getPort());
        if (told.isEmpty() || told.get().equals(there)) return there;
        throw new ListenException(
                "systemd has opened %s for the daemon, and --listen says %s"
                        .formatted(there, told.get()),
                "leave --listen out and give ListenStream= of assentd.socket the address, or do"
                        + " without that unit: systemctl mask --now assentd.socket");
    }

    /// The base URL at which programs of this machine reach it.
    public URI url() {
        if (EVERYWHERE.contains(host)) return new Listen("127.0.0.1", port).url();
        var name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
