package dev.assent.source;

import dev.assent.model.ApplicationName;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where manifests stand in a repository: `apps/{app}/manifest.yml`. `{app}` stands for one path
/// segment (or a part of one) and names the application; `*` for any part of a segment. Without
/// `{app}` the application is named after the repository.
public record ManifestPattern(String text) {

    /// The application whose manifest stands at a path; empty when the path is none of this
    /// pattern, or what stands for `{app}` can't name one.
    public Optional<String> applicationAt(String path, String repository) {
        var matcher = regex().matcher(path);
        if (!matcher.matches()) return Optional.empty();
        var app = text.contains("{app}") ? matcher.group("app") : repository;
        return Optional.of(app).filter(ApplicationName::isPart);
    }

    private Pattern regex() {
        var parts = text.replace("{app}", "\0").split("(?=[*\0])|(?<=[*\0])");
        var regex = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case "*" -> regex.append("[^/]*");
                case "\0" -> regex.append("(?<app>[^/]+)");
                default -> regex.append(Pattern.quote(part));
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
