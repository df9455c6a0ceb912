package dev.assent.model;

/// Where something stands in a file: lines and columns count from 1, columns in characters (code
/// points); the end is the first character that no longer belongs to it.
public record Place(String path, int line, int column, int endLine, int endColumn) {

    public Place {
        if (line < 1 || column < 1 || endLine < line) {
            throw new IllegalArgumentException(
                    "no place in a file: %s %d:%d-%d:%d"
                            .formatted(path, line, column, endLine, endColumn));
        }
    }

    /// A place of no length.
    public static Place at(String path, int line, int column) {
        return new Place(path, line, column, line, column);
    }

    @Override
    public String toString() {
        return path + ":" + line + ":" + column;
    }
}
