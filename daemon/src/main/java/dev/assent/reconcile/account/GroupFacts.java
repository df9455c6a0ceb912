package dev.assent.reconcile.account;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.assent.manifest.Spelling;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Buildable;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.reconcile.account.Fact.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a manifest says of groups beside what exists, as far as no plan can do anything about it.
final class GroupFacts {

    private final Situation situation;
    private final List<Fact> facts = new ArrayList<>();

    GroupFacts(Situation situation) {
        this.situation = situation;
    }

    /// @param asked the group that was asked for; empty: every one
    List<Fact> all(Optional<GroupName> asked) {
        situation.wanted().ifPresentOrElse(it -> compared(it, asked), this::recorded);
        situation.recorded().groups().forEach(this::standing);
        situation.findings().forEach(this::drifted);
        return facts;
    }

    private void compared(Plan wanted, Optional<GroupName> asked) {
        wanted.notices().stream().filter(it -> !isAboutAbsent(it)).forEach(this::notice);
        situation.desired().orElseThrow().groups().stream()
                .filter(it -> existing(it.name()).isEmpty())
                .forEach(this::absent);
        asDeclared(wanted);
        asked.filter(it -> existing(it).isEmpty() && situation.declared(it).isEmpty())
                .ifPresent(this::notDeclared);
    }

    private Optional<RecordedGroup> existing(GroupName name) {
        return situation.recorded().group(name);
    }

    /// What is said of a declared group that does not exist is said below, point by point.
    private boolean isAboutAbsent(Notice notice) {
        return switch (notice.code()) {
            case NOT_BUILT, DECLARED ->
                    notice.group().filter(it -> existing(it).isEmpty()).isPresent();
            case UNMANAGED,
                    APPLIES_ON_BUILD,
                    PROMOTE_FIRST,
                    MANIFEST_GONE,
                    PROTECTED,
                    NOT_REPLICATED,
                    NOW_EXTERNAL,
                    NOT_YET ->
                    false;
        };
    }

    private void notice(Notice notice) {
        var code =
                switch (notice.code()) {
                    case NOT_BUILT -> Code.NOT_DEFINED;
                    case DECLARED -> Code.NO_SERVERS;
                    case UNMANAGED -> Code.UNMANAGED;
                    case APPLIES_ON_BUILD -> Code.APPLIES_ON_BUILD;
                    case PROMOTE_FIRST -> Code.PROMOTE_FIRST;
                    case MANIFEST_GONE -> Code.MANIFEST_GONE;
                    case PROTECTED -> Code.PROTECTED;
                    case NOT_REPLICATED -> Code.NOT_REPLICATED;
                    case NOW_EXTERNAL -> Code.NOW_EXTERNAL;
                    case NOT_YET -> Code.NOT_YET;
                };
        var steps = notice.steps().isEmpty() ? mend(notice) : notice.steps();
        facts.add(
                new Fact(
                        code,
                        notice.group().stream().toList(),
                        notice.message(),
                        List.of(),
                        notice.place(),
                        steps));
    }

    /// Where no command helps, the manifest has to say something else.
    private static List<String> mend(Notice notice) {
        return notice.place()
                .map(it ->
                        List.of("# mend %s, line %d, and push it".formatted(it.path(), it.line())))
                .orElse(List.of());
    }

    private void absent(DesiredGroup group) {
        if (group.external()) {
            facts.add(
                    Fact.of(
                                    Code.EXTERNAL,
                                    group.name()
                                            + " is declared external: it exists elsewhere, and is"
                                            + " neither built nor changed here")
                            .about(group.name())
                            .at(Optional.of(group.place())));
            return;
        }
        if (group.servers().isEmpty()) {
            facts.add(
                    fact(
                            Code.NO_SERVERS,
                            group,
                            "is declared without servers; asking for it takes its specification"
                                    + " from the manifest",
                            "assent group add " + address(group.name())));
        } else {
            var unsaid = Buildable.unsaid(group, situation.catalogue());
            if (!unsaid.isEmpty()) {
                facts.add(
                        fact(
                                Code.NOT_DEFINED,
                                group,
                                "is not fully defined: " + String.join("; ", unsaid),
                                "# say so in %s, line %d, and push it"
                                        .formatted(group.place().path(), group.place().line()),
                                "assent validate --show " + group.place().path()));
            }
        }
        var unavailable = Buildable.unavailable(group, situation.catalogue());
        if (!unavailable.isEmpty()) {
            facts.add(
                    fact(
                            Code.NOT_AVAILABLE,
                            group,
                            "can't be built: " + String.join("; ", unavailable),
                            "# ask for what there is in %s, line %d, or give %s another provider"
                                    .formatted(
                                            group.place().path(),
                                            group.place().line(),
                                            situation.application())));
        }
    }

