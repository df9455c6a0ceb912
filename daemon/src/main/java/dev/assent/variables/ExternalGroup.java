package dev.assent.variables;

import dev.assent.model.Endpoint;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/// An external group, as somebody has said where it stands and how to sign in there.
///
/// @param leads whether the root level points to it where no built group of its engine is primary
public record ExternalGroup(
        GroupName name,
        Endpoint endpoint,
        Optional<String> username,
        Optional<String> database,
        Optional<Secret> password,
        boolean leads) {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern IP_6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern WORD = Pattern.compile("[^\\p{Cntrl}]{1,255}");
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}]{1,4096}");

    /// Takes what can stand in a variable and a URL, and what the engine knows; all else is an
    /// `IllegalArgumentException` whose sentence holds no password.
    public ExternalGroup {
        var engine = name.engine();
        check(
                HOST.matcher(endpoint.host()).matches() || IP_6.matcher(endpoint.host()).matches(),
                "the address is no host name and no IP address; write it without port or URL");
        check(
                username.isEmpty() || engine.hasUsers(),
                engine + " knows no users; leave the user out");
        check(
                database.isEmpty() || engine.hasUsers(),
                engine + " knows no databases by name; leave the database out");
        check(
                password.isEmpty() || engine.hasPassword(),
                engine + " asks for no password; leave it out");
        check(fits(username, WORD), "the user is empty, too long, or not one line");
        check(fits(database, WORD), "the database is empty, too long, or not one line");
        check(
                fits(password.map(Secret::reveal), ONE_LINE),
                "the password is empty, too long, or not one line");
    }

    /// The port that servers of an engine listen at where nobody says otherwise.
    public static int usualPort(Engine engine) {
        return switch (engine) {
            case MYSQL -> 3306;
            case POSTGRESQL -> 5432;
            case REDIS -> 6379;
            case MONGODB -> 27_017;
            case ELASTICSEARCH -> 9200;
            case MEMCACHED -> 11_211;
            case INFLUXDB -> 8086;
        };
    }

    /// The same, leading its engine or not.
    public ExternalGroup leading(boolean leads) {
        return new ExternalGroup(name, endpoint, username, database, password, leads);
    }

    private static boolean fits(Optional<String> text, Pattern pattern) {
        return text.map(it -> pattern.matcher(it).matches()).orElse(true);
    }

    private static void check(boolean right, String otherwise) {
        if (!right) throw new IllegalArgumentException(otherwise);
    }
}
