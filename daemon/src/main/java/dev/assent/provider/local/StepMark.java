package dev.assent.provider.local;

import dev.assent.plan.StepKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The step of a plan that something was done to a server for last, in the file `step.json` of its
/// folder: written before anything is touched, and again when it is done.
///
/// @param what what it is, in words
record StepMark(StepKey step, String what, boolean done) {

    static final String FILE = "step.json";

    StepMark ended() {
        return new StepMark(step, what, true);
    }

    /// Has it on the disk.
    void write(Path folder) throws IOException {
        var mapper = JsonMapper.shared();
        var json = mapper.createObjectNode();
        json.put("step", step.toString()).put("what", what).put("done", done);
        Durable.replace(
                folder.resolve(FILE),
                mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    /// The mark in a server's folder; empty where there is none that can be read.
    static Optional<StepMark> read(Path folder) throws IOException {
        try {
            var json = JsonMapper.shared().readTree(Files.readString(folder.resolve(FILE)));
            return StepKey.parse(json.path("step").asString(""))
                    .map(it ->
                            new StepMark(
                                    it,
                                    json.path("what").asString(""),
                                    json.path("done").asBoolean(false)));
        } catch (NoSuchFileException | JacksonException _) {
            return Optional.empty();
        }
    }
}
