package dev.assent.source.signature;

/// What the signature of a commit or tag is worth.
public sealed interface Signature {

    /// It is a known person's.
    ///
    /// @param fingerprint of the key: `SHA256:…` of an SSH key, 40 hexadecimal digits or more of an
    ///   OpenPGP key
    record Good(String person, String fingerprint) implements Signature {}

    /// There is none.
    record Unsigned() implements Signature {}

    /// It was made with a key that nobody is known to have.
    ///
    /// @param fingerprint as the signature itself gives it
    record Unknown(String fingerprint) implements Signature {}

    /// It proves nothing, whoever made it.
    ///
    /// @param why the rest of a sentence that begins with the signature
    record Bad(String why) implements Signature {}

    /// The rest of a sentence that begins with what was signed: why it does not count, or by whom
    /// it was signed.
    default String words() {
        return switch (this) {
            case Good(var person, var fingerprint) ->
                    "is signed by %s (%s)".formatted(person, fingerprint);
            case Unsigned() -> "is not signed";
            case Unknown(var fingerprint) ->
                    "is signed with a key that nobody is known to have: " + fingerprint;
            case Bad(var why) -> "has a signature that " + why;
        };
    }
}
