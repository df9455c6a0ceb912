package dev.assent.forge.fake;

import dev.assent.forge.PullRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A pull request as it stands at a forge.
final class Pull {

    record Opinion(long id, String author, String verdict, String commit, Instant at) {}

    final long number;
    final String author;
    final String head;
    final String base;
    final boolean fork;
    final Instant at;
    volatile String title;
    volatile String commit;
    volatile Instant updatedAt;
    volatile PullRequest.State state = PullRequest.State.OPEN;
    final List<Opinion> opinions = new ArrayList<>();

    Pull(
            long number,
            String author,
            String title,
            String head,
            String base,
            String commit,
            boolean fork,
            Instant at) {
        this.number = number;
        this.author = author;
        this.title = title;
        this.head = head;
        this.base = base;
        this.commit = commit;
        this.fork = fork;
        this.at = at;
        this.updatedAt = at;
    }
}
