package dev.assent.state;

import java.nio.file.Path;

/// A SQLite database in the state folder, for one daemon alone.
public record RecordFile(Path path) implements RecordPlace {

    @Override
    public String toString() {
        return path.toString();
    }
}
