package dev.assent.http;

import dev.assent.configuration.AccessSettings.Readers;
import dev.assent.state.TokenScope;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Supplier;

/// Who may read what is counted: nothing of it is secret, but it names repositories, and tells
/// strangers what goes on.
final class MetricsGate {

    /// What proxies add: who asks is then not who is connected.
    private static final Set<String> FORWARDED =
            Set.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final Supplier<Readers> readers;
    private final Gate gate;

    MetricsGate(Supplier<Readers> readers, Gate gate) {
        this.readers = readers;
        this.gate = gate;
    }

    void check(Context context) {
        if (context.header("Authorization") == null) {
            switch (readers.get()) {
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

    private static boolean isLocal(Context context) {
        if (FORWARDED.stream().anyMatch(it -> context.header(it) != null)) return false;
        try {
            // No name but an address in text, so that nothing is looked up.
            return InetAddress.getByName(context.req().getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
