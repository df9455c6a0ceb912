package dev.assent.cli;

import dev.assent.http.api.VariablesDifference;
import dev.assent.http.api.VariablesDifference.Entry;
import dev.assent.manifest.Colour;
import java.util.stream.Collectors;

/// What the next redeploy of an application would change, variable by variable. Of secrets only
/// that they change.
///
/// @param colour whether it is for somebody who wants colours
record DifferenceText(boolean colour) {

    String of(VariablesDifference difference, boolean json) {
        if (json) return PrintOptions.json(difference);
        if (difference.changes().isEmpty()) return "Nothing is pending.\n";
        var table = new Table(0);
        difference.changes().forEach(it -> table.row(sign(it), it.name(), values(it)));
        return table.toString().lines().map(it -> painted(it) + "\n").collect(Collectors.joining());
    }

    private static String sign(Entry entry) {
        return switch (entry.change()) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
    }

    private static String values(Entry entry) {
        if (entry.secret()) return "(secret)";
        var before = entry.before().orElse("");
        var after = entry.after().orElse("");
        return switch (entry.change()) {
            case "added" -> after;
            case "removed" -> before;
            default -> before + " → " + after;
        };
    }

    private String painted(String line) {
        var hue =
                switch (line.charAt(0)) {
                    case '+' -> Colour.GREEN;
                    case '-' -> Colour.RED;
                    default -> Colour.YELLOW;
                };
        return hue.paint(line, colour);
    }
}
