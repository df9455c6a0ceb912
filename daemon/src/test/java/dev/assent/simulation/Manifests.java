package dev.assent.simulation;

import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Optional;

/// Manifests by chance: some groups of PostgreSQL and Redis with up to three servers each.
final class Manifests {

    static final List<ApplicationName> APPLICATIONS =
            List.of(
                    new ApplicationName("shop", "production"),
                    new ApplicationName("cart", "production"),
                    new ApplicationName("wiki", "production"));

    private Manifests() {}

    /// One, or none at all.
    static Optional<String> some(Chance chance) {
        if (chance.of(0.06)) return Optional.empty();
        var text = new StringBuilder("# " + chance.below(3) + "\n");
        for (var engine : List.of("postgresql", "redis")) {
            var groups = new StringBuilder();
            for (var name : List.of("main", "spare")) {
                var likely = engine.equals("redis") ? 0.25 : name.equals("main") ? 0.8 : 0.4;
                if (chance.of(likely)) groups.append(group(engine, name, servers(chance)));
            }
            if (!groups.isEmpty()) text.append(engine).append(":\n  groups:\n").append(groups);
        }
        return Optional.of(text.toString());
    }

    private static int servers(Chance chance) {
        return chance.of(1, 1, 1, 2, 2, 3);
    }

    private static String group(String engine, String name, int servers) {
        var text =
                new StringBuilder(
                        """
                            %s:
                              configuration: {version: "%s"}
                              servers:
                        """
                                .formatted(name, engine.equals("redis") ? "7.0" : "16"));
        for (var i = 1; i <= servers; i++) {
            text.append("      - server: {unique_name: %s-%s-%d}\n".formatted(engine, name, i));
        }
        return text.toString();
    }

    /// The servers that one declares.
    static List<String> servers(String text) {
        return text.lines()
                .filter(it -> it.contains("unique_name"))
                .map(it -> it.replaceAll(".*unique_name: |\\}", "").strip())
                .toList();
    }
}
