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
}
