package dev.assent.forge.fake;

/// What can go wrong at a forge.
public enum Fault {
    /// It answers 503.
    DOWN,
    /// It never answers.
    SILENT,
    /// It answers a page for people instead of JSON.
    PAGE,
    /// It hangs up before it does anything.
    HANGS_UP,
    /// It does what it was asked and hangs up before it says so.
    HANGS_UP_AFTERWARDS,
    /// It wants to be left alone for 30 seconds, and says so.
    LIMITED,
    /// It wants to be left alone, in the way that it has for clients that write too fast.
    LIMITED_OTHERWISE,
    /// It does not know the token any more.
    TOKEN_REVOKED,
    /// The token lacks a permission.
    FORBIDDEN,
    /// It hides the project from the token.
    HIDDEN
}
