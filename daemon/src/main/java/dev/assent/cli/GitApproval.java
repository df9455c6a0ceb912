package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.cli.GitClone.Ran;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.source.signature.SignedBytes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Signs a yes in a person's clone and pushes it: as a tag of its own, or as a commit that changes
/// no file.
final class GitApproval {

    private static final String HOW_TO_SIGN =
            """
            git needs a key to sign with, and the daemon's configuration has to know it. An SSH key does:
              git config --global gpg.format ssh
              git config --global user.signingkey ~/.ssh/id_ed25519.pub
            or an OpenPGP key:
              git config --global user.signingkey FINGERPRINT\
            """;

    private final GitClone clone;
    private final GitOptions options;
    private final String who;

    GitApproval(Terminal terminal, GitOptions options) {
        this.options = options;
        this.clone = GitClone.at(terminal, options.clone);
        this.who =
                clone.ask("config", "--get", "user.email")
                        .map(it -> it.split("@", 2)[0])
                        .or(terminal::user)
                        .map(it -> it.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                        .map(it -> it.replaceAll("^-+|-+$", ""))
                        .filter(it -> !it.isEmpty())
                        .orElse("somebody");
    }

    /// What was made.
    ///
    /// @param ref the tag, or the branch that the commit is on top of
    /// @param object the tag's or commit's id
    /// @param push the call that pushes it
    record Made(String ref, String object, List<String> push) {}

    /// What is said to the plan, in Git's words.
    static String message(
            String title, Digest digest, Set<GroupName> destroy, boolean holdDestructive) {
        var text = new StringBuilder("Approve %s\n\n".formatted(title));
        text.append("Assent-Approve: ").append(digest).append('\n');
        new TreeSet<>(destroy)
                .forEach(it -> text.append("Assent-Destroy: ").append(it).append('\n'));
        if (holdDestructive) text.append("Assent-Hold-Destructive: yes\n");
        return text.toString();
    }

    /// Signs it.
    Made sign(Digest digest, String message) {
        return options.commit ? commit(message) : tag(digest, message);
    }

    private Made tag(Digest digest, String message) {
        var bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        var name = "assent/%s-%s-%s".formatted(digest.id(), who, HexFormat.of().formatHex(bytes));
        var ref = "refs/tags/" + name;
        var ran = clone.run("tag", "-s", "-m", message, name, "HEAD");
        signed(ran);
        var object = clone.ask("rev-parse", "--verify", ref).orElseThrow(() -> lost(name));
        if (SignedBytes.ofTag(bytes("tag", object)).signature().isEmpty()) {
            takeAway(ref, object);
            throw unsigned(ran);
        }
        return new Made(ref, object, List.of("push", options.remote, ref));
    }

    /// Whatever is prepared for the person's next commit stays out of this one.
    private Made commit(String message) {
        var branch =
                clone.ask("symbolic-ref", "--quiet", "HEAD")
                        .orElseThrow(() ->
                                Stop.couldNotRun(
                                        "no branch is checked out for the commit to be put on; check out the one that the daemon watches, or sign a tag: leave out --commit"));
        var ran =
                clone.run("commit-tree", "-S", "-p", "HEAD", "-m", message.strip(), "HEAD^{tree}");
        signed(ran);
        var object = ran.out().strip();
        if (SignedBytes.ofCommit(bytes("commit", object)).signature().isEmpty()) {
            throw unsigned(ran);
        }
        return new Made(branch, object, List.of("push", options.remote, object + ":" + branch));
    }

    private static Stop lost(String name) {
        return Stop.couldNotRun("git made no tag " + name + "; try again");
    }

    private static void signed(Ran ran) {
        if (!ran.isGood()) throw unsigned(ran);
    }

    private byte[] bytes(String kind, String object) {
        return clone.run("cat-file", kind, object).out().getBytes(UTF_8);
    }

    private void takeAway(String ref, String object) {
        clone.run("update-ref", "-d", ref, object);
    }

    /// Git 2.39 calls it good as well when it could not sign with an SSH key.
    private static Stop unsigned(Ran ran) {
        return Stop.couldNotRun(
                "git could not sign:\n%s\n%s"
                        .formatted(
                                Terminal.harmless(ran.said()).indent(2).stripTrailing(),
                                HOW_TO_SIGN));
    }

    /// Pushes it. A tag that cannot be pushed is taken away again; a commit is on the branch only
    /// once it was.
    void push(Made made) {
        var ran = clone.run(made.push());
        if (!ran.isGood()) {
            if (!options.commit) takeAway(made.ref(), made.object());
            throw Stop.no(
                    "nothing was approved, since the push was refused:\n%s\n%s"
                            .formatted(
                                    Terminal.harmless(ran.said()).indent(2).stripTrailing(),
                                    remedy(ran.said())));
        }
        if (options.commit) clone.run("update-ref", made.ref(), made.object());
    }

    private String remedy(String said) {
        if (options.commit && (said.contains("fetch first") || said.contains("non-fast-forward"))) {
            return "the branch has moved on; git pull, and try again";
        }
        if (said.contains("does not appear to be a git repository")) {
            return "name the remote that the daemon watches with --remote; git remote -v lists them";
        }
        return options.commit
                ? "where the branch is protected, sign a tag: leave out --commit"
                : "you need the right to push tags below assent/ there; --remote names another remote";
    }

    /// The call that pushes what was made, as a person would type it.
    String pushing(Made made) {
        return clone.words(made.push());
    }

    /// Where it stands, in a few words.
    static String place(Made made) {
        var tag = Optional.of(made.ref()).filter(it -> it.startsWith("refs/tags/"));
        return tag.map(it -> "tag " + it.substring("refs/tags/".length()))
                .orElse("commit " + made.object().substring(0, 10));
    }
}
