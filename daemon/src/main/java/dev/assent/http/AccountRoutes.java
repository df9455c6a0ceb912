package dev.assent.http;

import dev.assent.http.api.BlameAnswer;
import dev.assent.http.api.RecordJson;
import dev.assent.http.api.WhyAnswer;
import dev.assent.http.api.Wire;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.ProblemText;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.plan.render.PlanJson;
import dev.assent.reconcile.Trial;
import dev.assent.reconcile.account.Blame;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Questions about one application: why it is not as it is declared, who made it what it is, what
/// is recorded of it, and what a manifest that nobody has pushed would change.
final class AccountRoutes {

    private static final String APPLICATION = "/api/v1/applications/{app}/{environment}";

    private final Desk desk;

    AccountRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get(APPLICATION + "/why", this::why);
        routes.get(APPLICATION + "/blame/{engine}/{group}", this::blame);
        routes.get(APPLICATION + "/record", this::record);
        routes.post(APPLICATION + "/plan", this::plan);
    }

    /// That an application is unknown is an answer here, too.
    private void why(Context context) {
        var application = Question.application(context);
        var group = Optional.ofNullable(context.queryParam("group")).map(AccountRoutes::group);
        context.json(WhyAnswer.of(desk.why(application, group)));
    }

    private void blame(Context context) {
        var application = Question.application(context);
        var group = group(context.pathParam("engine") + "/" + context.pathParam("group"));
        new Known(desk).check(application);
        var blame =
                desk.blame(new GroupAddress(application, group))
                        .orElseThrow(() -> nothingOf(application, group));
        var setting = Optional.ofNullable(context.queryParam("setting"));
        context.json(BlameAnswer.of(setting.map(it -> only(blame, it)).orElse(blame)));
    }

    private static Refusal nothingOf(ApplicationName application, GroupName group) {
        return Refusal.unknown(
                "%s has no group `%s`".formatted(application, group),
                "`assent why %s %s` says why not".formatted(application, group));
    }

    private static Blame only(Blame blame, String setting) {
        var narrowed = blame.only(setting);
        if (!narrowed.lines().isEmpty()) return narrowed;
        throw Refusal.unknown(
                "nothing of %s is called `%s`"
                        .formatted(blame.group(), Question.printable(setting)),
                "it has "
                        + blame.lines().stream()
                                .map(Blame.Line::name)
                                .collect(Collectors.joining(", ")));
    }

    private void record(Context context) {
        var application = Question.application(context);
        new Known(desk).check(application);
        answer(context, RecordJson.write(desk.record(application)));
    }

    /// A new application is planned against nothing.
    private void plan(Context context) {
        var application = Question.application(context);
        var path = Optional.ofNullable(context.queryParam("path")).orElse("manifest.yml");
        var manifest = Question.bytes(context, ManifestReader.MAX_BYTES);
        switch (desk.plan(application, path, manifest)) {
            case Trial.Planned(var plan) -> answer(context, PlanJson.write(plan));
            case Trial.Invalid(var problems) ->
                    throw Refusal.badRequest(
                            "the manifest is not valid:\n"
                                    + problems.stream()
                                            .map(ProblemText::of)
                                            .collect(Collectors.joining("\n")),
                            "mend it; `assent validate` says the same");
        }
    }

    private static void answer(Context context, JsonNode json) {
        context.contentType("application/json").result(Wire.MAPPER.writeValueAsString(json));
    }

    private static GroupName group(String text) {
        return GroupName.parse(text)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`" + Question.printable(text) + "` is not a group",
                                "write ENGINE/GROUP, for instance mysql/main"));
    }
}
