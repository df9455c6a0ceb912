package dev.assent.model;

/// Where a server listens: a host name or address, and a TCP port.
public record Endpoint(String host, int port) {

    public Endpoint {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
