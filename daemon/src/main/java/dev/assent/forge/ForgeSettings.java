package dev.assent.forge;

import dev.assent.model.UnfitException;
import dev.assent.model.UnfitException.Unfit;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a repository's pull requests are, and what signs in there. Secrets stay in their files.
///
/// @param api where the forge's API begins: `https://api.github.com`, `https://HOST/api/v4`
/// @param project `owner/name`; at GitLab with all groups: `group/subgroup/name`
/// @param tokenFile the file whose content signs in; empty where an App does
/// @param app the GitHub App that signs in; empty where a token does
public record ForgeSettings(
        Kind kind, URI api, String project, Optional<Path> tokenFile, Optional<App> app) {

    /// What kind of forge it is.
    public enum Kind {
        GITHUB("GitHub"),
        GITLAB("GitLab"),
        GITEA("Gitea");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        /// The word in the configuration.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The name as people write it.
        public String shown() {
            return shown;
        }
    }

    /// A GitHub App.
    ///
    /// @param id its App id or its client id
    /// @param installation the installation's id; where it is left out it is looked up
    /// @param keyFile its private key in PEM
    public record App(String id, Optional<Long> installation, Path keyFile) {

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

        public App {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "an App's `id` is the App id or the client id that its page shows");
            }
        }
    }

    private static final Pattern PROJECT =
            Pattern.compile("[\\w.-]{1,255}(/[\\w.-]{1,255})+", Pattern.UNICODE_CHARACTER_CLASS);

    /// Settings as configured.
    ///
    /// @throws IllegalArgumentException if no forge could be asked with them
    public ForgeSettings {
        checkApi(api);
        if (!PROJECT.matcher(project).matches() || project.matches("(.*/)?\\.\\.?(/.*)?")) {
            throw unfit("project", "a `project` is written as in its address: `acme/platform`");
        }
        if (kind != Kind.GITLAB && project.indexOf('/') != project.lastIndexOf('/')) {
            throw unfit(
                    "project",
                    "a `project` at %s is owner and name: `acme/platform`".formatted(kind.shown()));
        }
        if (app.isPresent() && kind != Kind.GITHUB) {
            throw unfit("app", "`app` is for GitHub; use `token_file`");
        }
        if (app.isPresent() == tokenFile.isPresent()) {
            throw unfit(
                    "type",
                    kind == Kind.GITHUB
                            ? "a forge is signed in to with either a `token_file` or an `app`"
                            : "a forge is signed in to with a `token_file`");
        }
    }

    private static UnfitException unfit(String key, String why) {
        return new UnfitException(why, List.of(new Unfit(key, why)));
    }

    private static void checkApi(URI api) {
        if (api.getRawUserInfo() != null || String.valueOf(api.getRawAuthority()).contains("@")) {
            throw unfit(
                    "api",
                    "the address of an API must not name a user or a password; put the token into"
                            + " the `token_file`");
        }
        var scheme = String.valueOf(api.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || api.getHost() == null) {
            throw unfit("api", "an API is reached over HTTP: `https://git.example.org/api/v4`");
        }
        if (api.getRawQuery() != null || api.getRawFragment() != null) {
            throw unfit(
                    "api",
                    "the address of an API ends with its path; leave out what begins with `?` or"
                            + " `#`");
        }
    }
}
