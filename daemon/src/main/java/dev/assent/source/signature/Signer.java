package dev.assent.source.signature;

import java.nio.file.Path;
import java.util.List;

/// A person whose signatures count.
///
/// @param person the name that the person has in the configuration
/// @param sshKeys public keys, each a line as in `authorized_keys`
/// @param pgpKeys files with armored OpenPGP public keys
public record Signer(String person, List<String> sshKeys, List<Path> pgpKeys) {

    public Signer {
        sshKeys = List.copyOf(sshKeys);
        pgpKeys = List.copyOf(pgpKeys);
    }
}
