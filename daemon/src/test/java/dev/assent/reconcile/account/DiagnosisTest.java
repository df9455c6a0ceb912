package dev.assent.reconcile.account;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Recorded;
import dev.assent.model.ServerName;
import dev.assent.plan.Digest;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.RepairPlanner;
import dev.assent.state.OpenFinding;
import dev.assent.state.PlanState;
import dev.assent.state.Provenance;
import dev.assent.state.StoredPlan;
import dev.assent.state.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final Recorded recorded =
            recorded(3, existing("postgresql/main").servers("a"), existing("postgresql/copy"));
    private final Finding found =
            new Finding(
                    group("postgresql/main"), new ServerName("a"), Kind.STOPPED, "", "a stopped");
    private final Digest digest = RepairPlanner.of(recorded, List.of(found)).plan().digest();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    PROPOSED, true,  would mend it: assent show ID,         assent show ID
                    APPROVED, true,  "would mend it, and is approved",      assent show ID
                    APPLYING, true,  is being applied,                      assent follow ID
                    FAILED,   true,  "which would mend it, failed",         assent show ID
                    REJECTED, false, "which would mend it, was rejected; to have it proposed again: assent replan shop/production", assent show ID; assent replan shop/production
                    EXPIRED,  false, "which would mend it, has expired; to have it proposed again: assent replan shop/production", assent show ID; assent replan shop/production
                    """)
    void what_became_of_the_plan_that_would_mend_it_says_what_can_be_done(
            PlanState state, boolean isOpen, String next, String steps) {
        var diagnosis = diagnose(Optional.of(state));

        assertThat(diagnosis.plan()).isEqualTo(isOpen ? Optional.of(digest) : Optional.empty());
        assertThat(diagnosis.next())
                .startsWith("plan " + digest.id())
                .endsWith(next.replace("ID", digest.id()));
        assertThat(String.join("; ", diagnosis.steps()))
                .isEqualTo(steps.replace("ID", digest.id()));
    }

    @Test
    void as_long_as_there_is_no_such_plan_it_is_said_when_there_will_be() {
        assertThat(diagnose(Optional.empty()).next()).contains("at the next look");
        assertThat(diagnose(Optional.of(PlanState.SUPERSEDED)).next()).contains("at the next look");
    }

    @Test
    void what_no_plan_can_mend_comes_with_what_a_person_can_do() {
        var gone = new Finding(found.group(), found.server(), Kind.MISSING, "", "a is gone");

        var diagnosis =
                Diagnosis.of(recorded, List.of(open(gone)), _ -> Optional.empty()).getFirst();

        assertThat(diagnosis.plan()).isEmpty();
        assertThat(diagnosis.next()).contains("restore it from a backup");
        assertThat(diagnosis.steps()).containsExactly("# " + diagnosis.next());
    }

    private Diagnosis diagnose(Optional<PlanState> state) {
        return Diagnosis.of(
                        recorded,
                        List.of(open(found)),
                        asked -> state.filter(_ -> asked.equals(digest)).map(this::stored))
                .getFirst();
    }

    private static OpenFinding open(Finding finding) {
        return new OpenFinding(SHOP, finding, NOW);
    }

    private StoredPlan stored(PlanState state) {
        return new StoredPlan(
                RepairPlanner.of(recorded, List.of(found)).plan(),
                digest,
                state,
                Provenance.NONE,
                new Wanted(false, List.of(), new TreeSet<>(), true),
                Optional.empty(),
                NOW,
                NOW,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
