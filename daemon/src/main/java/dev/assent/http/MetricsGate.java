package dev.assent.http;

import dev.assent.state.TokenScope;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Who may read what is counted: nothing of it is secret, but it names repositories, and tells
/// strangers what goes on.
final class MetricsGate {

    /// What proxies add: who asks is then not who is connected.
    private static final Pattern FORWARDED =
            Pattern.compile("(?i)forwarded|x-forwarded-.*|x-real-ip|via");

    private final Supplier<Access> access;
    private final Gate gate;

    /// @param access how one comes in now
    MetricsGate(Supplier<Access> access, Gate gate) {
        this.access = access;
        this.gate = gate;
    }

    void check(Context context) {
        if (context.header("Authorization") == null) {
            switch (access.get().metrics()) {
                case ALL -> {
                    return;
                }
                case LOCAL -> {
                    if (isLocal(context)) return;
                }
                case TOKEN -> {}
            }
        }
        gate.checkToken(context);
        Gate.checkScope(Gate.bearer(context), TokenScope.READ);
    }

    /// Whoever is on this machine has no need of the names under which it is known elsewhere.
    private boolean isLocal(Context context) {
        var names = context.headerMap().keySet();
        if (names.stream().anyMatch(it -> FORWARDED.matcher(it).matches())) return false;
        if (access.get().names().stream().anyMatch(Gate.hostName(context)::equalsIgnoreCase)) {
            return false;
        }
        try {
            // No name but an address in text, so that nothing is looked up.
            return InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
