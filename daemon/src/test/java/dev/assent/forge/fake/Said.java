package dev.assent.forge.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A comment as it stands at a forge.
public final class Said {

    final long id;
    final long pull;
    final String author;
    final Instant at;
    volatile String text;
    volatile Instant updatedAt;
    volatile int edits;
    final List<String> reactions = new ArrayList<>();

    Said(long id, long pull, String author, String text, Instant at) {
        this.id = id;
        this.pull = pull;
        this.author = author;
        this.text = text;
        this.at = at;
        this.updatedAt = at;
    }

    public String id() {
        return Long.toString(id);
    }

    public String author() {
        return author;
    }

    public String text() {
        return text;
    }

    public int edits() {
        return edits;
    }

    /// `user:reaction`, in the forge's own words.
    public List<String> reactions() {
        return List.copyOf(reactions);
    }

    @Override
    public String toString() {
        return author + ": " + text;
    }
}
