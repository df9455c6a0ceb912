package dev.assent.provider.local;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What this provider keeps of one server, in the file `server.json` of its folder. No secrets.
///
/// @param built whether it was finished; what is not is cleared away by the next attempt
/// @param size what it may have of the machine, as its name meant when it was built
/// @param programs where the programs were; they may be unpacked anew elsewhere
/// @param before its role before what is being done to it, for which its data, its configuration or
///   both are kept aside; empty when nothing is
/// @param process its process when it was last started
/// @param builder the step of a plan that built it; empty where none did that is known
record ServerRecord(
        ServerKey key,
        Specification specification,
        Size size,
        Path programs,
        int port,
        boolean built,
        Role role,
        Optional<Role> before,
        Optional<ServerProcess> process,
        Optional<StepKey> builder) {

    ServerRecord running(ServerProcess now) {
        return new ServerRecord(
                key,
                specification,
                size,
                programs,
                port,
                built,
                role,
                before,
                Optional.of(now),
                builder);
    }

    ServerRecord finished() {
        return new ServerRecord(
                key, specification, size, programs, port, true, role, before, process, builder);
    }

    ServerRecord with(Path programs) {
        return new ServerRecord(
                key, specification, size, programs, port, built, role, before, process, builder);
    }

    /// Counting as built by a step, whoever built it.
    ServerRecord builtBy(StepKey step) {
        return new ServerRecord(
                key,
                specification,
                size,
                programs,
                port,
                built,
                role,
                before,
                process,
                Optional.of(step));
    }

    /// In a role for good.
    ServerRecord as(Role role) {
        return new ServerRecord(
                key,
                specification,
                size,
                programs,
                port,
                built,
                role,
                Optional.empty(),
                process,
                builder);
    }

    /// On trial in another role, from which it may come back.
    ServerRecord trying(Role role) {
        return new ServerRecord(
                key,
                specification,
                size,
                programs,
                port,
                built,
                role,
                Optional.of(this.role),
                process,
                builder);
    }

    /// Not to be started in this role, nor in the one that it may come back to.
    ServerRecord retired() {
        return new ServerRecord(
                key,
                specification,
                size,
                programs,
                port,
                built,
                role.retired(),
                before.map(Role::retired),
                process,
                builder);
    }

    Optional<ServerKey> source() {
        return role.source();
    }

    /// Also while it is tried in another role.
    boolean fenced() {
        return before.orElse(role).fenced();
    }

    /// Whether it was built, and by an order that says the same.
    boolean isOf(BuildOrder order) {
        return built
                && specification.equals(order.specification())
                && source().equals(order.source());
    }

    /// Whether it was built by an order that says the same, for that step.
    boolean isOf(BuildOrder order, StepKey step) {
        return isOf(order) && isOf(Optional.of(step));
    }

    /// Whether it is a step's own: built by that one, or by nobody who is known, as all were before
    /// steps were written down. Where nobody says which step asks, it is anybody's.
    boolean isOf(Optional<StepKey> step) {
        return step.isEmpty() || builder.isEmpty() || builder.equals(step);
    }

    Version version() {
        return specification.version().orElseThrow();
    }

    String toJson() {
        var mapper = JsonMapper.shared();
        var json = mapper.createObjectNode();
        write(json.putObject("server"), key);
        json.put("variant", specification.variant().word());
        json.put("version", version().text());
        var settings = json.putObject("settings");
        specification.settings().forEach(settings::put);
        json.putObject("size").put("memory", size.memory()).put("disk", size.disk());
        json.put("programs", programs.toString());
        json.put("port", port);
        json.put("built", built);
        write(json, role);
        before.ifPresent(it -> write(json.putObject("before"), it));
        process.ifPresent(
                it -> json.putObject("process").put("pid", it.pid()).put("started", it.started()));
        builder.ifPresent(it -> json.put("builder", it.toString()));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    /// Reads what [#toJson] wrote; anything else is a runtime exception that says what is missing.
    static ServerRecord parse(String text) {
        var json = JsonMapper.shared().readTree(text);
        var settings = new TreeMap<String, String>();
        json.required("settings")
                .properties()
                .forEach(it -> settings.put(it.getKey(), it.getValue().stringValue()));
        return new ServerRecord(
                key(json.required("server")),
                new Specification(
                        Variant.of(json.required("variant").stringValue()).orElseThrow(),
                        Optional.of(new Version(json.required("version").stringValue())),
                        settings),
                json.optional("size").map(ServerRecord::size).orElse(Size.USUAL),
                Path.of(json.required("programs").stringValue()),
                json.required("port").intValue(),
                json.required("built").booleanValue(),
                role(json),
                json.optional("before").map(ServerRecord::role),
                json.optional("process").map(ServerRecord::process),
                json.optional("builder").flatMap(it -> StepKey.parse(it.asString(""))));
    }

    private static void write(ObjectNode json, Role role) {
        role.source().ifPresent(it -> write(json.putObject("source"), it));
        if (role.fenced()) json.put("fenced", true);
    }

    private static Role role(JsonNode json) {
        return new Role(
                json.optional("source").map(ServerRecord::key),
                json.optional("fenced").filter(JsonNode::booleanValue).isPresent());
    }

    private static void write(ObjectNode json, ServerKey key) {
        json.put("application", key.application().toString());
        json.put("group", key.group().toString());
        json.put("name", key.server().name());
    }

    private static ServerKey key(JsonNode json) {
        return new ServerKey(
                ApplicationName.parse(json.required("application").stringValue()).orElseThrow(),
                GroupName.parse(json.required("group").stringValue()).orElseThrow(),
                new ServerName(json.required("name").stringValue()));
    }

    private static Size size(JsonNode json) {
        return new Size(json.required("memory").longValue(), json.required("disk").longValue());
    }

    private static ServerProcess process(JsonNode json) {
        return new ServerProcess(
                json.required("pid").longValue(), json.required("started").stringValue());
    }
}
