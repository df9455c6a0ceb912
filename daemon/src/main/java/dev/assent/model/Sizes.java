package dev.assent.model;

import java.util.Map;
import java.util.Optional;

/// What the names of sizes mean that manifests use.
///
/// @param byName as the installation's configuration says
public record Sizes(Map<String, Size> byName) {

    /// Where the configuration names none.
    public static final Sizes NONE = new Sizes(Map.of());

    private static final String SETTING = "size";
    private static final String OTHERWISE = "default";

    public Sizes {
        byName = Map.copyOf(byName);
    }

    /// Of a server that is to be built: the one that it names; `default` where it names none, or
    /// one that is not known here, such as a cloud's.
    public Size of(ServerSpec server) {
        return Optional.ofNullable(server.settings().get(SETTING))
                .map(byName::get)
                .or(() -> Optional.ofNullable(byName.get(OTHERWISE)))
                .orElse(Size.USUAL);
    }
}
