package dev.assent.http.api;

import java.util.List;

/// The tokens that were not revoked.
public record TokenList(List<TokenSummary> tokens) {}
