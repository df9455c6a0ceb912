package dev.assent.http;

import static dev.assent.state.TokenScope.ADMIN;
import static dev.assent.state.TokenScope.APPROVE;
import static dev.assent.state.TokenScope.READ;
import static dev.assent.state.TokenScope.REQUEST;
import static java.util.Map.entry;

import dev.assent.state.TokenScope;
import java.util.Map;
import java.util.Optional;

/// What each route of the API asks of who comes. A route that is missing here is closed to all.
final class RouteScopes {

    private static final String APPLICATION = "/api/v1/applications/{app}/{environment}";

    /// By method and path.
    static final Map<String, TokenScope> NEEDED =
            Map.ofEntries(
                    // To see: nothing of it is secret, and nothing changes.
                    entry("GET /api/v1/openapi.json", READ),
                    entry("GET /api/v1/status", READ),
                    entry("GET /api/v1/history", READ),
                    entry("GET /api/v1/plans", READ),
                    entry("GET /api/v1/heads", READ),
                    entry("GET /api/v1/plans/{id}", READ),
                    entry("GET /api/v1/plans/{id}/progress", READ),
                    entry("GET /api/v1/plans/{id}/doubt", READ),
                    entry("GET " + APPLICATION + "/why", READ),
                    entry("GET " + APPLICATION + "/blame/{engine}/{group}", READ),
                    entry("GET " + APPLICATION + "/record", READ),
                    entry("GET " + APPLICATION + "/variables/diff", READ),
                    entry("POST " + APPLICATION + "/plan", READ),

                    // To ask: a plan comes of it, or what was approved already gets to the
                    // application.
                    entry("POST " + APPLICATION + "/requests", REQUEST),
                    entry("POST " + APPLICATION + "/adoptions", REQUEST),
                    entry("POST " + APPLICATION + "/replan", REQUEST),
                    entry("POST " + APPLICATION + "/redeploy", REQUEST),
                    entry("PUT " + APPLICATION + "/external/{engine}/{group}", REQUEST),
                    entry("DELETE " + APPLICATION + "/external/{engine}/{group}", REQUEST),

                    // To decide, and to see passwords.
                    entry("POST /api/v1/plans/{id}/approve", APPROVE),
                    entry("POST /api/v1/plans/{id}/reject", APPROVE),
                    entry("POST /api/v1/plans/{id}/apply", APPROVE),
                    entry("POST /api/v1/plans/{id}/cancel", APPROVE),
                    entry("POST /api/v1/plans/{id}/resolve", APPROVE),
                    entry("GET " + APPLICATION + "/variables", APPROVE),

                    // To run the daemon itself.
                    entry("POST /api/v1/configuration/reload", ADMIN),

                    // To check the audit trail, and to take the whole record away.
                    entry("GET /api/v1/audit/verification", READ),
                    entry("GET /api/v1/audit/export", READ),
                    entry("POST /api/v1/record/backup", ADMIN),
                    entry("GET /api/v1/record/export", ADMIN),

                    // To say who may do all that.
                    entry("GET /api/v1/tokens", ADMIN),
                    entry("POST /api/v1/tokens", ADMIN),
                    entry("DELETE /api/v1/tokens/{name}", ADMIN));

    private RouteScopes() {}

    /// The scope that a route needs; empty for one that is not in the table.
    static Optional<TokenScope> of(String method, String path) {
        return Optional.ofNullable(NEEDED.get(method + " " + path));
    }
}
