package dev.assent.manifest;

import dev.assent.manifest.Problem.Severity;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of problem. Their numbers never change: 11.. is about the text and its YAML, 12..
/// about what stands where, 13.. about what it means, 14.. about the server's configuration, 15..
/// about which group may follow which. What each means stands in `codes/ASN….md`.
public enum Code {
    TOO_LARGE("ASN1101", Severity.ERROR, "The file is too large"),
    NOT_UTF8("ASN1102", Severity.ERROR, "The file is not UTF-8"),
    CONTROL_CHARACTER("ASN1103", Severity.ERROR, "The file holds a control character"),
    TAB_INDENTATION("ASN1104", Severity.ERROR, "A tab is used for indentation"),
    INDENTATION("ASN1105", Severity.ERROR, "A line is indented differently from its neighbours"),
    NOT_YAML("ASN1106", Severity.ERROR, "The text is not YAML"),
    UNDEFINED_ALIAS("ASN1107", Severity.ERROR, "An alias names no anchor"),
    DUPLICATE_KEY("ASN1108", Severity.ERROR, "A key stands twice in one place"),
    SEVERAL_DOCUMENTS("ASN1109", Severity.ERROR, "The file holds more than one document"),
    TOO_DEEP("ASN1110", Severity.ERROR, "Values are nested too deep"),
    TOO_MANY_ALIASES("ASN1111", Severity.ERROR, "Too many aliases to follow"),
    RECURSIVE_ALIAS("ASN1112", Severity.ERROR, "A value contains itself"),
    CUSTOM_TAG("ASN1113", Severity.ERROR, "A tag asks for something to be made"),
    KEY_NOT_TEXT("ASN1114", Severity.ERROR, "A key is a mapping or a list"),
    MERGE_NOT_MAPPING("ASN1115", Severity.ERROR, "`<<` merges something that has no keys"),
    TAB_AFTER_VALUE("ASN1116", Severity.WARNING, "A tab stands after a value"),
    TOO_SLOW("ASN1117", Severity.ERROR, "The file takes too long to read"),
    DASH_WITHOUT_SPACE("ASN1118", Severity.WARNING, "A dash has no space behind it"),
    COLON_WITHOUT_SPACE("ASN1119", Severity.ERROR, "A colon has no space behind it"),
    MORE_PROBLEMS("ASN1199", Severity.WARNING, "There are more problems than are shown"),

    NOT_A_MAPPING("ASN1201", Severity.ERROR, "The file is not a mapping of keys"),
    UNKNOWN_COMPONENT("ASN1202", Severity.ERROR, "There is no component of that name"),
    WRONG_TYPE("ASN1203", Severity.ERROR, "A value is of the wrong kind"),
    NOT_ALLOWED("ASN1204", Severity.ERROR, "A value is none of those possible"),
    UNKNOWN_KEY("ASN1205", Severity.ERROR, "There is no such key here"),
    MISSING_KEY("ASN1206", Severity.ERROR, "A key is missing"),
    SHORT_FORM_AND_DEFAULT("ASN1207", Severity.ERROR, "The group `default` is declared twice"),
    KEYS_BESIDE_SERVER("ASN1208", Severity.ERROR, "A server's keys stand beside `server`"),
    GROUPS_WITHOUT_ENGINE("ASN1209", Severity.ERROR, "Groups belong to no engine"),
    NEAR_KEY("ASN1210", Severity.WARNING, "A key is probably misspelt"),
    MISPLACED_KEY("ASN1211", Severity.WARNING, "A key stands in the wrong place"),
    DEPRECATED("ASN1212", Severity.WARNING, "A spelling is out of date"),
    NEAR_COMPONENT("ASN1213", Severity.WARNING, "A component is probably misspelt"),
    NEAR_ENVIRONMENT("ASN1214", Severity.WARNING, "An environment is probably misspelt"),
    NO_EFFECT("ASN1215", Severity.WARNING, "A setting has no effect"),
    KEYS_BESIDE("ASN1216", Severity.ERROR, "Keys stand beside the one that they belong to"),

