package dev.assent.http;

import dev.assent.http.api.AuditVerification;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/// The record as a whole: its backup, its export, and whether nobody wrote in it who should not.
final class ArchiveRoutes {

    private static final String LINES = "application/x-ndjson";

    private final Desk desk;

    ArchiveRoutes(Desk desk) {
        this.desk = desk;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/audit/verification", this::verification);
        routes.get("/api/v1/audit/export", this::exportAudit);
        routes.post("/api/v1/record/backup", this::backup);
        routes.get("/api/v1/record/export", this::exportRecord);
    }

    private void verification(Context context) {
        context.json(
                AuditVerification.of(
                        desk.archive().verify("true".equals(context.queryParam("published")))));
    }

    private void exportAudit(Context context) {
        context.contentType(LINES);
        desk.archive().exportAudit(context.outputStream());
    }

    private void backup(Context context) {
        desk.archive()
                .backup(
                        Caller.of(context).who(),
                        file -> {
                            context.contentType("application/zip");
                            try {
                                Files.copy(file, context.outputStream());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private void exportRecord(Context context) {
        context.contentType(LINES);
        desk.archive().exportRecord(Caller.of(context).who(), context.outputStream());
    }
}
