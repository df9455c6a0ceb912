package dev.assent.forge;

import dev.assent.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The token of a GitHub App's installation: for this one repository and no more rights than are
/// used. It lives for an hour and is kept in memory alone.
final class InstallationToken implements Credential {

    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);
    private static final Deed FIND =
            new Deed("looking up the App's installation", "Metadata: read");
    private static final Deed MAKE =
            new Deed(
                    "asking for the installation's token",
                    "Pull requests: write, Commit statuses: write");

    private record Issued(Secret token, Instant expiresAt) {}

    private final Rest asApp;
    private final ForgeSettings.App app;
    private final String project;
    private final InstantSource clock;
    private Optional<Issued> issued = Optional.empty();

    /// @param asApp signs in with the App's key
    InstallationToken(Rest asApp, ForgeSettings.App app, String project, InstantSource clock) {
        this.asApp = asApp;
        this.app = app;
        this.project = project;
        this.clock = clock;
    }

    @Override
    public synchronized Header header() {
        var valid =
                issued.filter(it -> it.expiresAt().minus(BEFORE_ITS_END).isAfter(clock.instant()))
                        .orElseGet(this::issue);
        issued = Optional.of(valid);
        return new Header("Authorization", "Bearer " + valid.token().reveal());
    }

    private Issued issue() {
        long installation = app.installation().orElseGet(this::find);
        return asApp.write(
                "POST",
                "/app/installations/" + installation + "/access_tokens",
                scope(),
                MAKE,
                json -> {
                    var it = new Told("an installation's token", json);
                    return new Issued(Secret.of(it.text("token")), it.instant("expires_at"));
                });
    }

    private long find() {
        return asApp.read(
                "/repos/" + Query.path(project) + "/installation",
                FIND,
                json -> new Told("an installation", json).number("id"));
    }

    private JsonNode scope() {
        var scope = JsonMapper.shared().createObjectNode();
        scope.putArray("repositories").add(project.substring(project.indexOf('/') + 1));
        scope.putObject("permissions")
                .put("metadata", "read")
                .put("pull_requests", "write")
                .put("statuses", "write");
        return scope;
    }

    /// The login under which what the App writes appears.
    String login() {
        return asApp.read(
                "/app",
                new Deed("asking who the App is", "none"),
                json -> new Told("an App", json).text("slug") + "[bot]");
    }

    @Override
    public synchronized boolean refused() {
        var had = issued.isPresent();
        issued = Optional.empty();
        return had;
    }

    @Override
    public void close() {
        asApp.close();
    }

    @Override
    public String wayOut() {
        return "Check that the App is still installed for the project.";
    }
}
