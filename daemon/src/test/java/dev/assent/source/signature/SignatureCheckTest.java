package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.source.signature.Signature.Bad;
import dev.assent.source.signature.Signature.Good;
import dev.assent.source.signature.Signature.Unknown;
import dev.assent.source.signature.Signature.Unsigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures that the real `git`, `gpg` and `ssh-keygen` made.
class SignatureCheckTest {

    private static final Bad OTHER_BYTES = new Bad("is not one of these bytes");

    @TempDir Path folder;
    private Clone clone;

    @BeforeEach
    void open() {
        clone = new Clone(folder);
    }

    @AfterEach
    void close() {
        clone.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 521", "-t rsa -b 3072"})
    void commits_and_tags_signed_with_SSH_are_good(String kind) {
        var key = clone.signWithSsh("ada", kind.split(" "));
        var signers = ssh("ada", key);

        var commit = commit(signers, clone.signedCommit("Change it\n\nWhy: ümlaut"));
        var tag = tag(signers, clone.signedTag("v1", "First\n\nMore"));

        var fingerprint = clone.run("ssh-keygen", "-lf", folder + "/ada.pub").split(" ")[1];
        assertThat(commit).isEqualTo(new Good("ada", fingerprint));
        assertThat(tag).isEqualTo(commit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa3072", "nistp256"})
    void commits_and_tags_signed_with_OpenPGP_are_good(String algorithm) {
        var fingerprint = clone.signWithPgp("ada", algorithm, "1y");
        var signers = pgp("ada");

        var commit = commit(signers, clone.signedCommit("Change it"));
        var tag = tag(signers, clone.signedTag("v1", "First"));

        assertThat(commit).isEqualTo(new Good("ada", fingerprint));
        assertThat(tag).isEqualTo(commit);
    }

    @Test
    void a_signing_subkey_signs_for_its_person() {
        var fingerprint = clone.signWithPgp("ada", "ed25519", "1y");
        clone.gpg("--quick-add-key", fingerprint, "ed25519", "sign", "1y");
        clone.git("config", "user.signingkey", fingerprint);

        var signature = commit(pgp("ada"), clone.signedCommit("Change it"));

        assertThat(signature)
                .isInstanceOfSatisfying(
                        Good.class,
                        it -> {
                            assertThat(it.person()).isEqualTo("ada");
                            assertThat(it.fingerprint()).isNotEqualTo(fingerprint);
                        });
    }

    @Test
    void a_merge_of_a_signed_tag_has_a_signature_of_its_own() {
        var signers = ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        clone.git("checkout", "-q", "-b", "feature");
        clone.commit("Feature");
        clone.signedTag("v1", "Of a feature");
        clone.git("checkout", "-q", "main");
        clone.git("merge", "-q", "--no-ff", "-S", "-m", "Merge v1", "v1");

        assertThat(clone.object("commit", clone.head()))
                .asString(ISO_8859_1)
                .contains("mergetag object");
        assertThat(commit(signers, clone.head())).isInstanceOf(Good.class);

        clone.git("reset", "-q", "--hard", "HEAD~1");
        clone.git("merge", "-q", "--no-ff", "--no-gpg-sign", "-m", "Merge v1", "v1");

        assertThat(commit(signers, clone.head())).isEqualTo(new Unsigned());
    }

    @Test
    void without_a_signature_there_is_none() {
        var signers = ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        clone.git("tag", "-a", "--no-sign", "-m", "First", "v1");

        assertThat(commit(signers, clone.commit("Change it"))).isEqualTo(new Unsigned());
        assertThat(tag(signers, clone.git("rev-parse", "v1"))).isEqualTo(new Unsigned());
    }

    @Test
    void a_signature_shown_in_a_message_is_none() {
        var signers = ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        var signed = SignedBytes.ofCommit(clone.object("commit", clone.signedCommit("Change it")));
        var shown = "gpgsig " + signed.signature().orElseThrow().replace("\n", "\n ");

        var commit = clone.commit("Change it\n\n" + shown);

        assertThat(commit(signers, commit)).isEqualTo(new Unsigned());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_other_byte_and_the_signature_is_bad(boolean ssh) {
        var signers = signers(ssh);
        var commit = clone.signedCommit("Change it");
        var tag = clone.signedTag("v1", "First");

        assertThat(commit(signers, changed("commit", commit, "Change it", "Change It")))
                .isEqualTo(OTHER_BYTES);
        assertThat(commit(signers, changed("commit", commit, "author Ada", "author Eve")))
                .isEqualTo(OTHER_BYTES);
        assertThat(tag(signers, changed("tag", tag, "First", "Firsts"))).isEqualTo(OTHER_BYTES);
        assertThat(tag(signers, changed("tag", tag, "tag v1", "tag v2"))).isEqualTo(OTHER_BYTES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_signature_copied_from_another_object_is_bad(boolean ssh) {
        var signers = signers(ssh);
        var one = SignedBytes.ofTag(clone.object("tag", clone.signedTag("v1", "First")));
        var other = SignedBytes.ofTag(clone.object("tag", clone.signedTag("v2", "Second")));

        var signature =
                new SignatureCheck(signers)
                        .check(new SignedBytes(other.signed(), one.signature(), false));

        assertThat(signature).isEqualTo(OTHER_BYTES);
    }

    @Test
    void the_key_of_a_stranger_is_named() {
        var ada = clone.signWithSsh("ada", "-t", "ed25519");
        clone.signWithSsh("eve", "-t", "ed25519");
        var ssh = commit(ssh("ada", ada), clone.signedCommit("Change it"));
        clone.signWithPgp("ada", "ed25519", "1y");
        var eve = clone.signWithPgp("eve", "ed25519", "1y");
        var pgp = commit(pgp("ada"), clone.signedCommit("Change it"));

        assertThat(ssh)
                .isEqualTo(
                        new Unknown(
                                clone.run("ssh-keygen", "-lf", folder + "/eve.pub").split(" ")[1]));
        assertThat(pgp).isEqualTo(new Unknown(eve));
        assertThat(commit(Signers.NONE, clone.head())).isEqualTo(new Unknown(eve));
    }

    @Test
    void what_this_machine_and_the_repository_trust_is_beside_the_point() throws Exception {
        var key = clone.signWithSsh("eve", "-t", "ed25519");
        Files.writeString(clone.work().resolve("allowed"), "ada@example.org " + key + "\n");
        clone.git("config", "gpg.ssh.allowedSignersFile", clone.work().resolve("allowed") + "");
        var commit = clone.signedCommit("Change it");
        clone.git("verify-commit", commit);

        assertThat(commit(Signers.NONE, commit)).isInstanceOf(Unknown.class);
    }

    @Test
    void a_key_that_had_expired_signs_nothing_and_one_that_expired_since_has_signed() {
        clone.gpg(
                "--faked-system-time",
                "20240101T000000!",
                "--quick-gen-key",
                "ada <ada@example.org>",
                "ed25519",
                "sign",
                "30d");
        clone.git("config", "user.signingkey", clone.fingerprint("ada"));
        clone.signAt("20240110T000000");
        var before = clone.signedCommit("In time");
        assertThat(commit(pgp("ada"), before)).isInstanceOf(Good.class);

        // The program itself refuses to sign with such a key: it is given more time, and less
        // after.
        clone.gpg(
                "--faked-system-time",
                "20240110T000000!",
                "--quick-set-expire",
                clone.fingerprint("ada"),
                "0");
        clone.signAt("20240601T000000");
        var after = clone.signedCommit("Too late");
        assertThat(commit(pgp("ada"), after)).isInstanceOf(Good.class);
        clone.gpg(
                "--faked-system-time",
                "20240111T000000!",
                "--quick-set-expire",
                clone.fingerprint("ada"),
                "20d");

        assertThat(commit(pgp("ada"), after))
                .isEqualTo(new Bad("was made with a key that had expired"));
    }

    @Test
    void a_key_that_was_revoked_has_signed_nothing_not_even_before() throws Exception {
        var fingerprint = clone.signWithPgp("ada", "ed25519", "1y");
        var commit = clone.signedCommit("Change it");
        assertThat(commit(pgp("ada"), commit)).isInstanceOf(Good.class);

        var revocation =
                Files.readString(folder.resolve("gnupg/openpgp-revocs.d/" + fingerprint + ".rev"));
        var file = folder.resolve("revocation.asc");
        Files.writeString(file, revocation.substring(revocation.indexOf(":-----") + 1));
        clone.gpg("--import", file.toString());

        assertThat(commit(pgp("ada"), commit))
                .isEqualTo(new Bad("was made with a key that is revoked"));
    }

    @Test
    void a_key_that_is_there_to_encrypt_signs_nothing() {
        var fingerprint = clone.signWithPgp("ada", "rsa3072", "1y");
        var commit = clone.signedCommit("Change it");
        clone.gpg("--quick-add-key", fingerprint, "rsa3072", "encr", "1y");
        assertThat(commit(pgp("ada"), commit)).isInstanceOf(Good.class);

        // A primary key that only certifies.
        clone.gpg("--quick-gen-key", "eve <eve@example.org>", "ed25519", "cert", "1y");
        clone.gpg("--quick-add-key", clone.fingerprint("eve"), "ed25519", "sign", "1y");
        clone.git("config", "user.signingkey", clone.fingerprint("eve"));
        assertThat(commit(pgp("eve"), clone.signedCommit("Change it"))).isInstanceOf(Good.class);
    }

    @Test
    void a_subkey_that_somebody_put_into_another_persons_key_signs_for_nobody() throws Exception {
        clone.signWithPgp("ada", "ed25519", "1y");
        var ada = ring(clone.exported("ada"));
        var eve = clone.signWithPgp("eve", "ed25519", "1y");
        clone.gpg("--quick-add-key", eve, "ed25519", "sign", "1y");
        var commit = clone.signedCommit("Change it");
        assertThat(commit(pgp("eve"), commit)).isInstanceOf(Good.class);

        PGPPublicKey subkey = null;
        for (var it : ring(clone.exported("eve"))) if (!it.isMasterKey()) subkey = it;
        var file = folder.resolve("mixed.pgp");
        Files.write(file, PGPPublicKeyRing.insertPublicKey(ada, subkey).getEncoded());

        var signers = Signers.of(List.of(new Signer("ada", List.of(), List.of(file))));
        assertThat(commit(signers, commit))
                .isEqualTo(new Bad("was made with a key that is not there to sign"));
    }

    private static PGPPublicKeyRing ring(Path exported) throws IOException {
        try (var in = PGPUtil.getDecoderStream(Files.newInputStream(exported))) {
            return new PGPPublicKeyRing(in, new BcKeyFingerprintCalculator());
        }
    }

    @Test
    void a_subkey_that_is_revoked_signs_nothing_and_its_primary_key_does() {
        var fingerprint = clone.signWithPgp("ada", "ed25519", "1y");
        var primary = clone.git("config", "user.signingkey") + "!";
        clone.gpg("--quick-add-key", fingerprint, "ed25519", "sign", "1y");
        var bySubkey = clone.signedCommit("By subkey");
        clone.git("config", "user.signingkey", primary);
        var byPrimary = clone.signedCommit("By primary key");
        assertThat(commit(pgp("ada"), bySubkey)).isInstanceOf(Good.class);

        clone.run(
                "sh",
                "-c",
                "printf 'key 1\nrevkey\ny\n0\n\ny\nsave\n' | gpg --batch --command-fd 0 --pinentry-mode loopback --passphrase '' --edit-key "
                        + fingerprint);

        assertThat(commit(pgp("ada"), bySubkey))
                .isEqualTo(new Bad("was made with a key that is revoked"));
        assertThat(commit(pgp("ada"), byPrimary)).isInstanceOf(Good.class);
    }

    @Test
    void a_signature_that_is_made_to_expire_is_none() throws Exception {
        clone.signWithPgp("ada", "ed25519", "1y");
        var program = folder.resolve("gpg-short");
        Files.writeString(program, "#!/bin/sh\nexec gpg --default-sig-expire 1d \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        clone.git("config", "gpg.program", program.toString());

        assertThat(commit(pgp("ada"), clone.signedCommit("Change it")))
                .isEqualTo(new Bad("is made to expire, which a yes does not"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1", "MD5"})
    void a_weak_hash_is_not_accepted(String hash) throws Exception {
        clone.signWithPgp("ada", "rsa3072", "1y");
        var program = folder.resolve("gpg-weak");
        Files.writeString(
                program,
                "#!/bin/sh\nexec gpg --allow-weak-digest-algos --digest-algo "
                        + hash
                        + " \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        clone.git("config", "gpg.program", program.toString());

        assertThat(commit(pgp("ada"), clone.signedCommit("Change it")))
                .isEqualTo(new Bad("uses an algorithm that is not accepted"));
    }

    @ParameterizedTest
    @CsvSource({"git,Good", "file,Bad", "git@example.org,Bad"})
    void a_signature_for_another_purpose_is_none_of_a_commit(String namespace, String expected)
            throws Exception {
        var key = clone.signWithSsh("ada", "-t", "ed25519");
        var unsigned = clone.object("commit", clone.commit("Change it"));
        var file = folder.resolve("commit");
        Files.write(file, unsigned);
        clone.run(
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-n",
                namespace,
                "-f",
                folder + "/ada",
                file.toString());
        var signature = Files.readString(folder.resolve("commit.sig"));

        var found = check(ssh("ada", key), signed(unsigned, signature));

        assertThat(found.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void a_certificate_is_not_the_key_that_it_certifies() {
        clone.signWithSsh("authority", "-t", "ed25519");
        var key = clone.signWithSsh("ada", "-t", "ed25519");
        clone.run(
                "ssh-keygen",
                "-q",
                "-s",
                folder + "/authority",
                "-I",
                "ada",
                "-n",
                "ada",
                folder + "/ada.pub");
        clone.git("config", "user.signingkey", folder + "/ada-cert.pub");

        assertThat(commit(ssh("ada", key), clone.signedCommit("Change it")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void two_signatures_are_none() {
        var signers = ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        var object = clone.object("commit", clone.signedCommit("Change it"));
        var text = new String(object, ISO_8859_1);
        var header = text.substring(text.indexOf("gpgsig "), text.indexOf("\n\n") + 1);
        var twice = text.replace(header, header + header).getBytes(ISO_8859_1);

        assertThat(check(signers, twice)).isInstanceOf(Bad.class);
    }

    @Test
    void whatever_stands_where_a_signature_should_it_is_an_answer() {
        var signers = ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        var unsigned = clone.object("commit", clone.commit("Change it"));

        for (var junk :
                List.of(
                        "x",
                        "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n",
                        "-----BEGIN PGP SIGNATURE-----\n",
                        "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
                        "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAX////8=\n-----END SSH SIGNATURE-----\n",
                        "-----BEGIN SSH SIGNATURE-----\n=\n-----END SSH SIGNATURE-----\n")) {
            assertThat(check(signers, signed(unsigned, junk)))
                    .as(junk)
                    .isEqualTo(new Bad("can't be read"));
        }
    }

    @Test
    void keys_that_cannot_be_trusted_to_tell_one_person_are_refused() {
        var ed25519 = clone.signWithSsh("ada", "-t", "ed25519");
        var weak = clone.signWithSsh("weak", "-t", "rsa", "-b", "1024");

        assertThatThrownBy(() ->
                        Signers.of(
                                List.of(
                                        new Signer("ada", List.of(ed25519), List.of()),
                                        new Signer("bob", List.of(ed25519), List.of()))))
                .hasMessageContaining("ada and bob have the same key SHA256:");
        for (var line : List.of(weak, "ssh-dss AAAA", "ssh-ed25519", "", "from=\"*\" " + ed25519)) {
            assertThatThrownBy(() -> ssh("ada", line))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of ada is no SSH public key that can sign");
        }
        assertThatThrownBy(() ->
                        Signers.of(
                                List.of(
                                        new Signer(
                                                "ada",
                                                List.of(),
                                                List.of(folder.resolve("none"))))))
                .hasMessageContaining("gpg --armor --export");
    }

    private Signers signers(boolean ssh) {
        if (ssh) return ssh("ada", clone.signWithSsh("ada", "-t", "ed25519"));
        clone.signWithPgp("ada", "ed25519", "1y");
        return pgp("ada");
    }

    private static Signers ssh(String person, String key) {
        return Signers.of(List.of(new Signer(person, List.of(key), List.of())));
    }

    private Signers pgp(String person) {
        return Signers.of(List.of(new Signer(person, List.of(), List.of(clone.exported(person)))));
    }

    private Signature commit(Signers signers, String id) {
        return check(signers, clone.object("commit", id));
    }

    private static Signature check(Signers signers, byte[] commit) {
        return new SignatureCheck(signers).check(SignedBytes.ofCommit(commit));
    }

    private Signature tag(Signers signers, String id) {
        return new SignatureCheck(signers).check(SignedBytes.ofTag(clone.object("tag", id)));
    }

    private String changed(String kind, String id, String from, String to) {
        var text = new String(clone.object(kind, id), ISO_8859_1);
        assertThat(text).contains(from);
        return clone.write(kind, text.replace(from, to).getBytes(ISO_8859_1));
    }

    private static byte[] signed(byte[] commit, String signature) {
        var header = "gpgsig " + signature.stripTrailing().replace("\n", "\n ") + "\n";
        return new String(commit, ISO_8859_1)
                .replaceFirst("\n\n", "\n" + header + "\n")
                .getBytes(ISO_8859_1);
    }
}
