package dev.assent.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.systemd.SecretFile;
import dev.assent.systemd.SecretFile.OpenToAllException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Signs in as a GitHub App: with a token that says so for some minutes, signed with the App's
/// private key. It is good for asking for an installation's token and for little else.
record AppKey(ForgeSettings.App app, InstantSource clock) implements Credential {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN (?<kind>RSA )?PRIVATE KEY-----(?<body>[A-Za-z0-9+/=\\s]+)-----END"
                            + " (RSA )?PRIVATE KEY-----");

    /// GitHub takes ten minutes at most; its clock may be behind ours.
    private static final Duration LIFE = Duration.ofMinutes(9);

    private static final Duration SKEW = Duration.ofMinutes(1);

    @Override
    public Header header() {
        return new Header("Authorization", "Bearer " + token());
    }

    private String token() {
        var now = clock.instant();
        var claims =
                """
                {"iat":%d,"exp":%d,"iss":"%s"}\
                """
                        .formatted(
                                now.minus(SKEW).getEpochSecond(),
                                now.plus(LIFE).getEpochSecond(),
                                app.id());
        var signed = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException _) {
            throw unusable("holds no RSA key");
        }
    }

    private PrivateKey key() throws GeneralSecurityException {
        var pem = PEM.matcher(read());
        if (!pem.find()) throw unusable("holds no private key in PEM");
        var der = Base64.getMimeDecoder().decode(pem.group("body"));
        return KeyFactory.getInstance("RSA")
                .generatePrivate(
                        new PKCS8EncodedKeySpec(
                                pem.group("kind") == null ? der : Der.pkcs8OfPkcs1(der)));
    }

    private String read() {
        try {
            return SecretFile.read(app.keyFile());
        } catch (OpenToAllException e) {
            throw unusable("can't be used: " + e.getMessage());
        } catch (IOException _) {
            throw unusable("can't be read");
        }
    }

    private ForgeException unusable(String why) {
        return new ForgeException(
                ("The App's key file %s %s. Put in the private key that the App's page gives, and"
                                + " let the service's user read it.")
                        .formatted(app.keyFile(), why),
                false,
                Optional.empty());
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public boolean refused() {
        return false;
    }

    @Override
    public String wayOut() {
        return "Check the App's `id`, its `key_file` %s and this machine's clock."
                .formatted(app.keyFile());
    }
}
