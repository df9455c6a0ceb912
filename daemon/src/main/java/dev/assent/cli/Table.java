package dev.assent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/// Rows in aligned columns, each as wide as what stands in it.
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
        var columns =
                IntStream.range(0, rows.getFirst().size())
                        .map(this::width)
                        .mapToObj(it -> new Column(it + GAP, 0, Overflow.SPAN))
                        .toArray(Column[]::new);
        var table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
        rows.forEach(it -> table.addRowValues(it.toArray(String[]::new)));
        return table.toString()
                .lines()
                .map(it -> indent + it.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private int width(int column) {
        return rows.stream().mapToInt(it -> it.get(column).length()).max().orElse(0);
    }
}
