package dev.assent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets in every place that there is for one, everybody who is told one refuses and repeats it,
/// and a log of all that the daemon and its libraries have to say: none of them is in it.
class CanaryIT {

    private static final ApplicationName SHOP = new ApplicationName("shop", "production");
    private static final Pattern PLAN = Pattern.compile("\"id\" ?: ?\"(p-[0-9a-f]{8})\"");

    private final Map<String, String> canaries = new LinkedHashMap<>();
    @TempDir private Path folder;
    private Echo echo;
    private Optional<Process> daemon = Optional.empty();

    @BeforeEach
    void plant() throws Exception {
        echo = new Echo();
        for (var it :
                List.of(
                        "git",
                        "forge",
                        "webhook",
                        "hook",
                        "smtp",
                        "collector",
                        "external",
                        "adopted")) {
            // What has to be written otherwise in URLs, in JSON and in quotes, too.
            var canary = "canary-" + it + "-%d \"&+/ü-lays-eggs".formatted(it.hashCode());
            if (!List.of("smtp", "external", "adopted", "hook").contains(it)) {
                canary = canary.replaceAll("[^A-Za-z0-9-]", "");
            }
            canaries.put(it, canary);
        }
        for (var it : List.of("git", "forge", "webhook", "hook", "smtp")) {
            Files.writeString(folder.resolve(it), canaries.get(it) + "\n");
        }
        Files.writeString(folder.resolve("collector"), "X-Scope: " + canaries.get("collector"));
        canaries.put("path", "canary-in-the-path-of-a-url");
        Files.writeString(
                folder.resolve("slack"), echo.url() + "/services/" + canaries.get("path") + "\n");
        commit();
        Files.writeString(
                folder.resolve("assent.yml"),
                """
                repositories:
                - name: platform
                  url: file://%1$s/platform.git
                  manifests: ["apps/{app}/manifest.yml"]
                  poll: 1s
                  forge: {type: gitea, api: %2$s/api/v1, project: acme/platform, token_file: %1$s/forge}
                  webhook: {secret_file: %1$s/webhook}
                - name: secured
                  url: %2$s/secured.git
                  token_file: %1$s/git
                  poll: 1s
                providers:
                  here: {type: local, run_as: nobody-of-that-name, download: false}
                notifications:
                - {name: hook, type: webhook, url: "%2$s/hook", secret_file: %1$s/hook, allow_private: true}
                - {name: slack, type: slack, url_file: %1$s/slack, allow_private: true}
                - name: mail
                  type: email
                  from: assent@example.org
                  to: [ops@example.org]
                  smtp: {host: 127.0.0.1, port: %3$d, tls: starttls, user: assent, password_file: %1$s/smtp}
                traces: {endpoint: "%2$s/v1/traces", headers_file: %1$s/collector}
                """
                        .formatted(folder, echo.url(), echo.mailPort()));
    }

    @AfterEach
    void close() throws Exception {
        daemon.ifPresent(Process::destroyForcibly);
        echo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void no_secret_is_in_a_log(String form) throws Exception {
        start(form);
        ask();
        untilLogged("plan.failed|said yes|failed: ");
        untilLogged("hook takes no letters");
        untilLogged("slack takes no letters");
        untilLogged("mail takes no letters");
        untilLogged("traces do not reach");
        untilLogged("repository secured is unreachable");
        untilLogged("the pull requests of platform are those of the last look");
        daemon.orElseThrow().destroy();
        assertThat(daemon.orElseThrow().waitFor(60, TimeUnit.SECONDS)).isTrue();
        rememberPasswords();

        var log = log();

        // It tells all there is to tell, of everybody.
        assertThat(log.length()).isGreaterThan(500_000);
        if (form.equals("json")) {
            assertThat(log)
                    .contains("\"logger\":\"org.eclipse.jgit.")
                    .contains("\"logger\":\"org.eclipse.jetty.")
                    .contains("\"logger\":\"org.apache.hc.client5.http.headers")
                    .contains("\"logger\":\"org.quartz.")
                    .contains("\"logger\":\"com.zaxxer.hikari.")
                    .contains("\"logger\":\"jdk.httpclient.HttpClient");
        }
        assertThat(log.split(Pattern.quote("[secret]"))).hasSizeGreaterThan(20);
        var told = new TreeMap<String, String>();
        canaries.forEach((name, canary) ->
                forms(canary).stream()
                        .filter(log::contains)
                        .forEach(it -> told.put(name + ": " + it, around(log, it))));
        assertThat(told).isEmpty();
    }

    /// As it is, and as it would be written where one may not write it so.
    private static List<String> forms(String canary) {
        var bytes = canary.getBytes(UTF_8);
        var forms = new ArrayList<>(List.of(canary, URLEncoder.encode(canary, UTF_8)));
        forms.add(URLEncoder.encode(canary, UTF_8).replace("+", "%20"));
        forms.add(canary.replace("\"", "\\\""));
        // Whatever stands before it: what is left at the beginning and the end depends on that.
        IntStream.range(0, 3)
                .mapToObj(it -> Base64.getEncoder().encodeToString(padded(it, bytes)))
                .map(it -> it.substring(4, it.length() - 4))
                .forEach(forms::add);
        return forms;
    }

    private static byte[] padded(int before, byte[] bytes) {
        var padded = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, padded, before, bytes.length);
        return padded;
    }

