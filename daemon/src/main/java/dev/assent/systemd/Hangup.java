package dev.assent.systemd;

import java.lang.reflect.Proxy;

/// The signal that by custom has a daemon read its configuration anew.
public final class Hangup {

    private Hangup() {}

    /// Runs something, in a thread of its own, whenever this process is sent SIGHUP from now on.
    /// The JDK's one door to signals is a class that javac warns of and nothing silences, which is
    /// why it is called by its name.
    public static void whenSent(Runnable work) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var ours =
                    Proxy.newProxyInstance(
                            Hangup.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, arguments) -> {
                                if (!method.getName().equals("handle")) {
                                    return method.invoke(work, arguments);
                                }
                                work.run();
                                return null;
                            });
            var hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(signal, hangup, ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
        }
    }
}
