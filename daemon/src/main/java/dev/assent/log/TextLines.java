package dev.assent.log;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Lines for people in a terminal.
final class TextLines implements Form {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                    .withZone(ZoneId.systemDefault());

    private final PrintStream out;

    TextLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(Entry entry) {
        out.print("%s %-5s %s%n".formatted(TIME.format(entry.at()), entry.level(), entry.told()));
    }
}
