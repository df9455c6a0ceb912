package dev.assent.forge.fake;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a forge publishes of its API, as an excerpt of OpenAPI 3.0 from the class path.
final class OpenApi {

    private static final String ROOT = "urn:published";
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /// One thing that can be asked for.
    record Operation(String pointer, JsonNode json, List<JsonNode> parameters) {

        JsonNode answer(int status) {
            return json.path("responses").path(Integer.toString(status));
        }
    }

    private record Template(String path, Pattern pattern, JsonNode json) {}

    private final JsonNode description;
    private final SchemaRegistry schemas;
    private final List<Template> templates = new ArrayList<>();

    private static final Map<String, OpenApi> KNOWN = new ConcurrentHashMap<>();

    /// Reads one; it is read once.
    static OpenApi of(String resource) {
        return KNOWN.computeIfAbsent(resource, OpenApi::new);
    }

    private OpenApi(String resource) {
        description = load(resource);
        var schema = OpenApiSchemas.of(description).toString();
        schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemas(Map.of(ROOT, schema))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .formatAssertionsEnabled(true)
                                                        .build()));
        description
                .path("paths")
                .forEachEntry(
                        (path, json) -> templates.add(new Template(path, pattern(path), json)));
        // What names more of its parts comes first.
        templates.sort(
                Comparator.comparingInt(
                        it -> (int) PARAMETER.matcher(it.path()).results().count()));
    }

    private static JsonNode load(String resource) {
        try (var in = OpenApi.class.getResourceAsStream(resource)) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern pattern(String path) {
        var regex = new StringBuilder();
        var at = 0;
        for (var it : PARAMETER.matcher(path).results().toList()) {
            regex.append(Pattern.quote(path.substring(at, it.start()))).append("[^/]+");
            at = it.end();
        }
        return Pattern.compile(regex + Pattern.quote(path.substring(at)));
    }

    Optional<Operation> operation(String method, String path) {
        var word = method.toLowerCase(Locale.ROOT);
        return templates.stream()
                .filter(it -> it.pattern().matcher(path).matches() && it.json().has(word))
                .findFirst()
                .map(it -> {
                    var parameters = new ArrayList<JsonNode>();
                    it.json().path("parameters").forEach(one -> parameters.add(resolved(one)));
                    var json = it.json().path(word);
                    json.path("parameters").forEach(one -> parameters.add(resolved(one)));
                    return new Operation(
                            "/paths/" + it.path().replace("/", "~1") + "/" + word,
                            json,
                            parameters);
                });
    }

    JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : resolved(description.at(reference.substring(1)));
    }

    /// What in a request's query is not as it is described.
    List<String> checkQuery(Operation operation, Map<String, String> query) {
        var wrong = new ArrayList<String>();
        query.forEach((key, value) -> {
            var parameter =
                    operation.parameters().stream()
                            .filter(it -> it.path("in").asString("").equals("query"))
                            .filter(it -> it.path("name").asString("").equals(key))
                            .findFirst();
            if (parameter.isEmpty()) {
                wrong.add("there is no parameter `" + key + "`");
                return;
            }
            var allowed = new TreeSet<String>();
            parameter.get().path("schema").path("enum").forEach(it -> allowed.add(it.asString()));
            if (!allowed.isEmpty() && !allowed.contains(value)) {
                wrong.add("`" + key + "` is `" + value + "`, none of " + allowed);
            }
        });
        for (var it : operation.parameters()) {
            if (it.path("in").asString("").equals("query")
                    && it.path("required").asBoolean(false)
                    && !query.containsKey(it.path("name").asString())) {
                wrong.add("the parameter `" + it.path("name").asString() + "` is missing");
            }
        }
        return wrong;
    }

    /// What in a request's body is not as it is described.
    List<String> checkBody(Operation operation, String body) {
        if (!operation.json().has("requestBody")) {
            return body.isEmpty() ? List.of() : List.of("it takes no body");
        }
        return check(operation.pointer() + "/requestBody/content/application~1json/schema", body);
    }

    /// What in an answer is not as it is described.
    List<String> checkAnswer(Operation operation, int status, String body) {
        var answer = operation.answer(status);
        if (answer.isMissingNode()) return List.of("it never answers " + status);
        var pointer = operation.pointer() + "/responses/" + status;
        if (answer.has("$ref")) pointer = answer.path("$ref").asString().substring(1);
        var content = resolved(answer).path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("it has no body with " + status);
        }
        return check(pointer + "/content/application~1json/schema", body);
    }

    private List<String> check(String pointer, String body) {
        var escaped = pointer.replace("{", "%7B").replace("}", "%7D");
        return schemas
                .getSchema(SchemaLocation.of(ROOT + "#" + escaped))
                .validate(JsonMapper.shared().readTree(body))
                .stream()
                .map(it -> it.getInstanceLocation() + ": " + it.getMessage())
                .toList();
    }

    /// The least that fits a schema of a name: what must be there, and nothing in it. Tests lay
    /// over it what they are about.
    ObjectNode sketch(String name) {
        var schema = description.path("components").path("schemas").path(name);
        if (schema.isMissingNode()) throw new IllegalArgumentException(name);
        return new Sketch(this).object(schema);
    }
}