    BAD_VERSION("ASN1301", Severity.ERROR, "This is no version"),
    UNKNOWN_VARIANT("ASN1302", Severity.ERROR, "The engine has no such variant"),
    VERSION_AS_NUMBER("ASN1303", Severity.WARNING, "YAML changes an unquoted version"),
    BAD_GROUP_NAME("ASN1304", Severity.ERROR, "This cannot name a group"),
    BAD_SERVER_NAME("ASN1305", Severity.ERROR, "This cannot name a server"),
    SERVER_NAME_TWICE("ASN1306", Severity.ERROR, "Two servers have the same name"),
    UNKNOWN_SERVER("ASN1307", Severity.ERROR, "`same_as` names no server"),
    SAME_AS_ITSELF("ASN1308", Severity.ERROR, "A server is the same as itself"),
    SAME_AS_CYCLE("ASN1309", Severity.ERROR, "Servers name each other in a circle"),
    COLLIDING_VARIABLES("ASN1310", Severity.ERROR, "Two groups would have the same variables"),
    SHADOWED_VARIABLE("ASN1311", Severity.ERROR, "A group hides its engine's own variables"),
    TWO_PRIMARIES("ASN1312", Severity.ERROR, "Two groups want to be primary"),

    UNKNOWN_VARIABLE("ASN1401", Severity.ERROR, "A variable gives no setting"),
    UNCLEAR_VARIABLE("ASN1402", Severity.ERROR, "A variable could give several settings"),
    SECRET_IN_VARIABLE("ASN1403", Severity.ERROR, "A variable would give a secret"),
    RULE_NEVER_REACHED("ASN1404", Severity.WARNING, "A rule is never reached"),
    NO_SUCH_FILE("ASN1405", Severity.WARNING, "There is no such file, or it can't be read"),
    OPEN_SECRET("ASN1406", Severity.ERROR, "Everybody can read a secret"),

    FOLLOWS_ITSELF("ASN1501", Severity.ERROR, "A group would follow itself"),
    OTHER_ENGINE("ASN1502", Severity.ERROR, "A group would follow one of another engine"),
    MONGODB_BETWEEN_APPLICATIONS(
            "ASN1503", Severity.ERROR, "MongoDB would replicate between applications"),
    PROVIDER_CANNOT_REPLICATE("ASN1504", Severity.ERROR, "The provider cannot replicate this"),
    OTHER_PROVIDER("ASN1505", Severity.ERROR, "The two groups are built by different providers"),
    NO_SUCH_GROUP("ASN1506", Severity.ERROR, "There is no group to follow"),
    FOLLOWER_ADOPTED("ASN1507", Severity.ERROR, "An adopted group would follow another one"),
    SOURCE_ADOPTED("ASN1508", Severity.ERROR, "A group would follow an adopted one"),
    FOLLOWER_HAS_REPLICAS("ASN1509", Severity.ERROR, "A group with replicas would follow"),
    FOLLOWER_IS_SOURCE("ASN1510", Severity.ERROR, "A group that is followed would follow"),
    SOURCE_IS_REPLICA("ASN1511", Severity.ERROR, "A group that follows would be followed"),
    FOLLOWS_IN_CIRCLE("ASN1512", Severity.ERROR, "Groups would follow each other in a circle"),
    TOO_MANY_HOPS("ASN1513", Severity.ERROR, "Too many groups would follow in a row"),
    INCOMPATIBLE_VERSIONS("ASN1514", Severity.ERROR, "The versions do not replicate");

    private final String id;
    private final Severity severity;
    private final String title;

    Code(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /// What the problem is, in a few words.
    public String title() {
        return title;
    }

    /// The code of an id, in either case; empty when there is none.
    public static Optional<Code> of(String id) {
        return Arrays.stream(values()).filter(code -> code.id.equalsIgnoreCase(id)).findFirst();
    }
}
