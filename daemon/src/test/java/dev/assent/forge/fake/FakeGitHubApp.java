package dev.assent.forge.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.forge.ForgeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A GitHub App that is installed for the project: checks what is signed with its key, and issues
/// tokens that end after an hour.
public final class FakeGitHubApp {

    private static final Pattern APP = Pattern.compile("/app");
    private static final Pattern INSTALLATION =
            Pattern.compile("/repos/([^/]+/[^/]+)/installation");
    private static final Pattern TOKENS =
            Pattern.compile("/app/installations/([0-9]+)/access_tokens");
    private static final long INSTALLATION_ID = 77;
    private static final String ID = "4242";
    private static final KeyPair KEYS = newKeys();

    private final String project;
    private final OpenApi published;
    private final Supplier<Instant> now;
    private final Map<String, Instant> issued = new HashMap<>();
    private volatile JsonNode lastScope = JsonMapper.shared().createObjectNode();

    FakeGitHubApp(String project, OpenApi published, Supplier<Instant> now) {
        this.project = project;
        this.published = published;
        this.now = now;
    }

    /// It takes a while, so that all tests share one.
    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How to sign in as the App; writes its key into a file of a folder.
    ///
    /// @param older whether the key is in the form that GitHub gives (PKCS#1), or in the newer one
    public ForgeSettings settings(FakeGitHub forge, Path folder, boolean older) {
        var key = folder.resolve(older ? "app.pkcs1.pem" : "app.pkcs8.pem");
        try {
            Files.writeString(
                    key, older ? pkcs1() : pem("PRIVATE KEY", KEYS.getPrivate().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ForgeSettings(
                ForgeSettings.Kind.GITHUB,
                forge.api(),
                project,
                Optional.empty(),
                Optional.of(new ForgeSettings.App(ID, Optional.empty(), key)));
    }

    /// The envelope of PKCS#8 around a 2048-bit RSA key is 26 bytes long.
    private String pkcs1() {
        var whole = KEYS.getPrivate().getEncoded();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, 26, whole.length));
    }

    private static String pem(String kind, byte[] der) {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    }

    public String login() {
        return "assent-app[bot]";
    }

    /// How many tokens it has issued.
    public int issued() {
        return issued.size();
    }

    /// What the last token was wanted for.
    public JsonNode lastScope() {
        return lastScope;
    }

    /// All tokens that it issued are void.
    public void revoke() {
        issued.replaceAll((_, _) -> Instant.MIN);
    }

    boolean hasIssued(String authorization) {
        return issued.entrySet().stream()
                .anyMatch(it ->
                        authorization.equals("Bearer " + it.getKey())
                                && it.getValue().isAfter(now.get()));
    }

    boolean answers(Call call) {
        return call.matches("GET", APP).isPresent()
                || call.matches("GET", INSTALLATION).isPresent()
                || call.matches("POST", TOKENS).isPresent();
    }

    Optional<Reply> stranger(String authorization) {
        return authorization.startsWith("Bearer ") && isSigned(authorization.substring(7))
                ? Optional.empty()
                : Optional.of(Reply.error(401, "A JSON web token could not be decoded"));
    }

    private boolean isSigned(String jwt) {
        var parts = jwt.split("\\.", -1);
        if (parts.length != 3) return false;
        var json = JsonMapper.shared().readTree(decoded(parts[1]));
        var begins = Instant.ofEpochSecond(json.path("iat").asLong());
        var ends = Instant.ofEpochSecond(json.path("exp").asLong());
        return isSignature(parts[0] + "." + parts[1], parts[2])
                && JsonMapper.shared()
                        .readTree(decoded(parts[0]))
                        .path("alg")
                        .asString()
                        .equals("RS256")
                && json.path("iss").asString().equals(ID)
                && !begins.isAfter(now.get())
                && ends.isAfter(now.get())
                && !ends.isAfter(now.get().plusSeconds(600));
    }

    private boolean isSignature(String text, String signature) {
        try {
            var check = Signature.getInstance("SHA256withRSA");
            check.initVerify(KEYS.getPublic());
            check.update(text.getBytes(UTF_8));
            return check.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    Reply answer(Call call) {
        if (call.matches("GET", APP).isPresent()) {
            return Reply.of(200, published.sketch("integration").put("slug", "assent-app"));
        }
        var installation = call.matches("GET", INSTALLATION);
        if (installation.isPresent()) {
            return call.path().equals("/repos/" + project + "/installation")
                    ? Reply.of(200, published.sketch("installation").put("id", INSTALLATION_ID))
                    : Reply.of(404, published.sketch("basic-error").put("message", "Not Found"));
        }
        if (!call.path().contains("/" + INSTALLATION_ID + "/")) {
            return Reply.of(404, published.sketch("basic-error").put("message", "Not Found"));
        }
        return issue(call);
    }

    private Reply issue(Call call) {
        var token = "ghs_" + UUID.randomUUID();
        var end = now.get().plusSeconds(3_600);
        issued.put(token, end);
        lastScope = call.json();
        return Reply.of(
                201,
                published
                        .sketch("installation-token")
                        .put("token", token)
                        .put("expires_at", end.toString()));
    }
}
