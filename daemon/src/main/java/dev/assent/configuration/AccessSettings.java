package dev.assent.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How people, programs and forges come in over HTTP.
///
/// @param names host names that the daemon is known by
/// @param oidc the issuer whose tokens count
/// @param webhooks by repository, the file that holds the secret of its webhook
public record AccessSettings(
        Set<String> names, Optional<OidcSettings> oidc, Map<String, Path> webhooks) {

    /// By addresses alone, with Assent's own tokens, and without webhooks.
    public static final AccessSettings NONE =
            new AccessSettings(Set.of(), Optional.empty(), Map.of());

    public AccessSettings {
        names = Set.copyOf(names);
        webhooks = Map.copyOf(webhooks);
    }
}
