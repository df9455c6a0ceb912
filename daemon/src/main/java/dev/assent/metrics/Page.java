package dev.assent.metrics;

/// What a scrape is answered with.
public record Page(String contentType, String text) {}
