package dev.assent.configuration;

import dev.assent.state.TokenScope;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The OpenID Connect issuer whose tokens count.
///
/// @param issuer exactly as it stands in tokens and in the issuer's own document
/// @param audience what tokens for this daemon are made for
/// @param nameClaim the claim that names a person; empty: `email`, if it is verified, else
///   `preferred_username`
/// @param groupsClaim the claim that lists a person's groups
/// @param scopes which scope each group gives
public record OidcSettings(
        URI issuer,
        String audience,
        Optional<String> nameClaim,
        String groupsClaim,
        Map<String, TokenScope> scopes) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public OidcSettings {
        scopes = Map.copyOf(scopes);
    }

    /// Reads a URL that can be trusted to lead where it says: `https://`, or `http://` within this
    /// machine; empty for any other.
    public static Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            var host = Optional.ofNullable(uri.getHost()).orElse("");
            var trusted =
                    "https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host));
            var plain = uri.getUserInfo() == null && uri.getFragment() == null;
            return Optional.of(uri).filter(_ -> trusted && plain && !host.isEmpty());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
