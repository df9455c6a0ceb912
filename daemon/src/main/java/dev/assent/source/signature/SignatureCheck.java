package dev.assent.source.signature;

import dev.assent.source.signature.Signature.Bad;
import dev.assent.source.signature.Signature.Unsigned;

/// Says what the signature of a commit or tag is worth.
///
/// @param signers whose signatures count
public record SignatureCheck(Signers signers) {

    private static final int LONGEST = 30_000;

    public Signature check(SignedBytes object) {
        if (object.odd()) return new Bad("is not the only one, or in a place where it can't be");
        if (object.signature().isEmpty()) return new Unsigned();
        var signature = object.signature().get();
        if (signature.length() > LONGEST) return new Bad("can't be read");
        if (signature.startsWith(SshSignature.BEGIN)) {
            return new SshCheck(signers).check(object.signed(), signature);
        }
        return new PgpCheck(signers).check(object.signed(), signature);
    }
}
