package dev.assent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final JsonNode DESCRIPTION =
            JsonMapper.shared().readTree(OpenApiRoute.description());

    @Test
    void every_route_is_described_and_everything_described_is_a_route(@TempDir Path runFolder)
            throws Exception {
        var routes = new TreeSet<String>();
        var described = new TreeSet<String>();

        try (var door = new Door(runFolder)) {
            door.server.javalin().unsafe.internalRouter.allHttpHandlers().stream()
                    .map(it -> it.endpoint)
                    .filter(it -> it.method.isHttpMethod())
                    .forEach(it -> routes.add(it.method.name() + " " + it.path));
        }
        DESCRIPTION
                .path("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, _) -> {
                            var type =
                                    HandlerType.findOrCreate(
                                            method.toUpperCase(java.util.Locale.ROOT));
                            if (HandlerType.commonHttp().contains(type))
                                described.add(type + " " + path);
                        }));

        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(10);
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(DESCRIPTION.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(DESCRIPTION.at(it.substring(1)).isMissingNode())
                                .as(it)
                                .isFalse());
    }

    @Test
    void what_every_route_can_answer_is_listed_at_every_route() {
        DESCRIPTION
                .path("paths")
                .forEachEntry((path, methods) -> {
                    if (!path.startsWith("/api/v1")) return;
                    for (var responses : methods.findValues("responses"))
                        assertThat(responses.propertyNames())
                                .as(path)
                                .contains("200", "401", "421", "500");
                    for (var taking : methods.findParents("requestBody"))
                        assertThat(taking.path("responses").propertyNames())
                                .as(path)
                                .contains("400", "413", "503");
                });
    }
}
