package dev.assent.forge;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a forge answered.
record Answer(int status, HttpHeaders headers, String body) {

    private static final Pattern TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]*\"");
    private static final Pattern NEXT =
            Pattern.compile("<[^<>?]*\\?(?<query>[^<>]*)>\\s*;[^,]*\\brel=\"?next\\b");

    /// By which the forge knows this answer again.
    Optional<String> tag() {
        return headers.firstValue("ETag").filter(it -> TAG.matcher(it).matches());
    }

    /// The query of the next page. Nothing but the query is taken from the link, so that it can't
    /// lead elsewhere, and a forge that doesn't know its own address can still be read.
    Optional<String> next() {
        return headers.allValues("Link").stream()
                .map(NEXT::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(it -> it.group("query"))
                .findFirst();
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    boolean isOutage() {
        return status >= 500;
    }

    boolean isMissing() {
        return status == 404 || status == 410;
    }
}
