package dev.assent.forge.fake;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Holds requests and answers against a forge's own description of its API, and remembers what did
/// not fit.
class Checks {

    /// What every operation may answer, whether or not its description says so.
    private static final Set<Integer> EVERYWHERE =
            Set.of(304, 400, 401, 403, 404, 410, 422, 429, 500, 502, 503);

    private final OpenApi description;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Checks(OpenApi description) {
        this.description = description;
    }

    OpenApi description() {
        return description;
    }

    /// Whether there is such a request at all, and as it stands.
    boolean request(Call call) {
        var operation = description.operation(call.method(), call.path());
        if (operation.isEmpty()) {
            complain(call, "there is no such request");
            return false;
        }
        var wrong =
                new java.util.ArrayList<>(description.checkQuery(operation.get(), call.query()));
        wrong.addAll(description.checkBody(operation.get(), call.body()));
        wrong.forEach(it -> complain(call, it));
        return wrong.isEmpty();
    }

    void answer(Call call, Reply reply) {
        var operation = description.operation(call.method(), call.path()).orElseThrow();
        if (EVERYWHERE.contains(reply.status())
                && operation.answer(reply.status()).isMissingNode()) {
            return;
        }
        description
                .checkAnswer(operation, reply.status(), reply.body())
                .forEach(it -> complain(call, "answer " + reply.status() + ": " + it));
    }

    void complain(Call call, String what) {
        complaints.add(call.method() + " " + call.path() + ": " + what);
    }

    void complain() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(
                    "not as the forge describes its API:\n" + String.join("\n", complaints));
        }
    }
}
