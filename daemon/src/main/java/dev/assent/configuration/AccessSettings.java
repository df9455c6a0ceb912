package dev.assent.configuration;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How people, programs and forges come in over HTTP.
///
/// @param names host names that the daemon is known by
/// @param oidc the issuer whose tokens count
/// @param metrics who may read what the daemon counts
/// @param webhooks by repository, the file that holds the secret of its webhook
public record AccessSettings(
        Set<String> names,
        Readers metrics,
        Optional<OidcSettings> oidc,
        Map<String, Path> webhooks) {

    /// Who may read what the daemon counts. A token with the scope `read` always may.
    public enum Readers {
        /// Whoever asks from this machine, and not through a proxy.
        LOCAL,
        /// Nobody else.
        TOKEN,
        /// Everybody.
        ALL;

        /// By the word in the configuration.
        static Readers of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// By addresses alone, with Assent's own tokens, and without webhooks.
    public static final AccessSettings NONE =
            new AccessSettings(Set.of(), Readers.LOCAL, Optional.empty(), Map.of());

    public AccessSettings {
        names = Set.copyOf(names);
        webhooks = Map.copyOf(webhooks);
    }
}
