package dev.assent.source;

import dev.assent.source.SignedYes.Kind;
import dev.assent.source.signature.SignatureCheck;
import dev.assent.source.signature.Signers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is signed in the repositories that are watched: what commits and tags say to plans, and
/// whether commits are signed where they have to be. It is read from the mirrors alone, after a
/// poll.
///
/// @param signers whose signatures count now
public record SignedObjects(GitSource source, Supplier<Signers> signers) implements SignedSource {

    private static final int SHOWN = 3;

    /// What is said in commits that are new on a branch.
    ///
    /// @param since where the branch stood; empty where that is not known
    /// @param ref what messages call the branch
    /// @throws SourceException if the mirror can't be read
    @Override
    public List<SignedYes> approvalsIn(
            Repository repository, Optional<String> since, String head, String ref) {
        return read(repository, it -> it.approvalsIn(since, head, ref));
    }

    /// What is said in the tags below `refs/tags/assent/`.
    ///
    /// @param known the objects that need not be looked at again
    /// @throws SourceException if the mirror can't be read
    @Override
    public List<SignedYes> tags(Repository repository, Predicate<String> known) {
        return read(repository, it -> it.tags(GitTags.HERE, known));
    }

    /// An object that was read before. A tag that was taken away meanwhile says nothing any more.
    ///
    /// @throws SourceException if the mirror can't be read
    @Override
    public Optional<SignedYes> again(Repository repository, Kind kind, String object, String ref) {
        return read(
                repository,
                it -> {
                    if (kind == Kind.TAG && !stands(it, object, ref)) return Optional.empty();
                    return it.again(kind, object, ref);
                });
    }

    private static boolean stands(SignedHistory history, String object, String ref)
            throws IOException {
        var here = GitTags.HERE + ref.substring(GitTags.THERE.length());
        var found = history.git().exactRef(here);
        return found != null
                && found.getObjectId() != null
                && found.getObjectId().name().equals(object);
    }

    /// A poll's answer, where commits need not be signed or all of the new ones are; else that they
    /// are not.
    ///
    /// @param accepted the commit up to which the branch was accepted last, whatever it was read
    ///   for
    /// @throws SourceException if the mirror can't be read
    @Override
    public Poll accepted(Repository repository, Optional<String> accepted, Poll poll) {
        if (!(poll instanceof Poll.Moved moved)) return poll;
        return repository
                .signedCommits()
                .flatMap(it -> refused(repository, it, accepted, moved.head()))
                .<Poll>map(it -> it)
                .orElse(poll);
    }

    /// What of a head's commits keeps it from being accepted.
    ///
    /// @param accepted the commit up to which the branch was accepted last
    @Override
    public Optional<Poll.Unsigned> refused(
            Repository repository, SignedCommits required, Optional<String> accepted, String head) {
        return read(
                repository,
                it -> {
                    var trusted = new ArrayList<String>();
                    accepted.ifPresent(trusted::add);
                    required.since().ifPresent(trusted::add);
                    if (trusted.isEmpty()) {
                        return it.unsigned(head)
                                .map(why -> unsigned(head, Map.of(head, why), Optional.empty()));
                    }
                    var unsigned = it.unsigned(trusted, head);
                    if (unsigned.isEmpty()) return Optional.empty();
                    var lost = Optional.<String>empty();
                    for (var commit : trusted) if (!it.has(commit)) lost = Optional.of(commit);
                    return Optional.of(unsigned(head, unsigned, lost));
                });
    }

    private static Poll.Unsigned unsigned(
            String head, Map<String, String> unsigned, Optional<String> lost) {
        var some =
                unsigned.entrySet().stream()
                        .limit(SHOWN)
                        .map(it -> it.getKey().substring(0, 10) + " " + it.getValue())
                        .collect(Collectors.joining("; "));
        var more = unsigned.size() > SHOWN ? "; and so on" : "";
        var why =
                "%s of the new commits up to %s %s not signed by a known person: %s%s; %ssign them and push them again%s"
                        .formatted(
                                unsigned.size(),
                                head.substring(0, 10),
                                unsigned.size() == 1 ? "is" : "are",
                                some,
                                more,
                                lost.map(it ->
                                                "(commit %s, which was trusted, is not there any more) "
                                                        .formatted(it.substring(0, 10)))
                                        .orElse(""),
                                lost.isPresent()
                                        ? ", or name the commit to begin with as signed_since"
                                        : "");
        return new Poll.Unsigned(head, List.copyOf(unsigned.keySet()), why);
    }

    private interface Question<T> {
        T ask(SignedHistory history) throws IOException;
    }

    private <T> T read(Repository repository, Question<T> question) {
        var mirror = source.mirror(repository);
        try (var _ = mirror.alone();
                var git = mirror.open()) {
            return question.ask(new SignedHistory(git, new SignatureCheck(signers.get())));
        } catch (IOException e) {
            throw Failure.of(repository, "reading what is signed from its mirror", e);
        }
    }
}
