package dev.assent.http.api;

import java.util.Optional;

/// Has a server that exists known as a group; the answer is the plan that does so.
///
/// @param group `ENGINE/GROUP`
/// @param variant empty: the engine's usual one
/// @param server what it is to be called
/// @param address a host name or address
/// @param username the application's user, as which it is asked what it is
public record AdoptRequest(
        Optional<String> group,
        Optional<String> variant,
        Optional<String> server,
        Optional<String> address,
        Optional<Integer> port,
        Optional<String> username,
        Optional<String> database,
        Optional<String> password) {

    /// Without the password: what a log or a debugger may show.
    @Override
    public String toString() {
        return "AdoptRequest[" + group + " at " + address + "]";
    }
}
