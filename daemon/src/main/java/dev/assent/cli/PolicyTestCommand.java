package dev.assent.cli;

import dev.assent.approval.Matter;
import dev.assent.approval.Policy;
import dev.assent.approval.Voice;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.http.api.Wire;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.Assent;
import dev.assent.state.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

@Command(
        name = "test",
        description = "Say who could approve a plan under a policy, and who could not and why.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Somebody could say yes to each change.",
            "1:Nobody (with --as: they) could say yes to one of them.",
            "2:A file could not be read, or the command line is wrong."
        })
final class PolicyTestCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(index = "0", paramLabel = "POLICY", description = "The policy's file.")
    Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PLAN-FILE",
            description =
                    "What `assent plan` or `assent show` printed with --format json; - for standard"
                            + " input.")
    Optional<Path> planFile = Optional.empty();

    @Option(names = "--plan", paramLabel = "ID", description = "A plan of the daemon.")
    Optional<String> plan = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "PERSON",
            description =
                    "Say it only of this person: a name in the policy, admin, or a forge's user such"
                            + " as github:eve.")
    Optional<String> person = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description =
                    "With --as: a group that their token or their forge puts them into, such as"
                            + " forge-write. Can be given several times.")
    List<String> groups = List.of();

    PolicyTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A plan, and what was said to it.
    private record Subject(Matter matter, List<Assent> yeses) {}

    @Override
    public Integer call() {
        if (plan.isPresent() == planFile.isPresent()) {
            throw Stop.couldNotRun("say which plan: a PLAN-FILE, or --plan ID");
        }
        if (!groups.isEmpty() && person.isEmpty()) {
            throw Stop.couldNotRun("--group goes with --as; say whose group it is");
        }
        var policy = PolicyFile.read(file, terminal, print.look(terminal));
        var as = person.map(it -> voice(policy, it)).stream().toList();
        var trials =
                subjects().stream()
                        .map(it ->
                                PolicyTrial.of(
                                        policy,
                                        it.matter(),
                                        it.yeses(),
                                        as,
                                        terminal.clock().instant()))
                        .toList();
        terminal.out()
                .print(print.json() ? PrintOptions.json(new Answer(1, trials)) : text(trials));
        return trials.stream().allMatch(PolicyTrial::possible) ? 0 : Stop.NO;
    }

    private record Answer(int version, List<PolicyTrial> plans) {}

    private static String text(List<PolicyTrial> trials) {
        return String.join("\n", trials.stream().map(PolicyTrialText::of).toList());
    }

    private Voice voice(Policy policy, String name) {
        var voice = policy.people().voice(name, new TreeSet<>(groups));
        if (!name.contains(":")
                && !name.equals(Assent.ADMIN)
                && policy.people().named(name).isEmpty()) {
            throw Stop.couldNotRun(
                    "the policy knows no `%s`; a forge's user is written as github:%s"
                            .formatted(name, name));
        }
        return voice;
    }

    private List<Subject> subjects() {
        if (planFile.isPresent()) return read(planFile.get());
        try (var client = server.connect(terminal)) {
            var stored = client.plan(plan.orElseThrow());
            return List.of(new Subject(Matter.of(stored), stored.assents()));
        }
    }

    private List<Subject> read(Path path) {
        try {
            var bytes =
                    ManifestFiles.isStandardInput(path)
                            ? terminal.in().readAllBytes()
                            : Files.readAllBytes(path);
            var json = Wire.MAPPER.readTree(bytes);
            return json.has("plans")
                    ? json.path("plans").valueStream().map(PolicyTestCommand::subject).toList()
                    : List.of(subject(json));
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the plan " + ManifestFile.why(path, e));
        } catch (JacksonException | IllegalArgumentException _) {
            throw Stop.couldNotRun(
                    path
                            + " is no plan; `assent plan PATH --format json` and `assent show ID --format json` print one");
        }
    }

    private static Subject subject(JsonNode json) {
        if (json.has("state")) {
            var stored = StoredPlanJson.read(json);
            return new Subject(Matter.of(stored), stored.assents());
        }
        return new Subject(
                new Matter(PlanJson.read(json), Wanted.BY_BRANCH, Optional.empty()), List.of());
    }
}
