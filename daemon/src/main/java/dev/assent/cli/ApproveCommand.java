package dev.assent.cli;

import static java.util.stream.Collectors.toSet;

import dev.assent.http.Client;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.http.api.YesAnswer;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.plan.render.PlanText;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The yes is bound to the digest of the plan that is printed, or to one that was reviewed
/// elsewhere.
@Command(name = "approve", description = "Say yes to a plan.")
final class ApproveCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();
    @Mixin GitOptions git = new GitOptions();

    @Parameters(paramLabel = "ID", description = "The plan's id or its digest.")
    String id = "";

    @Option(
            names = "--digest",
            paramLabel = "sha256:…",
            description =
                    "Say yes only to the plan with this digest, which was reviewed elsewhere.")
    Optional<String> digest = Optional.empty();

    @Option(
            names = "--destroy",
            paramLabel = "ENGINE/GROUP",
            description = "Agree that this group loses data; once for each such group.")
    List<String> destroy = new ArrayList<>();

    @Option(
            names = "--hold-destructive",
            description = "Hold back what destroys data and is not agreed to; do the rest.")
    boolean hold;

    @Option(names = "--follow", description = "Watch it being applied.")
    boolean follow;

    @Option(
            names = {"-q", "--quiet"},
            description = "Don't print the plan.")
    boolean quiet;

    ApproveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (git.git) return signed();
        YesAnswer answer;
        try (var client = server.connect(terminal)) {
            answer = approve(client);
        }
        var approved = answer.plan();
        if (answer.missing().isPresent()) return noted(approved, answer.missing().get());
        var waits = approved.state() == PlanState.APPROVED;
        if (!print.json()) {
            terminal.out().println(outcome(approved));
        } else if (!follow) {
            terminal.out().print(PrintOptions.json(StoredPlanJson.write(approved)));
        } else if (waits) {
            // What follows is a stream, and it ends here.
            var lines = ProgressLines.of(terminal, print);
            var report = ProgressReport.of(approved, List.of());
            lines.begin(report);
            lines.ended(report);
        }
        if (!follow || waits) return 0;
        return new Follow(terminal, server, print).from(approved.id(), 0);
    }

    /// There is nothing to follow yet.
    private int noted(StoredPlan plan, String missing) {
        terminal.out()
                .print(
                        print.json()
                                ? PrintOptions.json(
                                        StoredPlanJson.write(plan).put(YesAnswer.MISSING, missing))
                                : "Your yes to %s is noted; %s\n"
                                        .formatted(plan.id(), Terminal.harmless(missing)));
        return 0;
    }

    private int signed() {
        if (follow) {
            throw Stop.couldNotRun(
                    "a yes that is pushed counts when the daemon looks next; leave out --follow, and watch it then: assent follow "
                            + id);
        }
        if (git.tag && git.commit) {
            throw Stop.couldNotRun("a yes is a tag or a commit; leave out --tag or --commit");
        }
        var groups = destroy.stream().map(ApproveCommand::group).collect(toSet());
        new SignedApproval(
                        terminal, print, git, id, digest.map(ApproveCommand::digest), groups, hold)
                .make(() -> {
                    try (var client = server.connect(terminal)) {
                        return shown(client);
                    }
                });
        return 0;
    }

    private static GroupName group(String text) {
        return GroupName.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is no group; write it as ENGINE/GROUP".formatted(text)));
    }

    private StoredPlan shown(Client client) {
        var shown = client.shown(id);
        if (!quiet && !print.json()) {
            terminal.out()
                    .println(
                            PlanText.of(
                                    shown.stored().plan(),
                                    print.look(terminal),
                                    shown.estimates()));
            terminal.out().flush();
        }
        return shown.stored();
    }

    private YesAnswer approve(Client client) {
        var plan = shown(client);
        var reviewed = digest.map(ApproveCommand::digest).orElse(plan.digest());
        return client.approve(
                plan.digest().toString(),
                new ApproveRequest(
                        Optional.of(reviewed.toString()), Optional.of(destroy), Optional.of(hold)));
    }

    private static Digest digest(String text) {
        return Digest.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`"
                                        + text
                                        + "` is not a digest; write sha256: and 64 hexadecimal digits"));
    }

    private static String outcome(StoredPlan plan) {
        var all = plan.plan().changes().size();
        var covered = plan.assents().isEmpty() ? all : plan.assents().getLast().changes().size();
        var held = all == covered ? "" : " (" + (all - covered) + " of its changes held back)";
        var next =
                plan.state() == PlanState.APPROVED
                        ? plan.notBefore()
                                .map(it ->
                                        "it waits until %s, since %s; to cancel it: assent reject %s --reason '…'"
                                                .formatted(it, plan.waitsFor(), plan.id()))
                                .orElse("to start it: assent apply " + plan.id())
                        : "to watch it: assent follow " + plan.id();
        return "Approved %s%s; %s".formatted(plan.id(), held, next);
    }
}
