package dev.assent.variables;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.model.Endpoint;

/// Pieces of URLs.
public final class UrlText {

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private UrlText() {}

    /// A text in which nothing is taken for a part of the URL (RFC 3986, percent-encoding).
    public static String encoded(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(UTF_8)) {
            var character = (char) (octet & 0xff);
            if (UNRESERVED.indexOf(character) >= 0) encoded.append(character);
            else encoded.append("%%%02X".formatted((int) character));
        }
        return encoded.toString();
    }

    /// Host and port; an IPv6 address in brackets.
    static String authority(Endpoint endpoint) {
        var host = endpoint.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + endpoint.port();
    }
}
