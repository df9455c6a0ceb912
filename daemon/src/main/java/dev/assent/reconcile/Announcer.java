package dev.assent.reconcile;

import dev.assent.log.About;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Plan;
import dev.assent.plan.Summary;
import dev.assent.state.Approval;
import dev.assent.state.Asked;
import dev.assent.state.OpenFinding;
import dev.assent.state.Provenance;
import dev.assent.state.RepositoryState;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what happened: one line an event.
final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger("dev.assent");

    void repository(RepositoryState state) {
        var about = About.repository(state.name()).commit(state.head().orElse(""));
        switch (state.condition()) {
            case OK -> {
                try (var _ = about.event("repository.read").enter()) {
                    state.detail()
                            .ifPresentOrElse(
                                    it ->
                                            LOG.warn(
                                                    "repository {} is read, but {}",
                                                    state.name(),
                                                    it),
                                    () -> LOG.info("repository {} is read", state.name()));
                }
            }
            case EMPTY, BRANCH_GONE, UNSIGNED, UNREACHABLE -> {
                var word = state.condition().word();
                try (var _ = about.event("repository.not-read").enter()) {
                    LOG.warn(
                            "repository {} is {}: {}",
                            state.name(),
                            word,
                            state.detail().orElse(""));
                }
            }
        }
    }

    void invalid(Provenance provenance, List<Problem> problems) {
        var about = About.repository(provenance.repository()).commit(provenance.commit());
        try (var _ = about.event("manifest.invalid").enter()) {
            LOG.warn(
                    "{} of repository {} is not planned, it has {}:\n{}",
                    provenance.path(),
                    provenance.repository(),
                    problems.size() == 1 ? "a problem" : problems.size() + " problems",
                    problems.stream().map(ProblemText::of).collect(Collectors.joining("\n")));
        }
    }

    void gone(ApplicationName application, Provenance provenance) {
        try (var _ = provenance.about(application).event("manifest.gone").enter()) {
            LOG.warn(
                    "{}: {} is gone from repository {}; what was built stays",
                    application,
                    provenance.path(),
                    provenance.repository());
        }
    }

    void proposed(Plan plan, Provenance provenance) {
        var about = provenance.about(plan.application()).plan(plan.id());
        try (var _ = about.event("plan.proposed").enter()) {
            LOG.info(
                    "{}: {} is proposed: {}; to review it: assent show {}",
                    plan.application(),
                    plan.id(),
                    Summary.of(plan),
                    plan.id());
        }
    }

    void asked(Plan plan, Asked asked) {
        var about = About.application(plan.application()).plan(plan.id());
        try (var _ = about.event("plan.proposed").enter()) {
            LOG.info(
                    "{}: {} is proposed, {} asked for it: {}; to review it: assent show {}",
                    plan.application(),
                    plan.id(),
                    asked.who(),
                    Summary.of(plan),
                    plan.id());
        }
    }

    void found(OpenFinding finding) {
        try (var _ = About.server(finding.server()).event("drift.found").enter()) {
            LOG.warn("{}: {}", finding.application(), finding.finding().message());
        }
    }

    void ended(OpenFinding finding) {
        try (var _ = About.server(finding.server()).event("drift.ended").enter()) {
            LOG.info("{}: it is over that {}", finding.application(), finding.finding().message());
        }
    }

    void repair(Plan plan) {
        try (var _ =
                About.application(plan.application())
                        .plan(plan.id())
                        .event("plan.proposed")
                        .enter()) {
            LOG.info(
                    "{}: {} is proposed to mend what was found: {}; to review it: assent show {}",
                    plan.application(),
                    plan.id(),
                    Summary.of(plan),
                    plan.id());
        }
    }

    void decided(StoredPlan plan, String who) {
        try (var _ = plan.about().event("plan.approved").enter()) {
            LOG.info("{}: {} is approved by {}", plan.plan().application(), plan.id(), who);
        }
    }

    void noted(StoredPlan plan, String who, String missing) {
        try (var _ = plan.about().event("plan.noted").enter()) {
            LOG.info(
                    "{}: {} said yes to {}, which is not enough yet: {}",
                    plan.plan().application(),
                    who,
                    plan.id(),
                    missing);
        }
    }

    void rejected(StoredPlan plan, String who) {
        try (var _ = plan.about().event("plan.rejected").enter()) {
            LOG.info("{}: {} is rejected by {}", plan.plan().application(), plan.id(), who);
        }
    }

    /// What somebody signed does not count.
    void refused(String why) {
        LOG.warn("{}", why);
    }

    void resumed(Approval approval) {
        try (var _ = approval.about().event("plan.resumed").enter()) {
            LOG.info(
                    "{}: {} was interrupted and goes on",
                    approval.plan().application(),
                    approval.digest().id());
        }
    }
}
