package dev.assent.cli;

import dev.assent.manifest.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows in aligned columns, each as wide on a terminal as what stands in it.
final class Table {

    private static final int GAP = 2;

    private final String indent;
    private final List<List<String>> rows = new ArrayList<>();

    Table(int indent) {
        this.indent = " ".repeat(indent);
    }

    /// Adds a row; all rows have the same number of cells.
    Table row(String... cells) {
        rows.add(
                List.of(cells).stream()
                        .map(it -> Terminal.harmless(it).replaceAll("\\s", " "))
                        .toList());
        return this;
    }

    /// The rows, each with its line end; nothing where there is none.
    @Override
    public String toString() {
        if (rows.isEmpty()) return "";
        var widths = IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
        return rows.stream().map(it -> line(it, widths)).collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder(indent);
        for (var i = 0; i < row.size(); i++) {
            var cell = row.get(i);
            line.append(cell).append(" ".repeat(widths[i] - Visible.width(cell) + GAP));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private int width(int column) {
        return rows.stream().mapToInt(it -> Visible.width(it.get(column))).max().orElse(0);
    }
}
