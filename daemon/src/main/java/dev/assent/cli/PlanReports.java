package dev.assent.cli;

import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanText;
import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;

/// The forms of what `plan` prints.
final class PlanReports {

    private PlanReports() {}

    /// For a person: plans with an empty line in between.
    static PlanReport text(PrintWriter out, boolean colour) {
        return new PlanReport() {
            private String between = "";

            @Override
            public Runnable rendered(Plan plan) {
                var text = PlanText.of(plan, colour);
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
