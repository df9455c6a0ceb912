package dev.assent.http.api;

import dev.assent.model.Recorded;
import dev.assent.plan.Neighbours;

/// The record of one application, and of others what has to be known to plan it: the groups that
/// replication connects with its own.
public record ExportedRecord(Recorded recorded, Neighbours neighbours) {}
