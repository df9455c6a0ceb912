package dev.assent.model;

import java.io.Serial;
import java.util.List;

/// Settings that nothing can be made with: all that is wrong with them, each with the key that it
/// is said of, so that whoever read them from a file can say where.
public final class UnfitException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    private final transient List<Unfit> all;

    /// One setting that does not do.
    ///
    /// @param key its key in the configuration
    /// @param why a sentence without a full stop
    public record Unfit(String key, String why) {}

    /// @param message for whoever has no file to show
    public UnfitException(String message, List<Unfit> all) {
        super(message);
        this.all = List.copyOf(all);
    }

    public List<Unfit> all() {
        return all;
    }
}
