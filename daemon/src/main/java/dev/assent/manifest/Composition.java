package dev.assent.manifest;

import dev.assent.manifest.Attempt.Composed;
import dev.assent.manifest.Attempt.Failed;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/// The YAML nodes of a text. Nodes only: nothing is ever constructed from them.
///
/// @param source the text that they come from, which may be a mended one
/// @param root empty for a file without any value
/// @param aliases where aliases stand, in the order of the file
record Composition(Source source, Optional<Node> root, Queue<Mark> aliases) {

    private static final int MOST_MISTAKES = 20;

    /// Longer files are read up to their first mistake only. Nobody writes them by hand.
    private static final int LONGEST_MENDED = 100_000;

    /// Composes the text. Where it is no YAML, that is a problem; if a mend lets it be read on, it
    /// is, so that its author hears of everything at once. Empty where nothing helps.
    static Optional<Composition> of(Problems problems, Budget budget) {
        var attempt = attempt(Blanks.asSpaces(problems.source(), problems), budget);
        var guesses = new HashSet<Integer>();
        var moved = new HashSet<Integer>();
        for (var mistakes = 1; attempt instanceof Failed failed; mistakes++) {
            var mistake = SyntaxMistake.of(failed);
            var further = further(failed, mistake, budget);
            mistake.report(further.map(Further::mend), failed.source(), problems);
            if (further.isEmpty() || mistakes == MOST_MISTAKES) return Optional.empty();
            attempt = further.get().attempt();
            moved.addAll(further.get().mend().lines().keySet());
            if (isGuess(mistake)) guesses.addAll(further.get().mend().lines().keySet());
        }
        guesses.forEach(problems::silence);
        moved.forEach(problems::move);
        return Optional.of(composition((Composed) attempt, problems));
    }

    private static Attempt attempt(Source source, Budget budget) {
        return Tolerance.of(Attempt.at(source, budget), budget);
    }

    /// Whether a line was mended into something that its author may not have meant. What is found
    /// in it would only follow from that.
    private static boolean isGuess(SyntaxMistake mistake) {
        return mistake.code() != Code.TAB_INDENTATION && mistake.code() != Code.INDENTATION;
    }

    /// How a text can be read further than to its mistake.
    private record Further(Mend mend, Attempt attempt) {}

    /// The first mend with which the whole text can be read, or else the first that leads on.
    private static Optional<Further> further(Failed failed, SyntaxMistake mistake, Budget budget) {
        var onwards = Optional.<Further>empty();
        if (failed.source().text().length() > LONGEST_MENDED) return onwards;
        for (var mend : mistake.mends().get()) {
            var attempt = attempt(failed.source().reading(mend.lines()), budget);
            if (attempt instanceof Composed) return Optional.of(new Further(mend, attempt));
            if (onwards.isEmpty()
                    && attempt instanceof Failed next
                    && SyntaxMistake.of(next).isBehind(mistake)) {
                onwards = Optional.of(new Further(mend, attempt));
            }
        }
        return onwards;
    }

    private static Composition composition(Composed composed, Problems problems) {
        composed.second()
                .ifPresent(it ->
                        problems.add(
                                Code.SEVERAL_DOCUMENTS,
                                new Spot(
                                        composed.source().character(it.getStartMark().getIndex()),
                                        Pointer.ROOT),
                                "a second document begins here; a file holds one",
                                Remedy.suggest(
                                        "remove the `---` above, or give each its own file")));
        return new Composition(composed.source(), composed.root(), composed.aliases());
    }
}
