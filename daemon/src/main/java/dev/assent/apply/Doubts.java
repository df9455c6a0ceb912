package dev.assent.apply;

import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.state.Approval;
import dev.assent.state.StepStanding;
import dev.assent.state.StepState;
import dev.assent.state.Store;
import java.util.Optional;

/// What can be seen of the step for which a plan stands still, and what is done for somebody who
/// decides on it.
public record Doubts(Store store, Providers providers) {

    /// For which step a plan stands still, and what can be seen of it now. Nothing is changed.
    ///
    /// @param standing a plan that stands still
    /// @return empty where it stands still for none
    public Optional<Doubt> of(Approval standing) {
        return store.journal().standings(standing.digest()).stream()
                .filter(it -> it.state() == StepState.UNKNOWN)
                .findFirst()
                .flatMap(it -> of(standing, it));
    }

    private Optional<Doubt> of(Approval standing, StepStanding unclear) {
        var steps = new Steps(standing, store, providers);
        return steps.step(unclear.step())
                .map(it ->
                        new Doubt(unclear.step(), it.what(), evidence(standing, steps, unclear)));
    }

    private static String evidence(Approval standing, Steps steps, StepStanding unclear) {
        try {
            return steps.settle(unclear.step(), standing.key(unclear.step())).evidence();
        } catch (ProviderException e) {
            return "its provider cannot tell: " + e.getMessage();
        }
    }

    /// Has what is there count as what a step was to make.
    ///
    /// @param standing a plan that stands still
    /// @param step its id
    /// @return why it cannot count as that, in a sentence; empty where it does now
    public Optional<String> adopt(Approval standing, String step) {
        var steps = new Steps(standing, store, providers);
        try {
            steps.adopt(step, standing.key(step));
            return switch (steps.settle(step, standing.key(step))) {
                case Settled.Done _ -> Optional.empty();
                case Settled.NotStarted(var evidence) -> Optional.of(evidence);
                case Settled.Repeatable(var evidence) -> Optional.of(evidence);
                case Settled.Unclear(var evidence) -> Optional.of(evidence);
            };
        } catch (ProviderException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