    private static String around(String log, String found) {
        var at = log.indexOf(found);
        return at < 0 ? "" : log.substring(Math.max(0, at - 400), Math.min(log.length(), at + 200));
    }

    private void commit() throws Exception {
        var work = folder.resolve("work");
        try (var bare =
                        Git.init()
                                .setBare(true)
                                .setInitialBranch("main")
                                .setDirectory(folder.resolve("platform.git").toFile())
                                .call();
                var git = Git.init().setInitialBranch("main").setDirectory(work.toFile()).call()) {
            Files.createDirectories(work.resolve("apps/shop"));
            Files.writeString(
                    work.resolve("apps/shop/manifest.yml"),
                    """
                    postgresql:
                      configuration: {version: "15"}
                      servers:
                      - server: {unique_name: main}
                    """);
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("Begin")
                    .setAuthor("Test", "test@example.org")
                    .setCommitter("Test", "test@example.org")
                    .setSign(false)
                    .call();
            git.push().setRemote(bare.getRepository().getDirectory().toString()).add("main").call();
        }
    }

    private void start(String form) throws IOException {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.httpclient.HttpClient.log=requests,headers,errors",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.assent.Main",
                        "daemon",
                        "--config=" + folder.resolve("assent.yml"),
                        "--state=" + folder.resolve("state"),
                        "--run=" + folder.resolve("run"),
                        "--listen=127.0.0.1:0",
                        "--log=" + form,
                        "--log-level=trace");
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS"));
        var process =
                builder.redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), "log"))
                        .start();
        daemon = Optional.of(process);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> {
                    assertThat(process.isAlive()).as(this::log).isTrue();
                    return Files.exists(folder.resolve("run/server"));
                });
    }

    /// Says yes, tells of a group outside, adopts a server that nobody reaches, and knocks with
    /// what does not count.
    private void ask() throws Exception {
        canaries.put("admin", Files.readString(folder.resolve("run/admin.token")).strip());
        var plan =
                await().atMost(Duration.ofSeconds(60))
                        .until(
                                () ->
                                        PLAN.matcher(ask("GET", "/api/v1/plans", "").body())
                                                .results()
                                                .map(it -> it.group(1))
                                                .findFirst(),
                                it -> it.isPresent())
                        .orElseThrow();
        ask("POST", "/api/v1/plans/" + plan + "/approve", "{}");
        var application = "/api/v1/applications/" + SHOP;
        ask("PUT", application + "/external/mysql/legacy", told("external"));
        ask("PUT", application + "/external/mysql/broken", told("external") + "}}}");
        ask("POST", application + "/adoptions", told("adopted"));
        ask(
                "GET",
                "/api/v1/nothing?token="
                        + URLEncoder.encode(Objects.toString(canaries.get("admin")), UTF_8),
                "");
        ask("POST", "/webhooks/platform", "{\"secret\": \"" + canaries.get("webhook") + "\"}");
        ask(
                "POST",
                "/api/v1/tokens",
                "{\"name\": \"ci\", \"person\": \"ada\", \"scope\": \"read\"}");
    }

    private String told(String canary) {
        return "{\"group\": \"postgresql/adopted\", \"address\": \"127.0.0.1\", \"port\": 1, \"username\": \"shop\", \"database\": \"shop\", \"password\": \""
                + Objects.toString(canaries.get(canary)).replace("\"", "\\\"")
                + "\"}";
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            Files.readString(folder.resolve("run/server")).strip()
                                                    + path))
                            .header("Authorization", "Bearer " + canaries.get("admin"))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private void untilLogged(String what) {
        var pattern = Pattern.compile(what);
        await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> pattern.matcher(log()).find());
    }

    /// Those that nobody gave: the group's own, and the key.
    private void rememberPasswords() throws IOException {
        var key = folder.resolve("state/secret.key");
        canaries.put("key", Files.readString(key).strip());
        try (var store =
                Store.open(
                        folder.resolve("state/assent.db"),
                        SecretKeyFile.readOrCreate(key),
                        InstantSource.system())) {
            var group = GroupName.parse("postgresql/default").orElseThrow();
            var made = store.credentials().get(SHOP, group).orElseThrow();
            Stream.of(made.admin(), made.password(), made.replication())
                    .forEach(it -> canaries.put("database " + canaries.size(), it.reveal()));
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
