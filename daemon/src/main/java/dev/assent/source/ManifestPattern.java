package dev.assent.source;

import dev.assent.model.ApplicationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where manifests stand in a repository: `apps/{app}/manifest.yml`. `{app}` stands for one path
/// segment (or a part of one) and names the application; `*` for any part of a segment. Without
/// `{app}` the application is named after the repository.
///
/// Each segment is matched by itself, so that folders in which no manifest can be are never
/// entered.
public final class ManifestPattern {

    private static final String APP = "{app}";
    private static final Pattern TOKEN = Pattern.compile("\\{app}|\\*|[^*{]+|\\{");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final String text;
    private final boolean namesApplication;
    private final List<Pattern> segments;

    /// Reads a pattern as it is written in the configuration.
    ///
    /// @throws IllegalArgumentException if it could not match any file, or not as it seems to say
    public ManifestPattern(String text) {
        check(text);
        this.text = text;
        this.namesApplication = text.contains(APP);
        this.segments = split(text).stream().map(ManifestPattern::regex).toList();
    }

    public String text() {
        return text;
    }

    /// The application whose manifest stands at a path; empty when the path is none of this
    /// pattern, or what stands for `{app}` can't name one. A path that could mislead whoever reads
    /// it in a message (`..`, control characters) is no manifest's.
    public Optional<String> applicationAt(String path, String repository) {
        if (INVISIBLE.matcher(path).find()) return Optional.empty();
        var names = split(path);
        if (names.size() != segments.size()) return Optional.empty();
        var app = namesApplication ? "" : repository;
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (isNoName(name)) return Optional.empty();
            var matcher = segments.get(i).matcher(name);
            if (!matcher.matches()) return Optional.empty();
            app = application(matcher).orElse(app);
        }
        return Optional.of(app).filter(ApplicationName::isPart);
    }

    /// The only path at which an application's manifest can stand; empty where a `*` leaves
    /// several.
    Optional<String> pathOf(String app) {
        return text.contains("*") ? Optional.empty() : Optional.of(text.replace(APP, app));
    }

    /// Whether a manifest for one of the wanted applications can be somewhere below a folder.
    boolean reachesInto(String folder, Predicate<String> wanted) {
        var names = split(folder);
        if (names.size() >= segments.size()) return false;
        for (int i = 0; i < names.size(); i++) {
            var matcher = segments.get(i).matcher(names.get(i));
            if (!matcher.matches()) return false;
            if (application(matcher).filter(wanted.negate()).isPresent()) return false;
        }
        return true;
    }

    private static Optional<String> application(Matcher matcher) {
        return matcher.namedGroups().containsKey("app")
                ? Optional.of(matcher.group("app"))
                : Optional.empty();
    }

    private static Pattern regex(String segment) {
        var regex = new StringBuilder();
        var tokens = TOKEN.matcher(segment);
        while (tokens.find()) {
            switch (tokens.group()) {
                case "*" -> regex.append(".*");
                case APP -> regex.append("(?<app>.+)");
                default -> regex.append(Pattern.quote(tokens.group()));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static void check(String text) {
        if (text.isBlank()) throw refused(text, "it is empty; write a path");
        if (text.startsWith("/")) {
            throw refused(text, "paths are relative to the repository; leave out the first `/`");
        }
        if (text.indexOf('\\') >= 0) throw refused(text, "folders are separated by `/`");
        if (INVISIBLE.matcher(text).find()) {
            throw refused(INVISIBLE.matcher(text).replaceAll("?"), "it has control characters");
        }
        if (text.contains("**")) {
            throw refused(text, "`**` is not known; write one pattern for each depth of folders");
        }
        if (text.indexOf(APP) != text.lastIndexOf(APP)) {
            throw refused(text, "`{app}` may stand in it once; write `*` for the others");
        }
        var rest = text.replace(APP, "");
        if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw refused(text, "`{app}` is the only placeholder");
        }
        if (split(text).stream().anyMatch(ManifestPattern::isNoName)) {
            throw refused(text, "`.`, `..` and empty names are no folders of a repository");
        }
    }

    private static boolean isNoName(String name) {
        return name.isEmpty() || name.equals(".") || name.equals("..");
    }

    private static List<String> split(String path) {
        var names = new ArrayList<String>();
        int from = 0;
        for (int slash; (slash = path.indexOf('/', from)) >= 0; from = slash + 1) {
            names.add(path.substring(from, slash));
        }
        names.add(path.substring(from));
        return names;
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException(
                "`" + text + "` does not say where manifests stand: " + why + ".");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
