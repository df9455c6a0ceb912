package dev.assent.http;

import dev.assent.http.api.AdoptRequest;
import dev.assent.http.api.AskRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.Plans;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.model.ServerName;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Request;
import dev.assent.plan.Request.AddGroup;
import dev.assent.plan.Request.MakePrimary;
import dev.assent.plan.Request.Promote;
import dev.assent.plan.Request.Protect;
import dev.assent.plan.Request.RemoveGroup;
import dev.assent.plan.Request.Replicate;
import dev.assent.plan.Request.Resync;
import dev.assent.plan.Request.RotateCredentials;
import dev.assent.plan.Request.Scale;
import dev.assent.plan.Request.StopReplicating;
import dev.assent.reconcile.Candidate;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/// What people ask for beside the manifests. Each request becomes a plan, which waits for an assent
/// like any other.
final class RequestRoutes {

    private static final String APPLICATION = "/api/v1/applications/{app}/{environment}";

    private final Desk desk;

    RequestRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.post(APPLICATION + "/requests", this::ask);
        routes.post(APPLICATION + "/adoptions", this::adopt);
        routes.post(APPLICATION + "/replan", this::planOnceMore);
    }

    private void ask(Context context) {
        var application = application(context);
        var caller = Caller.of(context);
        var body = Question.body(context, AskRequest.class);
        PlanRoutes.decided(context, desk.ask(application, request(body), caller.speaker()));
    }

    private static Request request(AskRequest body) {
        var group = group(body.group());
        return switch (body.request().orElse("")) {
            case "add-group" ->
                    new AddGroup(
                            group,
                            body.variant().map(RequestRoutes::variant),
                            body.version().map(RequestRoutes::version));
            case "remove-group" -> new RemoveGroup(group);
            case "scale" ->
                    new Scale(
                            group,
                            body.replicas()
                                    .orElseThrow(() -> lacks("replicas", "how many replicas")));
            case "promote" ->
                    new Promote(
                            group,
                            body.server()
                                    .map(RequestRoutes::server)
                                    .orElseThrow(() -> lacks("server", "which becomes primary")),
                            body.forsaken().orElse(false));
            case "resync" -> new Resync(group, body.server().map(RequestRoutes::server));
            case "replicate" -> new Replicate(group, source(body.source()));
            case "stop-replicating" -> new StopReplicating(group);
            case "rotate-credentials" ->
                    new RotateCredentials(group, body.application().orElse(false));
            case "primary" -> new MakePrimary(group);
            case "protect" ->
                    new Protect(
                            group,
                            body.isProtected()
                                    .orElseThrow(() -> lacks("protected", "true or false")));
            default ->
                    throw Refusal.badRequest(
                            "`request` is none of those possible",
                            "write add-group, remove-group, scale, primary, protect, promote,"
                                    + " resync, replicate, stop-replicating or rotate-credentials");
        };
    }

    private void adopt(Context context) {
        var application = application(context);
        var caller = Caller.of(context);
        var body = Question.body(context, AdoptRequest.class);
        PlanRoutes.decided(context, desk.adopt(candidate(application, body), caller.speaker()));
    }

    private static Candidate candidate(ApplicationName application, AdoptRequest body) {
        var group = group(body.group());
        return new Candidate(
                application,
                group,
                body.variant()
                        .map(RequestRoutes::variant)
                        .orElse(Variant.defaultOf(group.engine())),
                body.server().map(RequestRoutes::server),
                endpoint(body),
                body.username().orElseThrow(() -> lacks("username", "the application's user")),
                body.database().orElseThrow(() -> lacks("database", "the application's database")),
                Secret.of(body.password().orElse("")));
    }

    private static Endpoint endpoint(AdoptRequest body) {
        try {
            return new Endpoint(
                    body.address().orElseThrow(() -> lacks("address", "a host name or address")),
                    body.port().orElseThrow(() -> lacks("port", "a TCP port")));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(
                    "`address` and `port` are no place to connect to", "write a host and a port");
        }
    }

    private void planOnceMore(Context context) {
        var application = application(context);
        var why = desk.planOnceMore(application);
        if (why.isPresent()) throw Refusal.refused(why.get());
        context.json(
                new Plans(
                        desk.openPlans().stream()
                                .filter(it -> it.plan().application().equals(application))
                                .map(PlanSummary::of)
                                .toList()));
    }

    private ApplicationName application(Context context) {
        var application = Question.application(context);
        new Known(desk).check(application);
        return application;
    }

    private static GroupName group(Optional<String> text) {
        return text.flatMap(GroupName::parse)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`group` is not a group",
                                "write ENGINE/GROUP, for instance mysql/spare"));
    }

    private static GroupAddress source(Optional<String> text) {
        return text.flatMap(GroupAddress::parse)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`source` is not a group of an application",
                                "write APP/ENVIRONMENT/ENGINE/GROUP, for instance"
                                        + " shop/production/mysql/main"));
    }

    private static Variant variant(String word) {
        return Variant.of(word)
                .orElseThrow(() ->
                        Refusal.badRequest(
                                "`variant` is none that there is",
                                "write the product's name, for instance mariadb"));
    }

    private static Version version(String text) {
        if (Version.isVersion(text)) return new Version(text);
        throw Refusal.badRequest("`version` is not a version", "write numbers and dots: 8.4");
    }

    private static ServerName server(String text) {
        if (ServerName.isName(text)) return new ServerName(text);
        throw Refusal.badRequest(
                "`server` is not a name", "write letters, digits, `.`, `_` and `-`");
    }

    private static RuntimeException lacks(String field, String what) {
        return Refusal.badRequest("`" + field + "` is missing", "send " + what);
    }
}
