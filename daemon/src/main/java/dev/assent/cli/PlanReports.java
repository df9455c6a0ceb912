package dev.assent.cli;

import dev.assent.manifest.Look;
import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.plan.Plan;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.plan.render.PlanText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// The forms of what `plan` prints.
final class PlanReports {

    private PlanReports() {}

    /// For a person: plans with an empty line in between.
    static PlanReport text(PrintWriter out, Look look) {
        return new PlanReport() {
            private String between = "";

            @Override
            public Runnable rendered(Plan plan) {
                var text = PlanText.of(plan, look, Estimates.NONE);
                return () -> {
                    out.print(between);
                    out.print(text);
                    between = "\n";
                };
            }

            @Override
            public void end() {}
        };
    }

    /// Plans for a pull request, which share the room of one comment.
    ///
    /// @param recorded the record that a plan was made against, where it is at hand
    static PlanReport markdown(
            PrintWriter out, Function<ApplicationName, Optional<Recorded>> recorded) {
        var plans = new ArrayList<Plan>();
        return new PlanReport() {
            @Override
            public Runnable rendered(Plan plan) {
                return () -> plans.add(plan);
            }

            @Override
            public void end() {
                Function<Plan, Optional<Recorded>> before = it -> recorded.apply(it.application());
                out.print(
                        plans.size() == 1
                                ? PlanMarkdown.of(
                                        plans.getFirst(),
                                        before.apply(plans.getFirst()),
                                        Estimates.NONE)
                                : PlanMarkdown.of(plans, before));
            }
        };
    }

    /// One plan as JSON.
    static PlanReport json(PrintWriter out) {
        return new PlanReport() {
            @Override
            public Runnable rendered(Plan plan) {
                var json = PrintOptions.json(PlanJson.write(plan));
                return () -> out.print(json);
            }

            @Override
            public void end() {}
        };
    }

    /// A list of plans as JSON.
    static PlanReport jsonList(PrintWriter out) {
        JsonGenerator json = ValidateJson.generator(out);
        json.writeStartObject();
        json.writeNumberProperty("version", 1);
        json.writeArrayPropertyStart("plans");
        return new PlanReport() {
            @Override
            public Runnable rendered(Plan plan) {
                // No text in JSON has a line end of its own: all of them can be indented.
                var nested = PrintOptions.json(PlanJson.write(plan)).strip().replace("\n", "\n  ");
                return () -> json.writeRawValue(nested);
            }

            @Override
            public void end() {
                json.close();
                out.println();
            }
        };
    }
}
