package dev.assent.http.api;

import java.util.Optional;

/// Where an external group stands, and how to sign in there.
///
/// @param address a host name or an IP address
/// @param port the engine's usual one where it is absent
public record ExternalRequest(
        Optional<String> address,
        Optional<Integer> port,
        Optional<String> username,
        Optional<String> database,
        Optional<String> password) {

    /// Without the password: what a log or a debugger may show.
    @Override
    public String toString() {
        return "ExternalRequest[" + address.orElse("") + "]";
    }
}
