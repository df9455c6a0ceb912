package dev.assent.http;

import dev.assent.http.api.HeadsAnswer;
import dev.assent.http.api.HeadsAnswer.Head;
import dev.assent.http.api.HeadsAnswer.Part;
import dev.assent.state.HeadState;
import dev.assent.state.StoredPlan;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/// What is proposed beside the branches: pull requests, other branches.
final class HeadRoutes {

    private final Desk desk;

    HeadRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/heads", this::list);
    }

    private void list(Context context) {
        var name = Optional.ofNullable(context.queryParam("name"));
        var heads =
                desk.heads().stream()
                        .filter(it -> name.map(wanted -> isCalled(it, wanted)).orElse(true))
                        .map(it -> Head.of(it, parts(it)))
                        .toList();
        if (name.isPresent() && heads.isEmpty()) {
            throw Refusal.unknown(
                    "nothing that is planned is called `%s`"
                            .formatted(Question.printable(name.get())),
                    "the repository's `heads` in the configuration say which branches are planned;"
                            + " one that was pushed just now is seen at the next poll");
        }
        context.json(new HeadsAnswer(heads));
    }

    private static boolean isCalled(HeadState head, String name) {
        return head.name().equals(name)
                || head.ref().equals(name)
                || (head.number().isPresent()
                        && name.equals(String.valueOf(head.number().getAsLong())));
    }

    private List<Part> parts(HeadState head) {
        return desk.headPlans(head).stream()
                .map(it -> {
                    var plan = it.digest().flatMap(digest -> desk.plan(digest.toString()));
                    return Part.of(
                            it,
                            plan,
                            plan.filter(StoredPlan::isOpen).map(desk::overlaps).orElse(List.of()));
                })
                .toList();
    }
}
