package dev.assent.manifest;

import dev.assent.manifest.Problem.Severity;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Collects what is wrong with one file. A value that the file repeats through aliases is wrong
/// only once.
final class Problems {

    /// Nobody compares a line that is longer than any screen.
    static final int LONGEST_MENDED = 1_000;

    private static final int MOST = 100;
    private static final int LINES_SHOWN = 6;

    private final Source source;
    private final List<Problem> all = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<Integer> silent = new HashSet<>();
    private final Set<Integer> moved = new HashSet<>();
    private final Map<String, Source> variables = new HashMap<>();
    private final Set<String> unseen = new HashSet<>();
    private final Map<Severity, Integer> found = new EnumMap<>(Severity.class);

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    /// The text in which something stands: the file's, or a variable's.
    Source sourceOf(Place place) {
        return variables.getOrDefault(place.path(), source);
    }

    /// A variable that gives a value of the file.
    Source variable(String name, String text) {
        var variable = Source.ofVariable(name, text);
        variables.put(name, variable);
        return variable;
    }

    /// A variable of which nothing but the name is told: it may hold anything.
    Spot unseen(String name) {
        unseen.add(name);
        return new Spot(variable(name, "").start(), Pointer.ROOT);
    }

    /// Takes over what is wrong with a part of the file that stands elsewhere.
    void take(Problems others) {
        others.all.forEach(it -> {
            if (known.add(it.code().id() + it.place() + it.message())
                    && found.merge(it.code().severity(), 1, Integer::sum) <= MOST) {
                all.add(problem(it));
            }
        });
    }

    private static Problem problem(Problem it) {
        return new Problem(
                it.code(),
                it.message(),
                it.place(),
                it.pointer(),
                it.firstLine(),
                it.lines(),
                it.suggestion(),
                Mended.NOTHING,
                Optional.of(it.place().path()));
    }

    /// The beginning of the file, for what is wrong with all of it.
    Spot top() {
        return new Spot(source.start(), Pointer.ROOT);
    }

    void add(Code code, Spot spot, String message) {
        add(code, spot, message, Remedy.NONE);
    }

    void add(Code code, Spot spot, String message, Remedy remedy) {
        if (isSilent(spot.place())) return;
        if (!known.add(code.id() + spot.place() + message)) return;
        // Warnings, however many, keep no error from being one.
        if (found.merge(code.severity(), 1, Integer::sum) <= MOST) {
            all.add(problem(code, spot, message, remedy));
        }
    }

    private boolean isSilent(Place place) {
        return !variables.containsKey(place.path()) && silent.contains(place.line());
    }

    Problem problem(Code code, Spot spot, String message, Remedy remedy) {
        var place = spot.place();
        var source = sourceOf(place);
        var first = Math.max(1, place.line() - 1);
        if (source.line(first).isBlank()) first = place.line();
        var last = place.endColumn() == 1 ? place.endLine() - 1 : place.endLine();
        last = Math.clamp(last, place.line(), place.line() + LINES_SHOWN);
        var secrets = source.secrets();
        return new Problem(
                code,
                secrets.in(message),
                place,
                spot.pointer().toString(),
                first,
                unseen.contains(place.path())
                        ? List.of()
                        : IntStream.rangeClosed(first, last).mapToObj(secrets::line).toList(),
                remedy.suggestion().map(secrets::in),
                mended(remedy.mended(), source),
                Optional.of(place.path()).filter(variables::containsKey));
    }

    /// What further is found on a line follows from what is told already.
    void silence(int line) {
        silent.add(line);
    }

    /// A line is read otherwise than it stands in the file, so that no block with it can be moved
    /// further.
    void move(int line) {
        moved.add(line);
    }

    /// Whether there is a problem of this kind.
    boolean has(Code code) {
        return all.stream().anyMatch(it -> it.code() == code);
    }

    /// The variable that a place is in.
    Optional<String> variableAt(Place place) {
        return Optional.of(place.path()).filter(variables::containsKey);
    }

    /// Whether there are enough to begin with, so that no work is worth doing for a further one.
    boolean full() {
        return all.size() >= MOST;
    }

    /// Whether there are so many errors that nobody would read more.
    boolean overflow() {
        return found(Severity.ERROR) > MOST;
    }

    boolean hasErrors() {
        return found(Severity.ERROR) > 0;
    }

    private int found(Severity severity) {
        return found.getOrDefault(severity, 0);
    }

    /// Errors before warnings, each in the order of the file.
    List<Problem> sorted() {
        var sorted = new ArrayList<>(all);
        sorted.sort(
                Comparator.comparing(Problem::severity)
                        .thenComparingInt(problem -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()));
        if (found.values().stream().anyMatch(it -> it > MOST)) {
            sorted.add(
                    problem(
                            Code.MORE_PROBLEMS,
                            new Spot(sorted.getLast().place(), Pointer.ROOT),
                            "there are more problems than these",
                            Remedy.suggest("mend the first ones; often the others go with them")));
        }
        return sorted;
    }

    /// Nothing that would tell a secret, or lose it.
    private Mended mended(Mended mended, Source source) {
        var isBlock = mended.lastLine() > mended.firstLine();
        if (isBlock && moved.stream().anyMatch(it -> isIn(mended, it))) return Mended.NOTHING;
        return mended.lines().stream().allMatch(it -> it.length() <= LONGEST_MENDED)
                        && !source.secrets().standIn(mended.lines())
                ? mended
                : Mended.NOTHING;
    }

    private static boolean isIn(Mended mended, int line) {
        return line >= mended.firstLine() && line <= mended.lastLine();
    }
}
