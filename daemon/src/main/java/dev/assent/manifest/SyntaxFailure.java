package dev.assent.manifest;

import dev.assent.manifest.Attempt.Failed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What the YAML parser says of a text, translated.
final class SyntaxFailure {

    private static final String UNDEFINED_ALIAS = "found undefined alias ";

    private final Source source;
    private final Set<String> anchors;
    private final RuntimeException failure;

    SyntaxFailure(Failed failed, RuntimeException failure) {
        source = failed.source();
        anchors = failed.anchors();
        this.failure = failure;
    }

    SyntaxMistake mistake() {
        return failure instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? mistake(marked, marked.getProblemMark())
                : SyntaxMistake.of(
                        Code.NOT_YAML,
                        new Spot(source.content(lineOfEscape()), Pointer.ROOT),
                        "the file cannot be read as YAML",
                        "look for escapes such as `\\U` that name no character");
    }

    /// The parser does not say where it met an escape that names no character.
    private int lineOfEscape() {
        return IntStream.rangeClosed(1, source.linesRead().size())
                .filter(it -> source.lineRead(it).contains("\\U"))
                .findFirst()
                .orElse(1);
    }

    private SyntaxMistake mistake(MarkedYAMLException marked, Mark mark) {
        var problem = Optional.ofNullable(marked.getProblem()).orElse("");
        var context = Optional.ofNullable(marked.getContextMark());
        if (Tabs.indent(lineRead(mark))) return Tabs.mistake(line(mark), source);
        if (problem.contains("\\t(TAB)")) {
            return at(mark, "a tab cannot stand here", "use spaces");
        }
        if (problem.startsWith(UNDEFINED_ALIAS)) {
            return undefinedAlias(problem.substring(UNDEFINED_ALIAS.length()), mark);
        }
        if (problem.startsWith("mapping values are not allowed")) return unexpectedColon(mark);
        if (problem.contains("<block end>") || problem.contains("<document start>")) {
            if (!lineRead(mark).substring(0, offset(lineRead(mark), mark.getColumn())).isBlank()) {
                return behind(mark);
            }
            return Indentation.mistake(line(mark), context.map(this::line), source);
        }
        if (problem.contains("cannot start any token")) return unquoted(mark);
        if (problem.contains("unexpected end of stream") || problem.contains("<stream end>")) {
            return at(
                    context.orElse(mark),
                    "what begins here is never closed",
                    "add the closing quote or bracket");
        }
        if (problem.startsWith("expected ','")) {
            return context.filter(it -> line(it) < line(mark)).isPresent()
                    ? at(
                            context.get(),
                            "what begins here is not closed before the next line begins another key",
                            "add the closing bracket")
                    : at(
                            mark,
                            "a `,` or a closing bracket is missing before this",
                            "close what was opened before, or separate the two with a `,`");
        }
        if (problem.contains("could not find expected ':'")) {
            return Colons.mistake(line(context.orElse(mark)), source);
        }
        if (problem.contains("unknown escape character")) {
            return at(
                    mark,
                    "a `\\` in double quotes begins an escape, and this is none",
                    "write `\\\\`, or use single quotes");
        }
        return at(mark, "this is not YAML: " + plain(problem), "see what stands before this place");
    }

    private SyntaxMistake undefinedAlias(String name, Mark mark) {
        var near = Spelling.near(name, anchors);
        var start = mark.getIndex();
        var mistake =
                new SyntaxMistake(
                        Code.UNDEFINED_ALIAS,
                        new Spot(source.place(start, start + name.length() + 1), Pointer.ROOT),
                        "`*%s` refers to an anchor that the file does not define above this line"
                                .formatted(name),
                        Optional.of(
                                near.map(it -> "did you mean `*%s`?".formatted(it))
                                        .orElse(
                                                "name a value with `&%s` further up, or remove this line"
                                                        .formatted(name))),
                        List::of);
        var line = line(mark);
        var text = source.lineRead(line);
        var alias = "*" + name;
        var from = text.indexOf(alias, offset(text, mark.getColumn()));
        if (from < 0) return mistake;
        var before = text.substring(0, from);
        var after = text.substring(from + alias.length());
        return mistake.mendedBy(() ->
                List.of(
                        near.map(it -> Mend.of(line, before + "*" + it + after))
                                .orElse(
                                        Mend.of(
                                                        line,
                                                        before
                                                                + "~"
                                                                + " ".repeat(name.length())
                                                                + after)
                                                .hidden())));
    }

