package dev.assent.plan;

import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is desired and what is recorded of one application, made by [Pairs] from a seed.
public record Pair(
        long seed, Desired desired, Recorded recorded, Neighbours neighbours, Catalogue catalogue) {

    static final Optional<String> COMMIT = Optional.of("0123456789abcdef");

    /// The plan for it.
    public Plan plan() {
        return planFrom(recorded);
    }

    /// The plan for what is desired, once the record is another one.
    Plan planFrom(Recorded recorded) {
        return Planner.plan(desired, recorded, neighbours, catalogue, COMMIT);
    }

    /// The pair as a person reads it who looks for what went wrong with it.
    @Override
    public String toString() {
        return """
        seed %d; again with -Dassent.seed=%d
        desired:
        %srecorded, serial %d:
        %sneighbours:
        %scatalogue: %s, needs %s, lacks %s, replicates %s
        """
                .formatted(
                        seed,
                        seed,
                        lines(desired.groups()),
                        recorded.serial(),
                        lines(recorded.groups()),
                        lines(neighbours.groups().entrySet()),
                        catalogue.versions(),
                        catalogue.requires(),
                        catalogue.lacks(),
                        catalogue.replicates());
    }

    private static String lines(Iterable<?> all) {
        var lines = new StringBuilder();
        for (var each : all) lines.append("  ").append(words(each.toString())).append('\n');
        return lines.toString();
    }

    /// Without what every line has in common.
    private static String words(String text) {
        return text.lines()
                .map(it ->
                        it.replaceAll("Place\\[[^]]*]", "…")
                                .replaceAll("Endpoint\\[[^]]*]", "…")
                                .replaceAll(
                                        "(?:Optional|ServerName|GroupName|Version)\\[([^\\[\\]]*)]",
                                        "$1")
                                .replace("Optional.empty", "-"))
                .collect(Collectors.joining(" "));
    }
}
