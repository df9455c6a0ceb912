package dev.assent.manifest;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.Parser;

/// Stops a file that has no end: counts values, depth and aliases while they are parsed, before
/// anything is made of them. Remembers where aliases stand, which nodes do not tell.
final class BoundedParser implements Parser {

    static final int MAX_VALUES = 100_000;
    static final int MAX_DEPTH = 64;
    static final int MAX_ALIASES = 1_000;

    /// What to do about a file that is too large, in whatever way.
    static final String TOO_MUCH = "remove what is no manifest's business";

    private final Parser parser;
    private final Budget budget;
    private final Set<String> anchors = new LinkedHashSet<>();
    private final Queue<Mark> aliases = new ArrayDeque<>();
    private int values;
    private int depth;

    BoundedParser(Parser parser, Budget budget) {
        this.parser = parser;
        this.budget = budget;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        var event = parser.getEvent();
        budget.spend(event.getStartMark());
        switch (event.getEventId()) {
            case Alias -> alias((AliasEvent) event);
            case MappingStart, SequenceStart -> {
                value((NodeEvent) event);
                if (++depth > MAX_DEPTH) throw tooDeep(event.getStartMark());
            }
            case Scalar -> value((NodeEvent) event);
            case MappingEnd, SequenceEnd -> depth--;
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
        }
        return event;
    }

    private void alias(AliasEvent event) {
        aliases.add(event.getStartMark());
        if (aliases.size() > MAX_ALIASES) throw tooManyAliases(event.getStartMark());
    }

    private void value(NodeEvent event) {
        if (event.getAnchor() != null) anchors.add(event.getAnchor());
        if (++values > MAX_VALUES) throw tooManyValues(event.getStartMark());
    }

    private static Exceeded tooDeep(Mark mark) {
        return new Exceeded(
                Code.TOO_DEEP,
                mark,
                "values are nested more than %d levels deep".formatted(MAX_DEPTH),
                "look for a bracket that is never closed");
    }

    static Exceeded tooManyAliases(Mark mark) {
        return new Exceeded(
                Code.TOO_MANY_ALIASES,
                mark,
                "more than %d aliases would have to be followed".formatted(MAX_ALIASES),
                "write values out where aliases name values that hold aliases");
    }

    static Exceeded tooManyValues(Mark mark) {
        return new Exceeded(
                Code.TOO_LARGE,
                mark,
                "the file has more than %d values".formatted(MAX_VALUES),
                TOO_MUCH);
    }

    /// The anchors so far.
    Set<String> anchors() {
        return anchors;
    }

    /// Where aliases stand, in the order of the file.
    Queue<Mark> aliases() {
        return aliases;
    }

    /// A limit is exceeded, and there is no sense in reading on.
    static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Code code;
        private final transient Optional<Mark> mark;
        private final String suggestion;

        Exceeded(Code code, Mark mark, String sentence, String suggestion) {
            this(code, Optional.of(mark), sentence, suggestion);
        }

        Exceeded(Code code, Optional<Mark> mark, String sentence, String suggestion) {
            super(sentence);
            this.code = code;
            this.mark = mark;
            this.suggestion = suggestion;
        }

        /// What is exceeded, for the file's author.
        SyntaxMistake mistake(Source source) {
            return SyntaxMistake.of(
                    code,
                    new Spot(
                            mark.map(it -> source.character(it.getIndex())).orElse(source.start()),
                            Pointer.ROOT),
                    String.valueOf(getMessage()),
                    suggestion);
        }
    }
}
