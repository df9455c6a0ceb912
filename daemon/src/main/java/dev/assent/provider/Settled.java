package dev.assent.provider;

import java.util.List;
import java.util.stream.Collectors;

/// What a provider can tell of work that was started and of which nobody knows how it ended.
public sealed interface Settled {

    /// What can be seen, as the end of a sentence; never a secret.
    String evidence();

    /// It was done, by this very step.
    record Done(String evidence) implements Settled {}

    /// Nothing was touched.
    record NotStarted(String evidence) implements Settled {}

    /// Something of it may be done, and doing it again goes on from there.
    record Repeatable(String evidence) implements Settled {}

    /// What is there contradicts it: doing it again could destroy what is somebody else's.
    record Unclear(String evidence) implements Settled {}

    /// What several works of one step come to together.
    static Settled of(List<Settled> all) {
        var evidence =
                all.stream().map(Settled::evidence).distinct().collect(Collectors.joining("; "));
        if (all.stream().anyMatch(Unclear.class::isInstance)) return new Unclear(evidence);
        if (all.stream().allMatch(Done.class::isInstance)) return new Done(evidence);
        if (all.stream().allMatch(NotStarted.class::isInstance)) return new NotStarted(evidence);
        return new Repeatable(evidence);
    }
}
