package dev.assent.source;

import java.time.Duration;
import java.util.List;

/// A Git repository to be watched, as configured.
///
/// @param name its name in the configuration: a file name, unique
/// @param url `file://`, `https://` or `ssh://`; never holds a password
/// @param branch the branch whose manifests count
/// @param manifests where manifests stand in it
/// @param environments the environments that are planned
/// @param poll how often to look
public record Repository(
        String name,
        String url,
        String branch,
        List<ManifestPattern> manifests,
        List<String> environments,
        Duration poll) {

    public Repository {
        manifests = List.copyOf(manifests);
        environments = List.copyOf(environments);
    }

    /// What of the settings decides which manifests are read and how: when it differs, all of them
    /// are read again.
    public String fingerprint() {
        return String.join("\n", url, branch, manifests.toString(), environments.toString());
    }
}
