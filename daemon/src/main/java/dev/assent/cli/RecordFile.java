package dev.assent.cli;

import dev.assent.http.api.ExportedRecord;
import dev.assent.http.api.RecordMistake;
import dev.assent.http.api.RecordReading;
import dev.assent.http.api.Wire;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/// What exists of an application, written down by `assent record` or by hand, to plan against
/// without a daemon.
final class RecordFile {

    private RecordFile() {}

    /// @param application whose record it has to be
    static ExportedRecord read(Path file, ApplicationName application) {
        try {
            var json = Wire.MAPPER.readTree(Files.readAllBytes(file));
            return RecordReading.read(json, application);
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the record " + ManifestFile.why(file, e));
        } catch (JacksonException e) {
            throw Stop.couldNotRun(
                    "%s is not a record: line %d, column %d: %s"
                            .formatted(
                                    file,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        } catch (RecordMistake e) {
            throw Stop.couldNotRun(
                    "%s is not a record: %s; `assent record APP/ENV` prints one"
                            .formatted(file, e.getMessage()));
        }
    }
}
