package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// Begins the log.
public final class Logs {

    /// What libraries say of which we say it better, or which is no event of ours.
    private static final Map<String, Level> QUIET =
            Map.of(
                    // A port that is taken is said by us, in a sentence.
                    "io.javalin.Javalin", Level.OFF,
                    // What strangers send is no event of ours.
                    "org.eclipse.jetty", Level.ERROR,
                    // A host that does not let us in is said by us, with what to do.
                    "org.apache.sshd", Level.ERROR,
                    // What is posted where is nobody's business, and why it failed is said by us.
                    "org.apache.hc", Level.OFF,
                    // That a collector does not answer is said by us, once.
                    "io.opentelemetry", Level.OFF);

    private Logs() {}

    /// From now on all that is logged is written so.
    public static void begin(LogForm form, LogLevel level) {
        var error = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        begin(level, form.to(error));
        Bridge.prepare();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) ->
                LoggerFactory.getLogger(Logs.class)
                        .error("the thread {} has ended: {}", thread.getName(), e.getMessage(), e));
    }

    static void begin(LogLevel level, Form... forms) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level.libraries());
        for (var form : forms) {
            var appender = new OneAppender(form);
            appender.setContext(context);
            appender.start();
            root.addAppender(appender);
        }
        context.getLogger("dev.assent").setLevel(level.ours());
        if (level != LogLevel.TRACE) {
            QUIET.forEach((name, it) -> context.getLogger(name).setLevel(it));
        }
    }
}
