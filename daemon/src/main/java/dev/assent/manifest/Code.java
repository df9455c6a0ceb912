package dev.assent.manifest;

import dev.assent.manifest.Problem.Severity;

/// The kinds of problem; their numbers never change.
public enum Code {
    TAB_INDENTATION("ASN1104", Severity.ERROR);

    private final String id;
    private final Severity severity;

    Code(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }
}
