package dev.assent.plan.render;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerName;
import dev.assent.model.ServerSpec;
import dev.assent.model.Specification;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.plan.Because;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Effect;
import dev.assent.plan.Given;
import dev.assent.plan.Notice;
import dev.assent.plan.Plan;
import dev.assent.plan.Plan.PlannedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Plans in which every text that somebody else could have written means harm. The same seed always
/// gives the same plan.
final class HostileTexts {

    private static final List<String> HARM =
            List.of(
                    "@ada",
                    "@acme/team",
                    "#1",
                    "GH-12",
                    "acme/shop#7",
                    "acme/shop@deadbeef",
                    "0123456789abcdef0123456789abcdef01234567",
                    "deadbeefcafe",
                    "https://evil.example",
                    "www.evil.example",
                    "mail@evil.example",
                    "mailto:",
                    "<script>",
                    "</details>",
                    "<summary>",
                    "<!--",
                    "-->",
                    "<img src=x onerror=y>",
                    "<a href='x'>",
                    "![x](y)",
                    "[x](https://evil.example)",
                    "[x]: /y",
                    "[x]",
                    "]",
                    "`",
                    "``",
                    "```",
                    "````sh",
                    "~~~",
                    "|",
                    "\\",
                    "\\|",
                    "\\`",
                    "*",
                    "**",
                    "_",
                    "__",
                    "~~",
                    "$",
                    "$$",
                    "$`x`$",
                    ":smile:",
                    "---",
                    "===",
                    "# x",
                    "> x",
                    "- x",
                    "1. x",
                    "1)",
                    "+",
                    "    x",
                    "\t",
                    "\n",
                    "\r\n",
                    "\n\n",
                    "\u0000",
                    "\u001b[2J",
                    "\u202e",
                    "\u2066",
                    "\u200b",
                    "\u2028",
                    "\ufeff",
                    "\u00a0",
                    "\ud800",
                    "&lt;",
                    "&#64;",
                    "&",
                    "closes",
                    "fixes",
                    "word",
                    "two words",
                    "é",
                    "数据",
                    "🙂",
                    "%s",
                    "%%",
                    "\"",
                    "'",
                    "]]>",
                    "{{x}}",
                    "end\n  subgraph x",
                    "\"]",
                    "-->|x|",
                    ";",
                    "a:b",
                    " ",
                    "");

    private final Random random;

    HostileTexts(long seed) {
        this.random = new Random(seed);
    }

    /// A plan with some changes and notices.
    Plan plan() {
        return new Plan(
                Given.SHOP,
                random.nextInt(9),
                IntStream.rangeClosed(1, 1 + random.nextInt(8)).mapToObj(this::change).toList(),
                Stream.generate(this::notice).limit(random.nextInt(4)).toList(),
                random.nextInt(3));
    }

    private PlannedChange change(int number) {
        return new PlannedChange(
                random.nextInt(4) == 0 ? text() : "c" + number,
                change(),
                because(),
                Stream.generate(this::text).limit(random.nextInt(6)).toList(),
                new Effect(names(), names(), names()),
                text());
    }

    private Because because() {
        return switch (random.nextInt(3)) {
            case 0 -> new Because.Declared(place(), Optional.of(text()));
            case 1 -> new Because.Asked(text(), text());
            default -> new Because.Found(text());
        };
    }

    private Change change() {
        var group = group();
        var server = new ServerSpec(new ServerName("pg-1"), settings());
        return switch (random.nextInt(5)) {
            case 0 ->
                    new CreateGroup(
                            group,
                            new Specification(
                                    Variant.POSTGRESQL,
                                    Optional.of(new Version("17.11")),
                                    settings()),
                            Origin.MANIFEST,
                            List.of(server),
                            random.nextBoolean());
            case 1 ->
                    new ChangeSetting(group, Optional.empty(), text(), Optional.of(text()), text());
            case 2 -> new AddServer(group, server);
            case 3 -> new StartReplication(group, new GroupAddress(Given.SHOP, group()));
            default -> new RemoveGroup(group, List.of(new ServerName("pg-9")));
        };
    }

    private Notice notice() {
        return new Notice(
                Notice.Code.NOT_BUILT,
                Optional.of(group()),
                text(),
                Optional.of(place()),
                Stream.generate(this::text).limit(random.nextInt(4)).toList());
    }

    private GroupName group() {
        var names = List.of("main", "a_b-c", "名", "__x__", "Über", "1");
        // What a name can begin with is limited, and that is kept.
        var name = names.get(random.nextInt(names.size()));
        return Given.group("postgresql/" + (GroupName.isName(name) ? name : "g" + name));
    }

    private Place place() {
        return Place.at(text(), 1 + random.nextInt(99), 1);
    }

    private SortedMap<String, String> settings() {
        var settings = new TreeMap<String, String>();
        for (var i = random.nextInt(3); i > 0; i--) settings.put(text(), text());
        return settings;
    }

    private SortedSet<String> names() {
        return Stream.concat(
                        Stream.of("POSTGRESQL_MAIN_URL"),
                        Stream.generate(this::text).limit(random.nextInt(3)))
                .limit(random.nextInt(4))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Several pieces of harm, joined by nothing or by a space, now and then very long.
    String text() {
        var pieces = new ArrayList<String>();
        for (var i = random.nextInt(6); i >= 0; i--)
            pieces.add(HARM.get(random.nextInt(HARM.size())));
        var text = String.join(random.nextBoolean() ? "" : " ", pieces);
        return random.nextInt(50) == 0 ? text.repeat(300) : text;
    }
}
