package dev.assent.source.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everybody whose signatures count, with their keys. A key is one person's.
public final class Signers {

    /// Nobody's do.
    public static final Signers NONE = new Signers(List.of(), List.of());

    /// A person's SSH key.
    record Ssh(String person, SshKey key) {}

    /// A person's OpenPGP key with its subkeys.
    record Pgp(String person, PgpKey key) {}

    private final List<Ssh> ssh;
    private final List<Pgp> pgp;

    private Signers(List<Ssh> ssh, List<Pgp> pgp) {
        this.ssh = List.copyOf(ssh);
        this.pgp = List.copyOf(pgp);
    }

    /// Reads the keys of some persons.
    ///
    /// @throws IllegalArgumentException if a key can't be read or is too weak, or two persons have
    ///   the same; the message says whose it is and what to do
    public static Signers of(List<Signer> signers) {
        var ssh = new ArrayList<Ssh>();
        var pgp = new ArrayList<Pgp>();
        var owners = new HashMap<String, String>();
        for (var signer : signers) {
            for (var line : signer.sshKeys()) {
                var key = SshKey.parse(line).orElseThrow(() -> noKey(signer, line));
                own(owners, key.fingerprint(), signer);
                ssh.add(new Ssh(signer.person(), key));
            }
            for (var file : signer.pgpKeys()) {
                for (var key : pgpKeys(signer, file)) {
                    key.fingerprints().forEach(it -> own(owners, it, signer));
                    pgp.add(new Pgp(signer.person(), key));
                }
            }
        }
        return new Signers(ssh, pgp);
    }

    public boolean isEmpty() {
        return ssh.isEmpty() && pgp.isEmpty();
    }

    Optional<Ssh> ssh(byte[] blob) {
        return ssh.stream().filter(it -> it.key().isBlob(blob)).findFirst();
    }

    List<Pgp> pgp() {
        return pgp;
    }

    private static void own(Map<String, String> owners, String fingerprint, Signer signer) {
        var other = owners.putIfAbsent(fingerprint, signer.person());
        if (other == null || other.equals(signer.person())) return;
        throw new IllegalArgumentException(
                "%s and %s have the same key %s, so that nobody could tell who signs; give each an own one"
                        .formatted(other, signer.person(), fingerprint));
    }

    private static IllegalArgumentException noKey(Signer signer, String line) {
        // What stands here by mistake may be a private key.
        var begin = line.strip().split("\\s", 2)[0];
        var shown = begin.length() > 40 ? "…" : begin;
        return new IllegalArgumentException(
                "`%s` of %s is no SSH public key that can sign; write the line of a .pub file: ssh-ed25519, ecdsa-sha2-nistp256 (or 384, 521), or ssh-rsa of 2048 bits or more"
                        .formatted(shown, signer.person()));
    }

    private static List<PgpKey> pgpKeys(Signer signer, Path file) {
        try {
            var keys = PgpKey.parse(Files.readAllBytes(file));
            if (!keys.isEmpty()) return keys;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the OpenPGP key of %s in %s can't be read (%s); write it there with: gpg --armor --export"
                            .formatted(signer.person(), file, e.getClass().getSimpleName()),
                    e);
        }
        throw new IllegalArgumentException(
                "there is no OpenPGP public key of %s in %s; write it there with: gpg --armor --export"
                        .formatted(signer.person(), file));
    }
}
