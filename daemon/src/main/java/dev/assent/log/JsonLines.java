package dev.assent.log;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/// An object a line, for programs that gather logs. The names of its members are a promise.
final class JsonLines implements Form {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(Entry entry) {
        var object = JSON.createObjectNode();
        object.put("time", entry.at().truncatedTo(ChronoUnit.MILLIS).toString());
        object.put("level", entry.level().toString().toLowerCase(Locale.ROOT));
        object.put("message", entry.message());
        entry.fields().forEach(object::put);
        object.put("logger", entry.logger());
        entry.trace().ifPresent(it -> object.put("exception", it));
        out.print(object + "\n");
    }
}
