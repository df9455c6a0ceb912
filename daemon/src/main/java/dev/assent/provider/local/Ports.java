package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;

/// The ports that servers may get.
record Ports(String host, int first, int last) {

    /// The lowest port that no server has and on which nothing listens.
    int free(Set<Integer> taken) {
        for (var port = first; port <= last; port++) {
            if (!taken.contains(port) && isFree(port)) return port;
        }
        throw new ProviderException(
                "no port is free from %d to %d; configure a larger range, or remove servers that are no longer needed"
                        .formatted(first, last));
    }

    boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