    private static Fact fact(Code code, DesiredGroup group, String what, String... steps) {
        return Fact.of(code, group.name() + " " + what, steps)
                .about(group.name())
                .at(Optional.of(group.place()));
    }

    private void asDeclared(Plan wanted) {
        var other = new TreeSet<GroupName>();
        wanted.notices().forEach(it -> it.group().ifPresent(other::add));
        wanted.changes().forEach(it -> other.add(it.change().group()));
        situation.findings().forEach(it -> other.add(it.found().finding().group()));
        var same =
                situation.recorded().groups().stream()
                        .map(RecordedGroup::name)
                        .filter(it -> situation.declared(it).isPresent() && !other.contains(it))
                        .toList();
        for (var group : same) {
            facts.add(
                    Fact.of(
                                    Code.AS_DECLARED,
                                    group + " is as it is declared",
                                    "assent blame " + address(group))
                            .about(group)
                            .at(situation.declared(group).map(DesiredGroup::place)));
        }
    }

    private void notDeclared(GroupName group) {
        var path = situation.desired().orElseThrow().path();
        var known =
                situation.desired().orElseThrow().groups().stream()
                        .map(it -> it.name().toString())
                        .collect(Collectors.toCollection(TreeSet::new));
        situation.recorded().groups().forEach(it -> known.add(it.name().toString()));
        var near = Spelling.near(group.toString(), known);
        var steps = new ArrayList<String>();
        near.ifPresent(it -> steps.add("assent why %s %s".formatted(situation.application(), it)));
        steps.add(
                "# %sdeclare it in %s, and push that"
                        .formatted(steps.isEmpty() ? "" : "or ", path));
        steps.add("# or ask for it without a manifest: assent group add " + address(group));
        facts.add(
                Fact.of(
                                Code.NOT_DECLARED,
                                "%s declares no %s%s"
                                        .formatted(
                                                path,
                                                group,
                                                near.map(it -> "; did you mean " + it + "?")
                                                        .orElse("")),
                                steps.toArray(String[]::new))
                        .about(group));
    }

    private void drifted(Diagnosis it) {
        facts.add(
                Fact.of(
                                Code.DRIFTED,
                                "%s, since %s"
                                        .formatted(
                                                it.found().finding().message(),
                                                it.found().since().truncatedTo(SECONDS)),
                                it.steps().toArray(String[]::new))
                        .about(it.found().finding().group()));
    }

    /// Without a manifest that can be planned, what exists can be compared with nothing.
    private void recorded() {
        for (var group : situation.recorded().groups()) {
            facts.add(
                    Fact.of(
                                    Code.RECORDED,
                                    "%s exists, as it was recorded at serial %d"
                                            .formatted(group.name(), situation.recorded().serial()),
                                    "assent blame " + address(group.name()))
                            .about(group.name()));
        }
    }

    private void standing(RecordedGroup group) {
        var name = group.name();
        if (group.origin() == Origin.ADOPTED) {
            facts.add(
                    Fact.of(
                                    Code.ADOPTED,
                                    name
                                            + " was adopted: it was not built here, and its servers"
                                            + " are never removed")
                            .about(name));
        }
        var said = facts.stream().anyMatch(it -> it.code() == Code.PROTECTED && it.concerns(name));
        if (group.standing().isProtected() && !said) {
            facts.add(
                    Fact.of(
                                    Code.IS_PROTECTED,
                                    name + " is protected: nothing destroys its data",
                                    "assent unprotect " + address(name))
                            .about(name));
        }
    }

    private GroupAddress address(GroupName group) {
        return new GroupAddress(situation.application(), group);
    }
}
