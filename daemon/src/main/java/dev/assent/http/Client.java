package dev.assent.http;

import dev.assent.http.api.AdoptRequest;
import dev.assent.http.api.ApplicationVariables;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.AskRequest;
import dev.assent.http.api.AuditVerification;
import dev.assent.http.api.BlameAnswer;
import dev.assent.http.api.DoubtAnswer;
import dev.assent.http.api.ExternalAnswer;
import dev.assent.http.api.ExternalRequest;
import dev.assent.http.api.HeadsAnswer;
import dev.assent.http.api.History;
import dev.assent.http.api.IssuedToken;
import dev.assent.http.api.Plans;
import dev.assent.http.api.ProgressReport;
import dev.assent.http.api.RedeployAnswer;
import dev.assent.http.api.RejectRequest;
import dev.assent.http.api.ReloadAnswer;
import dev.assent.http.api.ResolveRequest;
import dev.assent.http.api.ShownPlan;
import dev.assent.http.api.Status;
import dev.assent.http.api.StoredPlanJson;
import dev.assent.http.api.TokenList;
import dev.assent.http.api.TokenRequest;
import dev.assent.http.api.TokenSummary;
import dev.assent.http.api.VariablesDifference;
import dev.assent.http.api.WhyAnswer;
import dev.assent.http.api.YesAnswer;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Asks a daemon. What it answers comes back as values; a no is a [RefusedException], no answer an
/// [UnreachableException].
public final class Client implements AutoCloseable {

    private final Exchange exchange;

    /// A client that has asked nothing yet.
    ///
    /// @param user who asks, as far as the system knows; a name that the API would not take is left
    ///   out
    public Client(Connection connection, Optional<String> user) {
        this.exchange = new Exchange(connection, user.filter(Caller::isName));
    }

    /// How everything stands, or what belongs to `APP` or `APP/ENVIRONMENT`.
    public Status status(Optional<String> application) {
        return exchange.get("/status", parameters(application), Status.class);
    }

    /// The plans, of all or of `APP` or `APP/ENVIRONMENT`, newest first.
    ///
    /// @param all whether those that have ended are wanted too
    public Plans plans(Optional<String> application, boolean all) {
        var parameters = parameters(application);
        if (all) parameters.put("all", "true");
        return exchange.get("/plans", parameters, Plans.class);
    }

    /// What is proposed beside the branches.
    ///
    /// @param name a branch, a ref, or a pull request's number; empty: all
    public HeadsAnswer heads(Optional<String> name) {
        var parameters = new TreeMap<String, String>();
        name.ifPresent(it -> parameters.put("name", it));
        return exchange.get("/heads", parameters, HeadsAnswer.class);
    }

    public StoredPlan plan(String id) {
        return understood(exchange.get(path(id), Map.of(), JsonNode.class));
    }

    /// A plan as it is to be shown to somebody: with what is known of how long it will take.
    public ShownPlan shown(String id) {
        var json = exchange.get(path(id), Map.of(), JsonNode.class);
        return understood(() ->
                new ShownPlan(
                        StoredPlanJson.read(json),
                        StoredPlanJson.estimates(json),
                        StoredPlanJson.steps(json),
                        StoredPlanJson.overlaps(json)));
    }

    public YesAnswer approve(String id, ApproveRequest yes) {
        var json = exchange.post(path(id) + "/approve", yes, JsonNode.class);
        return understood(() -> YesAnswer.read(json));
    }

    public StoredPlan reject(String id, String reason) {
        var no = new RejectRequest(Optional.of(reason));
        return understood(exchange.post(path(id) + "/reject", no, JsonNode.class));
    }

    /// Asks for something that no manifest declares.
    public StoredPlan ask(ApplicationName application, AskRequest request) {
        return understood(exchange.post(path(application) + "/requests", request, JsonNode.class));
    }

    /// Has a server known that exists.
    public StoredPlan adopt(ApplicationName application, AdoptRequest request) {
        return understood(exchange.post(path(application) + "/adoptions", request, JsonNode.class));
    }

    /// Has an application planned anew, with what was rejected or has expired.
    public Plans planOnceMore(ApplicationName application) {
        return exchange.post(path(application) + "/replan", Map.of(), Plans.class);
    }

    public StoredPlan apply(String id) {
        return understood(exchange.post(path(id) + "/apply", Map.of(), JsonNode.class));
    }

    /// Has a plan that is being applied stop where it safely can.
    public StoredPlan cancel(String id) {
        return understood(exchange.post(path(id) + "/cancel", Map.of(), JsonNode.class));
    }

    /// For which step a plan stands still.
    public DoubtAnswer doubt(String id) {
        return exchange.get(path(id) + "/doubt", Map.of(), DoubtAnswer.class);
    }

    /// Has a plan that stands still go on.
    public StoredPlan resolve(String id, ResolveRequest request) {
        return understood(exchange.post(path(id) + "/resolve", request, JsonNode.class));
    }

    /// The entries of a plan's journal with a number above `after`.
    ///
    /// @param wait how many seconds it may take until there is something new
    public ProgressReport progress(String id, long after, int wait) {
        var parameters = Map.of("after", String.valueOf(after), "wait", String.valueOf(wait));
        return exchange.get(path(id) + "/progress", parameters, ProgressReport.class);
    }

