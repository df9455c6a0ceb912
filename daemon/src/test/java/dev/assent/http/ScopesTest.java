package dev.assent.http;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.TokenScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Every route, with every scope.
class ScopesTest {

    @TempDir Path runFolder;

    @Test
    void every_route_of_the_API_says_which_scope_it_needs() throws Exception {
        var routes = new TreeSet<String>();
        try (var door = new Door(runFolder)) {
            door.server.javalin().unsafe.internalRouter.allHttpHandlers().stream()
                    .map(it -> it.endpoint)
                    .filter(it -> it.method.isHttpMethod() && it.path.startsWith("/api"))
                    .forEach(it -> routes.add(it.method.name() + " " + it.path));
        }

        assertThat(routes).isEqualTo(new TreeSet<>(RouteScopes.NEEDED.keySet()));
    }

    @Test
    void the_description_says_the_same() {
        var described = new TreeMap<String, String>();
        JsonMapper.shared()
                .readTree(OpenApiRoute.description())
                .path("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, operation) -> {
                            var scope = operation.at("/security/0/token/0");
                            if (path.startsWith("/api") && !method.equals("parameters")) {
                                described.put(
                                        method.toUpperCase(Locale.ROOT) + " " + path,
                                        scope.asString());
                            }
                        }));

        var table = new TreeMap<String, String>();
        RouteScopes.NEEDED.forEach((route, scope) -> table.put(route, scope.word()));
        assertThat(described).isEqualTo(table);
    }

    @Test
    void a_token_opens_what_its_scope_includes_and_nothing_else() throws Exception {
        try (var door = new Door(runFolder)) {
            for (var scope : TokenScope.values()) {
                var token = door.desk.token(scope.word() + "-token", "ada", scope);
                var opened = new TreeSet<String>();
                var refused = new ArrayList<String>();
                for (var route : RouteScopes.NEEDED.keySet()) {
                    var answer = door.bearing(token, method(route), path(route));
                    if (answer.statusCode() == 403) {
                        refused.add(route);
                        assertThat(Door.error(answer))
                                .isEqualTo(
                                        "this needs the scope `%s`, and the token `%s-token` has `%s`",
                                        RouteScopes.NEEDED.get(route).word(),
                                        scope.word(),
                                        scope.word());
                    } else {
                        opened.add(route);
                        assertThat(answer.statusCode()).as(route).isNotIn(401, 500);
                    }
                }
                assertThat(opened).as(scope.word()).isEqualTo(expected(scope));
                assertThat(refused).hasSize(RouteScopes.NEEDED.size() - opened.size());
            }
        }
    }

    /// Said once more, route by route, so that a change of the table is a change here, too.
    private static Set<String> expected(TokenScope scope) {
        var application = " /api/v1/applications/{app}/{environment}";
        var read =
                List.of(
                        "GET /api/v1/openapi.json",
                        "GET /api/v1/status",
                        "GET /api/v1/history",
                        "GET /api/v1/audit/verification",
                        "GET /api/v1/audit/export",
                        "GET /api/v1/plans",
                        "GET /api/v1/heads",
                        "GET /api/v1/plans/{id}",
                        "GET /api/v1/plans/{id}/progress",
                        "GET /api/v1/plans/{id}/doubt",
                        "GET" + application + "/why",
                        "GET" + application + "/blame/{engine}/{group}",
                        "GET" + application + "/record",
                        "GET" + application + "/variables/diff",
                        "POST" + application + "/plan");
        var request =
                List.of(
                        "POST" + application + "/requests",
                        "POST" + application + "/adoptions",
                        "POST" + application + "/replan",
                        "POST" + application + "/redeploy",
                        "PUT" + application + "/external/{engine}/{group}",
                        "DELETE" + application + "/external/{engine}/{group}");
        var approve =
                List.of(
                        "POST /api/v1/plans/{id}/approve",
                        "POST /api/v1/plans/{id}/reject",
                        "POST /api/v1/plans/{id}/apply",
                        "POST /api/v1/plans/{id}/cancel",
                        "POST /api/v1/plans/{id}/resolve",
                        "GET" + application + "/variables");
        var admin =
                List.of(
                        "POST /api/v1/configuration/reload",
                        "POST /api/v1/record/backup",
                        "GET /api/v1/record/export",
                        "GET /api/v1/tokens",
                        "POST /api/v1/tokens",
                        "DELETE /api/v1/tokens/{name}");
        var expected = new TreeSet<>(read);
        if (scope != TokenScope.READ) expected.addAll(request);
        if (scope == TokenScope.APPROVE || scope == TokenScope.ADMIN) expected.addAll(approve);
        if (scope == TokenScope.ADMIN) expected.addAll(admin);
        return expected;
    }

    @Test
    void no_other_spelling_of_a_path_or_method_gets_around_the_scope() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.records.add(recorded(1, existing("postgresql/main")));
            door.desk.pending.put("POSTGRESQL_PASSWORD", "canary");
            var token = door.desk.token("laptop", "ada", TokenScope.READ);
            var variables = "/api/v1/applications/shop/production/variables";

            for (var path :
                    List.of(
                            variables,
                            variables + "/",
                            "/" + variables,
                            "/api/v1/applications/shop/production/./variables",
                            "/api/v1/applications/shop/production/%76ariables",
                            "/API/v1/applications/shop/production/variables",
                            "/api//v1/applications/shop/production/variables",
                            "/api/v1/applications/shop/production/variables;x=1")) {
                var answer = door.raw(bearing(token, "GET", path));
                assertThat(answer).as(path).doesNotStartWith("HTTP/1.1 2").doesNotContain("canary");
            }
            assertThat(door.raw(bearing(token, "HEAD", variables))).startsWith("HTTP/1.1 405 ");
            assertThat(door.desk.asked).isEmpty();
        }
    }

    private static String bearing(String token, String method, String path) {
        return "%s %s HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\nConnection: close\n\n"
                .formatted(method, path, token);
    }

    private static String method(String route) {
        return route.substring(0, route.indexOf(' '));
    }

    private static String path(String route) {
        return route.substring(route.indexOf(' ') + 1)
                .replace("{app}", "shop")
                .replace("{environment}", "production")
                .replace("{engine}", "postgresql")
                .replace("{group}", "main")
                .replace("{id}", "p-00000000")
                .replace("{name}", "nobody");
    }
}
