package dev.assent.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.source.SignedYes.Kind;
import dev.assent.source.signature.Signature;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.SignedBytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// What is signed in a repository's object database, and what is said to plans there.
///
/// @param git an open repository, wherever it is from
record SignedHistory(Repository git, SignatureCheck check) {

    /// How many commits are looked at for what they say to plans, the newest ones.
    private static final int SPEAKING = 1_000;

    /// How many commits can be new at once where each has to be signed.
    static final int SIGNING = 10_000;

    /// How many tags are heard at once; the others have their turn at the next look.
    private static final int TAGS = 200;

    private static final int LARGEST = 1 << 20;

    /// What is said in the commits that are reachable from a head and not from where it stood, the
    /// oldest first. Where it is not known where it stood, only the head speaks: what lies beneath
    /// was said to others.
    List<SignedYes> approvalsIn(Optional<String> since, String head, String ref)
            throws IOException {
        var found = new ArrayList<SignedYes>();
        try (var walk = new RevWalk(git)) {
            var left = since.isPresent() ? parsed(walk, since.get()) : Optional.<RevCommit>empty();
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            if (left.isPresent()) walk.markUninteresting(left.get());
            int most = left.isPresent() ? SPEAKING : 1;
            for (var commit = walk.next(); commit != null && most > 0; commit = walk.next()) {
                most--;
                commit(commit.getRawBuffer(), commit.name(), ref).ifPresent(found::add);
            }
        }
        return found.reversed();
    }

    /// What is said in annotated tags.
    ///
    /// @param prefix where they stand here
    /// @param known the objects that need not be looked at again
    List<SignedYes> tags(String prefix, Predicate<String> known) throws IOException {
        var found = new ArrayList<SignedYes>();
        for (var ref : git.getRefDatabase().getRefsByPrefix(prefix)) {
            var id = ref.getObjectId();
            if (id == null || known.test(id.name())) continue;
            if (found.size() == TAGS) break;
            var name = GitTags.THERE + ref.getName().substring(prefix.length());
            tag(id, name).ifPresent(found::add);
        }
        return found;
    }

    /// The same object once more; empty where it is lost.
    Optional<SignedYes> again(Kind kind, String object, String ref) throws IOException {
        var id = ObjectId.fromString(object);
        return switch (kind) {
            case TAG -> tag(id, ref);
            case COMMIT -> bytes(id, Constants.OBJ_COMMIT).flatMap(it -> commit(it, object, ref));
        };
    }

    /// The commits that no known person signed, and why each is none, the newest first: of those
    /// that are reachable from a head and from none of the trusted ones. At most [#SIGNING] are
    /// looked at, and the one after them counts as not signed.
    ///
    /// @param trusted commits; those that are not there are passed over
    Map<String, String> unsigned(List<String> trusted, String head) throws IOException {
        var unsigned = new LinkedHashMap<String, String>();
        try (var walk = new RevWalk(git)) {
            walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
            for (var it : trusted) {
                var commit = parsed(walk, it);
                if (commit.isPresent()) walk.markUninteresting(commit.get());
            }
            int looked = 0;
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                if (looked++ == SIGNING) {
                    unsigned.put(
                            commit.name(),
                            "is one of more than %,d new ones, too many to look at"
                                    .formatted(SIGNING));
                    break;
                }
                unsigned(commit.getRawBuffer()).ifPresent(put(unsigned, commit.name()));
            }
        }
        return unsigned;
    }

    /// Why one commit is not signed by a known person; empty where it is.
    Optional<String> unsigned(String commit) throws IOException {
        var bytes = bytes(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
        return bytes.isEmpty() ? Optional.of("is lost") : unsigned(bytes.get());
    }

    private Optional<String> unsigned(byte[] commit) {
        return switch (check.check(SignedBytes.ofCommit(commit))) {
            case Signature.Good _ -> Optional.empty();
            case Signature.Unsigned none -> Optional.of(none.words());
            case Signature.Unknown unknown -> Optional.of(unknown.words());
            case Signature.Bad bad -> Optional.of(bad.words());
        };
    }

    private static Consumer<String> put(Map<String, String> into, String key) {
        return it -> into.put(key, it);
    }

    /// Whether there is such a commit.
    boolean has(String commit) throws IOException {
        try (var walk = new RevWalk(git)) {
            return parsed(walk, commit).isPresent();
        }
    }

    private static Optional<RevCommit> parsed(RevWalk walk, String commit) throws IOException {
        if (!ObjectId.isId(commit)) return Optional.empty();
        try {
            return Optional.of(walk.parseCommit(ObjectId.fromString(commit)));
        } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return Optional.empty();
        }
    }

    /// A tag that is not annotated says nothing: it is a commit's name.
    private Optional<SignedYes> tag(ObjectId id, String ref) throws IOException {
        return bytes(id, Constants.OBJ_TAG)
                .flatMap(it -> spoken(SignedBytes.ofTag(it), id.name(), Kind.TAG, ref));
    }

    private Optional<SignedYes> commit(byte[] bytes, String id, String ref) {
        return spoken(SignedBytes.ofCommit(bytes), id, Kind.COMMIT, ref);
    }

    private Optional<byte[]> bytes(ObjectId id, int kind) throws IOException {
        try (var objects = git.newObjectReader()) {
            var loader = objects.open(id);
            return loader.getType() == kind && loader.getSize() <= LARGEST
                    ? Optional.of(loader.getBytes())
                    : Optional.empty();
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    private Optional<SignedYes> spoken(SignedBytes bytes, String id, Kind kind, String ref) {
        return Spoken.in(new String(bytes.message(), UTF_8))
                .map(it ->
                        new SignedYes(
                                id,
                                kind,
                                ref,
                                content(bytes.signed()),
                                check.check(bytes),
                                it.approves(),
                                it.rejects(),
                                it.destroy(),
                                it.hold(),
                                it.wrong()));
    }

    private static String content(byte[] signed) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signed));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