    public ApplicationVariables variables(ApplicationName application) {
        return exchange.get(path(application) + "/variables", Map.of(), ApplicationVariables.class);
    }

    public RedeployAnswer redeploy(ApplicationName application) {
        return exchange.postPatiently(
                path(application) + "/redeploy", Map.of(), RedeployAnswer.class);
    }

    /// What the next redeploy would change, without any secret.
    public VariablesDifference difference(ApplicationName application) {
        return exchange.get(
                path(application) + "/variables/diff", Map.of(), VariablesDifference.class);
    }

    /// Says where an external group stands.
    public ExternalAnswer tell(ApplicationName application, GroupName group, ExternalRequest told) {
        return exchange.put(path(application, group), told, ExternalAnswer.class);
    }

    /// Has forgotten where an external group stands.
    public ExternalAnswer forget(ApplicationName application, GroupName group) {
        return exchange.delete(path(application, group), ExternalAnswer.class);
    }

    /// Why a group, or each of an application, is not as it is declared.
    public WhyAnswer why(ApplicationName application, Optional<GroupName> group) {
        var parameters = new TreeMap<String, String>();
        group.ifPresent(it -> parameters.put("group", it.toString()));
        return exchange.get(path(application) + "/why", parameters, WhyAnswer.class);
    }

    /// Who made a group what it is.
    ///
    /// @param setting the one thing that is asked for; empty: everything
    public BlameAnswer blame(GroupAddress group, Optional<String> setting) {
        var parameters = new TreeMap<String, String>();
        setting.ifPresent(it -> parameters.put("setting", it));
        return exchange.get(
                "%s/blame/%s/%s"
                        .formatted(
                                path(group.application()),
                                group.group().engine(),
                                Exchange.encoded(group.group().name())),
                parameters,
                BlameAnswer.class);
    }

    /// What is recorded of an application, as `schema/record.schema.json` describes it.
    public JsonNode record(ApplicationName application) {
        return exchange.get(path(application) + "/record", Map.of(), JsonNode.class);
    }

    /// What a manifest would change if it were pushed; the daemon stores nothing of it.
    ///
    /// @param path what messages call the manifest
    public Plan plan(ApplicationName application, String path, byte[] manifest) {
        var json =
                exchange.post(
                        path(application) + "/plan",
                        Map.of("path", path),
                        manifest,
                        JsonNode.class);
        try {
            return PlanJson.read(json);
        } catch (RuntimeException e) {
            throw exchange.notUnderstood(e);
        }
    }

    /// What happened, newest first.
    ///
    /// @param application `APP` or `APP/ENVIRONMENT`; empty: to all
    /// @param plan the id or digest of the plan that it is about; empty: of any or none
    public History history(
            Optional<String> application,
            Optional<String> plan,
            Optional<Instant> since,
            int limit) {
        var parameters = parameters(application);
        plan.ifPresent(it -> parameters.put("plan", it));
        since.ifPresent(it -> parameters.put("since", it.toString()));
        parameters.put("limit", String.valueOf(limit));
        return exchange.get("/history", parameters, History.class);
    }

    /// Has a token made; its text is in this answer and nowhere else.
    public IssuedToken createToken(TokenRequest request) {
        return exchange.post("/tokens", request, IssuedToken.class);
    }

    /// The tokens that were not revoked.
    public TokenList tokens() {
        return exchange.get("/tokens", Map.of(), TokenList.class);
    }

    /// Makes a token worthless.
    public TokenSummary revokeToken(String name) {
        return exchange.delete("/tokens/" + Exchange.encoded(name), TokenSummary.class);
    }

    /// Checks the audit trail, and the seals of plans and assents.
    ///
    /// @param published whether the trail is compared with what was published of it, too
    public AuditVerification verifyAudit(boolean published) {
        var parameters = published ? Map.of("published", "true") : Map.<String, String>of();
        return exchange.get("/audit/verification", parameters, AuditVerification.class);
    }

    /// Puts the whole audit trail into a file.
    public void exportAudit(Path target) {
        exchange.download("GET", "/audit/export", target);
    }

    /// Has a backup of the record made, and puts it into a file.
    public void backup(Path target) {
        exchange.download("POST", "/record/backup", target);
    }

    /// Puts the whole record into a file, as lines of JSON.
    public void exportRecord(Path target) {
        exchange.download("GET", "/record/export", target);
    }

    /// Has the daemon read its configuration anew.
    public ReloadAnswer reload() {
        return exchange.post("/configuration/reload", Map.of(), ReloadAnswer.class);
    }

    @Override
    public void close() {
        exchange.close();
    }

    private StoredPlan understood(JsonNode json) {
        return understood(() -> StoredPlanJson.read(json));
    }

    private <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw exchange.notUnderstood(e);
        }
    }

    private static String path(String id) {
        return "/plans/" + Exchange.encoded(id);
    }

    private static String path(ApplicationName application) {
        return "/applications/"
                + Exchange.encoded(application.app())
                + "/"
                + Exchange.encoded(application.environment());
    }

    private static String path(ApplicationName application, GroupName group) {
        return "%s/external/%s/%s"
                .formatted(
                        path(application), group.engine().word(), Exchange.encoded(group.name()));
    }

    private static Map<String, String> parameters(Optional<String> application) {
        var parameters = new TreeMap<String, String>();
        application.ifPresent(it -> parameters.put("application", it));
        return parameters;
    }
}
