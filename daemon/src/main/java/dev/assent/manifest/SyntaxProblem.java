package dev.assent.manifest;

import dev.assent.manifest.BoundedParser.Exceeded;
import dev.assent.model.Place;
import java.util.Collection;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What the YAML parser did not understand, said in its author's words.
final class SyntaxProblem {

    private static final String UNDEFINED_ALIAS = "found undefined alias ";

    private final Problems problems;

    private SyntaxProblem(Problems problems) {
        this.problems = problems;
    }

    static void report(RuntimeException failure, Collection<String> anchors, Problems problems) {
        var it = new SyntaxProblem(problems);
        switch (failure) {
            case Exceeded exceeded ->
                    problems.add(exceeded.code(), it.spot(exceeded.mark()), exceeded.sentence());
            case MarkedYAMLException marked when marked.getProblemMark() != null ->
                    it.report(marked, anchors);
            case RuntimeException _ ->
                    problems.add(Code.NOT_YAML, problems.top(), "the file cannot be read as YAML");
        }
    }

    private void report(MarkedYAMLException failure, Collection<String> anchors) {
        var problem = Optional.ofNullable(failure.getProblem()).orElse("");
        var mark = failure.getProblemMark();
        if (problem.contains("\\t(TAB)") || Tabs.indent(lineOf(mark))) {
            tab(mark);
        } else if (problem.startsWith(UNDEFINED_ALIAS)) {
            undefinedAlias(problem.substring(UNDEFINED_ALIAS.length()), mark, anchors);
        } else if (problem.startsWith("mapping values are not allowed")) {
            unexpectedColon(mark);
        } else if (problem.contains("<block end>") || problem.contains("<document start>")) {
            indentation(failure, mark);
        } else if (problem.contains("cannot start any token")) {
            unquoted(mark);
        } else if (problem.contains("unexpected end of stream")
                || problem.contains("<stream end>")) {
            unclosed(failure, mark);
        } else if (problem.startsWith("expected ','")) {
            problems.add(
                    Code.NOT_YAML, spot(mark), "a `,` or a closing bracket is missing before this");
        } else if (problem.contains("could not find expected ':'")) {
            noColon(failure, mark);
        } else {
            problems.add(Code.NOT_YAML, spot(mark), "this is not YAML: " + plain(problem));
        }
    }

    private void tab(Mark mark) {
        var line = place(mark).line();
        if (Tabs.indent(problems.source().line(line))) {
            Tabs.reportIndentation(line, problems);
        } else {
            problems.add(
                    Code.NOT_YAML,
                    spot(mark),
                    "a tab cannot stand here",
                    Remedy.suggest("use spaces"));
        }
    }

    private void undefinedAlias(String name, Mark mark, Collection<String> anchors) {
        var near = Spelling.near(name, anchors);
        problems.add(
                Code.UNDEFINED_ALIAS,
                new Spot(
                        problems.source()
                                .place(mark.getIndex(), mark.getIndex() + name.length() + 1),
                        Pointer.ROOT),
                "`*%s` refers to an anchor that the file does not define above this line"
                        .formatted(name),
                near.isPresent()
                        ? Remedy.didYouMean(near.map("*"::concat))
                        : Remedy.suggest(
                                "name a value with `&%s` further up, or remove this line"
                                        .formatted(name)));
    }

    private void unexpectedColon(Mark mark) {
        var line = place(mark).line();
        var before = lineOf(mark).substring(0, Math.min(mark.getColumn(), lineOf(mark).length()));
        var previous = previous(line);
        if (before.contains(": ")) {
            problems.add(
                    Code.NOT_YAML,
                    spot(mark),
                    "a second `:` stands in this line; one key has one value",
                    Remedy.suggest("quote the value if the colon belongs to it"));
        } else if (previous.isPresent() && !previous.get().contains(":")) {
            problems.add(
                    Code.NOT_YAML,
                    spot(mark),
                    "%s, above this line, has no `:` and is no key"
                            .formatted(Words.quoted(previous.get())),
                    Remedy.suggest("put a `:` after it, or remove it"));
        } else {
            problems.add(
                    Code.INDENTATION,
                    key(line),
                    "this line is indented as if it belonged to %s, which has a value already"
                            .formatted(Words.quoted(previous.orElse("the line above"))),
                    Remedy.suggest("indent it like the key that it stands beside"));
        }
    }

    private void indentation(MarkedYAMLException failure, Mark mark) {
        var context = Optional.ofNullable(failure.getContextMark());
        var line = place(mark).line();
        var spaces = mark.getColumn();
        problems.add(
                Code.INDENTATION,
                key(line),
                context.filter(it -> it.getColumn() != spaces)
                        .map(it ->
                                "this line is indented by %d %s and its neighbours, from line %d on, by %d"
                                        .formatted(
                                                spaces,
                                                spaces == 1 ? "space" : "spaces",
                                                place(it).line(),
                                                it.getColumn()))
                        .orElse("this line is not indented like any line that it could belong to"),
                Remedy.suggest("indent lines that belong together by the same number of spaces"));
    }

    private void unquoted(Mark mark) {
        var character =
                problems.source()
                        .text()
                        .codePoints()
                        .skip(mark.getIndex())
                        .mapToObj(Character::toString)
                        .findFirst()
                        .orElse("");
        problems.add(
                Code.NOT_YAML,
                spot(mark),
                "a value cannot begin with `%s`".formatted(character),
                Remedy.suggest("put the value in quotes"));
    }

    private void unclosed(MarkedYAMLException failure, Mark mark) {
        var start = Optional.ofNullable(failure.getContextMark()).orElse(mark);
        problems.add(
                Code.NOT_YAML,
                spot(start),
                "what begins here is never closed",
                Remedy.suggest("add the closing quote or bracket"));
    }

    private void noColon(MarkedYAMLException failure, Mark mark) {
        var start = Optional.ofNullable(failure.getContextMark()).orElse(mark);
        problems.add(
                Code.NOT_YAML,
                key(place(start).line()),
                "a key without `:` stands here",
                Remedy.suggest("put a `:` after it"));
    }

    private Optional<String> previous(int line) {
        for (var i = line - 1; i >= 1; i--) {
            var text = problems.source().line(i).strip();
            if (!text.isEmpty() && !text.startsWith("#")) return Optional.of(text);
        }
        return Optional.empty();
    }

    /// The text of a line, without its indentation.
    private Spot key(int line) {
        var text = problems.source().line(line);
        var column = text.length() - text.stripLeading().length();
        var length = text.strip().codePointCount(0, text.strip().length());
        return new Spot(
                problems.source().place(line, column + 1, Math.max(1, length)), Pointer.ROOT);
    }

    private Spot spot(Mark mark) {
        return new Spot(place(mark), Pointer.ROOT);
    }

    private Place place(Mark mark) {
        return problems.source().character(mark.getIndex());
    }

    private String lineOf(Mark mark) {
        return problems.source().line(place(mark).line());
    }

    /// The parser's own words without its names for tokens.
    private static String plain(String problem) {
        return problem.replaceAll("<([a-z ]+)>", "$1").replaceAll("[\\p{Cntrl}]", " ").strip();
    }
}
