package dev.assent.state;

/// Where the record is kept.
public sealed interface RecordPlace permits RecordFile, RecordServer {}
