package dev.assent.cli;

import dev.assent.model.ApplicationName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which application's manifest it is.
final class AppOption {

    @Option(
            names = "--app",
            paramLabel = "APP",
            description = "The application's name (default: that of the manifest's folder).")
    Optional<String> app = Optional.empty();

    boolean isGiven() {
        return app.isPresent();
    }

    /// A name is for one manifest, and has to be one.
    void isFor(List<ManifestFile> files) {
        app.ifPresent(it -> check(it, "an application"));
        if (app.isEmpty() || files.size() < 2) return;
        throw Stop.couldNotRun(
                "--app is for one manifest, and there are %d".formatted(files.size()));
    }

    /// The application's name, where there is one.
    Optional<String> of(ManifestFile file) {
        return app.or(file::app);
    }

    ApplicationName of(ManifestFile file, String environment) {
        var name =
                of(file).orElseThrow(() ->
                        Stop.couldNotRun(
                                "%s can't name an application; give --app APP"
                                        .formatted(where(file))));
        check(environment, "an environment");
        return new ApplicationName(name, environment);
    }

    private static String where(ManifestFile file) {
        return file.path().isPresent() ? "the folder of " + file.name() : file.name();
    }

    private static void check(String name, String what) {
        if (ApplicationName.isPart(name)) return;
        throw Stop.couldNotRun(
                ("`%s` can't name %s; a name has at most 100 letters, digits, `.`, `_` and `-`, and"
                                + " begins with a letter or a digit")
                        .formatted(name, what));
    }
}
