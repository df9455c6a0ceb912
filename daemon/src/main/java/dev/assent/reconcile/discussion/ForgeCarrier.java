package dev.assent.reconcile.discussion;

import dev.assent.forge.Comment;
import dev.assent.forge.Forge;
import dev.assent.forge.ForgeException;
import dev.assent.forge.Written;
import dev.assent.reconcile.Carrier;
import dev.assent.reconcile.CarryException;
import dev.assent.reconcile.discussion.Letters.Marks;
import dev.assent.reconcile.discussion.Letters.Says;
import dev.assent.reconcile.discussion.Letters.Signs;
import dev.assent.state.Discussed;
import dev.assent.state.Outbox.Letter;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Says at a forge what the outbox holds for it. A comment of which nobody knows whether it was
/// said is looked for before it is said again; signs and words about commits can be repeated.
final class ForgeCarrier implements Carrier {

    private final String repository;
    private final Forge forge;
    private final Discussed discussed;

    ForgeCarrier(String repository, Forge forge, Discussed discussed) {
        this.repository = repository;
        this.forge = forge;
        this.discussed = discussed;
    }

    @Override
    public Optional<String> carry(Letter letter) throws CarryException {
        try {
            return switch (Letters.of(letter.kind(), letter.body())) {
                case Says says -> {
                    // Before it is said: what people see in between is not what was there.
                    var number = says.number();
                    says.shows().ifPresent(it -> discussed.leavesOnly(repository, number, it));
                    var written = say(says, letter);
                    says.shows()
                            .ifPresent(it -> discussed.shown(repository, number, it, written.at()));
                    yield Optional.of(written.id());
                }
                case Signs(var number, var comment, var reaction) -> {
                    forge.react(
                            new Comment(
                                    comment,
                                    number,
                                    "",
                                    "",
                                    Instant.EPOCH,
                                    false,
                                    URI.create("about:blank")),
                            reaction);
                    yield Optional.empty();
                }
                case Marks(var commit, var status) -> {
                    forge.status(commit, status);
                    yield Optional.empty();
                }
            };
        } catch (ForgeException e) {
            // Whatever a passing failure was, the other side may have done what it was asked.
            throw new CarryException(
                    String.valueOf(e.getMessage()), e.passing(), e.pause(), e.passing());
        }
    }

    private Written say(Says says, Letter letter) {
        // Also where nothing is known of one: a record that was lost, or put back from a backup,
        // must not make a second.
        var known = letter.remote().or(() -> forge.find(says.number(), says.marker()));
        return known.flatMap(it -> forge.edit(says.number(), it, says.text()))
                .orElseGet(() -> forge.comment(says.number(), says.text()));
    }
}
