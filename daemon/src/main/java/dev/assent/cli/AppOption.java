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

    /// A name is for one manifest.
    void isFor(List<ManifestFile> files) {
        if (app.isEmpty() || files.size() < 2) return;
        throw Stop.couldNotRun(
                "--app is for one manifest, and there are %d".formatted(files.size()));
    }

    /// The application's name, where there is one.
    Optional<String> of(ManifestFile file) {
        return app.or(file::app);
    }

    private static String where(ManifestFile file) {
        return file.path().isPresent() ? "the folder of " + file.name() : file.name();
    }

    ApplicationName of(ManifestFile file, String environment) {
        var name =
                of(file).orElseThrow(() ->
                        Stop.couldNotRun(
                                "%s can't name an application; give --app APP"
                                        .formatted(where(file))))
                        + "/"
                        + environment;
        return ApplicationName.parse(name)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                ("`%s` can't name an application in an environment; use letters,"
                                                + " digits, `.`, `_` and `-`")
                                        .formatted(name)));
    }
}
