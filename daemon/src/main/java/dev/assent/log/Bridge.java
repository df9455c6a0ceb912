package dev.assent.log;

import org.slf4j.bridge.SLF4JBridgeHandler;

/// Brings what is logged by `java.util.logging` (the JDK, the PostgreSQL driver, mail) to the same
/// door. The JDK makes one when the first logs; until then it costs nothing.
public final class Bridge {

    /// Called by the JDK.
    public Bridge() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    static void prepare() {
        System.setProperty("java.util.logging.config.class", Bridge.class.getName());
    }
}
