package dev.assent.forge.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FakeForgeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET   | /nothing/of/ours                          |                    | no such request
                    GET   | /repos/acme/platform/pulls?state=odd      |                    | none of [all, closed, open]
                    GET   | /repos/acme/platform/pulls?colour=red     |                    | no parameter `colour`
                    POST  | /repos/acme/platform/issues/1/comments    | {}                 | required property 'body'
                    POST  | /repos/acme/platform/issues/1/comments    | {"body": 1}        | integer found, string expected
                    POST  | /repos/acme/platform/issues/1/comments    | {"body":"","x":1}  | property 'x' is not defined
                    PATCH | /repos/acme/platform/issues/comments/1    | {"text":"x"}       | required property 'body'
                    """)
    void a_request_that_the_forge_does_not_know_fails_the_test(
            String method, String path, String body, String complaint) throws Exception {
        var fake = FakeGitHub.start("acme/platform");

        ask(fake, method, path, body == null ? "" : body);

        assertThatThrownBy(fake::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(complaint);
    }

    private static void ask(FakeForge fake, String method, String path, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(fake.api() + path))
                        .header("Authorization", "Bearer " + fake.token())
                        .method(method, BodyPublishers.ofString(body));
        try (var client = HttpClient.newHttpClient()) {
            client.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void an_answer_that_the_forge_would_not_give_is_found() {
        var published = OpenApi.of("/forge/github-23.0.2.json");
        var operation = published.operation("GET", "/user").orElseThrow();
        var user = published.sketch("public-user");

        assertThat(published.checkAnswer(operation, 200, user.toString())).isEmpty();
        assertThat(published.checkAnswer(operation, 200, user.put("id", "x").toString()))
                .isNotEmpty();
        assertThat(published.checkAnswer(operation, 200, "{}")).isNotEmpty();
        assertThat(published.checkAnswer(operation, 299, "{}"))
                .containsExactly("it never answers 299");
    }
}
