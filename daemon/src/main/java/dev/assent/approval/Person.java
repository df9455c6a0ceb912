package dev.assent.approval;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Somebody whom the policy knows, and by what.
///
/// @param groups those of the policy
/// @param logins by the forge's kind: `github` → `ada-l`
/// @param sshKeys public ones, as in an `authorized_keys` file
/// @param pgpKeys files with public ones
/// @param oidc the subject or e-mail address in the tokens of an identity provider
public record Person(
        String name,
        SortedSet<String> groups,
        List<String> emails,
        Map<String, String> logins,
        List<String> sshKeys,
        List<Path> pgpKeys,
        Optional<String> oidc) {

    public Person {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        emails = List.copyOf(emails);
        logins = Map.copyOf(logins);
        sshKeys = List.copyOf(sshKeys);
        pgpKeys = List.copyOf(pgpKeys);
    }
}
