package dev.assent.http.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.assent.configuration.OidcSettings;
import dev.assent.state.TokenScope;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads who somebody is out of what the issuer says of them.
record Claims(OidcSettings settings, Function<String, Optional<String>> people) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+|-]{1,128}");
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final int MOST_GROUPS = 1000;

    /// Who it is; empty where no claim names anybody.
    Optional<OidcIdentity> identity(JWTClaimsSet claims) {
        var groups = new TreeSet<String>();
        var scope = Optional.<TokenScope>empty();
        for (var group : groups(claims)) {
            groups.add(OidcIdentity.MARK + group);
            var given = Optional.ofNullable(settings.scopes().get(group));
            if (given.isPresent() && !scope.map(it -> it.includes(given.get())).orElse(false)) {
                scope = given;
            }
        }
        var greatest = scope;
        return name(claims)
                .map(it -> people.apply(it).orElse(OidcIdentity.MARK + it))
                .map(it -> new OidcIdentity(it, groups, greatest));
    }

    private Optional<String> name(JWTClaimsSet claims) {
        return settings.nameClaim()
                .map(it -> text(claims, it))
                .orElseGet(() ->
                        text(claims, "email")
                                .or(() ->
                                        // Else who may choose it could choose another's address.
                                        text(claims, "preferred_username")
                                                .filter(it -> !it.contains("@"))));
    }

    private static Optional<String> text(JWTClaimsSet claims, String claim) {
        if (claim.equals("email") && isUnverified(claims)) return Optional.empty();
        return Optional.ofNullable(claims.getClaim(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(it -> NAME.matcher(it).matches());
    }

    /// An address that its holder only claims to have is nobody's name.
    private static boolean isUnverified(JWTClaimsSet claims) {
        return Optional.ofNullable(claims.getClaim("email_verified"))
                .map(it -> !it.toString().equals("true"))
                .orElse(false);
    }

    private List<String> groups(JWTClaimsSet claims) {
        return switch (claims.getClaim(settings.groupsClaim())) {
            case String one -> Stream.of(one).filter(it -> GROUP.matcher(it).matches()).toList();
            case List<?> several ->
                    several.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(it -> GROUP.matcher(it).matches())
                            .limit(MOST_GROUPS)
                            .toList();
            case null, default -> List.of();
        };
    }
}
