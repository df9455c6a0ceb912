package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.LoggerFactory;

/// All that is logged until it is closed, as the daemon would write it.
public final class Captured implements AutoCloseable {

    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private Captured() {}

    public static Captured at(LogLevel level) {
        var captured = new Captured();
        Logs.begin(
                level,
                new JsonLines(new PrintStream(captured.json, true, UTF_8)),
                new TextLines(new PrintStream(captured.text, true, UTF_8)));
        Bridge.prepare();
        new Bridge();
        return captured;
    }

    /// The same, with what the journal gets as well.
    public static Captured at(LogLevel level, String journal) {
        var captured = new Captured();
        Logs.begin(
                level,
                new JsonLines(new PrintStream(captured.json, true, UTF_8)),
                new TextLines(new PrintStream(captured.text, true, UTF_8)),
                Journal.at(journal, new TextLines(new PrintStream(captured.text, true, UTF_8))));
        new Bridge();
        return captured;
    }

    public List<String> json() {
        return json.toString(UTF_8).lines().toList();
    }

    public String text() {
        return text.toString(UTF_8);
    }

    @Override
    public void close() {
        asBefore();
    }

    /// What is logged goes where it goes in tests, whatever a test has made of it.
    public static void asBefore() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