    private SyntaxMistake unexpectedColon(Mark mark) {
        var line = line(mark);
        var text = source.lineRead(line);
        var column = offset(text, mark.getColumn());
        var previous = Indentation.previous(line, source);
        if (text.substring(0, column).contains(": ")) return secondColon(mark, line, text);
        if (previous.isPresent() && !Colons.standIn(source.lineRead(previous.get()))) {
            return Colons.mistake(previous.get(), source);
        }
        return Indentation.firstOfNeighbours(line, source)
                .orElseGet(() -> deeper(line, previous.map(source::lineRead)));
    }

    private SyntaxMistake deeper(int line, Optional<String> above) {
        return SyntaxMistake.of(
                        Code.INDENTATION,
                        new Spot(source.content(line), Pointer.ROOT),
                        "this line is indented as if it belonged to %s, which has a value already"
                                .formatted(Words.quoted(above.orElse("the line above"))),
                        "indent it like the key that it stands beside")
                .mendedBy(() -> Indentation.mends(line, source));
    }

    /// Where a key that we know stands behind another one, it was meant to stand beneath it.
    private SyntaxMistake secondColon(Mark mark, int line, String text) {
        var value = text.substring(text.indexOf(": ") + 2).strip();
        var colon = value.indexOf(':');
        var mends = Quoting.value(line, text);
        return colon > 0 && SchemaFile.MANIFEST.knows(value.substring(0, colon))
                ? at(
                                mark,
                                "%s cannot stand behind another key in its line"
                                        .formatted(Words.quoted(value.substring(0, colon))),
                                "put it on a line of its own, indented by two spaces more")
                        .mendedBy(() -> mends.stream().map(Mend::hidden).toList())
                : at(
                                mark,
                                "a second `:` stands in this line; one key has one value",
                                "quote the value if the colon belongs to it")
                        .mendedBy(() -> mends);
    }

    /// Something that follows a quoted text, or a bracket that closes.
    private SyntaxMistake behind(Mark mark) {
        var character = lineRead(mark).substring(offset(lineRead(mark), mark.getColumn()));
        return character.startsWith("}") || character.startsWith("]")
                ? at(mark, "a closing bracket too many stands here", "remove it")
                : at(
                        mark,
                        "more stands behind a value that has ended",
                        "put all of the value in quotes, or a `#` before a comment");
    }

    private SyntaxMistake unquoted(Mark mark) {
        var text = lineRead(mark);
        var column = offset(text, mark.getColumn());
        var character = text.codePoints().skip(mark.getColumn()).findFirst();
        return at(
                        mark,
                        "a value cannot begin with `%s`"
                                .formatted(
                                        character.isPresent()
                                                ? Character.toString(character.getAsInt())
                                                : ""),
                        "put the value in quotes")
                .mendedBy(() -> Quoting.from(line(mark), text, column));
    }

    private SyntaxMistake at(Mark mark, String message, String suggestion) {
        return SyntaxMistake.of(
                Code.NOT_YAML,
                new Spot(source.character(mark.getIndex()), Pointer.ROOT),
                message,
                suggestion);
    }

    private int line(Mark mark) {
        return source.character(mark.getIndex()).line();
    }

    private String lineRead(Mark mark) {
        return source.lineRead(line(mark));
    }

    private static int offset(String text, int column) {
        return text.offsetByCodePoints(0, Math.min(column, text.codePointCount(0, text.length())));
    }

    /// The parser's own words without its names for tokens.
    private static String plain(String problem) {
        return problem.replaceAll("<([a-z ]+)>", "$1").replaceAll("[\\p{Cntrl}]", " ").strip();
    }
}
