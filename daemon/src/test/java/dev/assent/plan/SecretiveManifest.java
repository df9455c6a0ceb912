package dev.assent.plan;

import java.util.List;
import java.util.Locale;

/// Writes manifests of people who keep passwords in them, wherever there is room for one. Each
/// password holds the word `canary`, which nothing else does.
final class SecretiveManifest {

    private static final List<String> NAMES =
            List.of(
                    "password",
                    "PASSWORD",
                    "db_password",
                    "root-passwd",
                    "pwd",
                    "pass",
                    "passphrase",
                    "secret_key_base",
                    "aws_secret_access_key",
                    "api_key",
                    "apiKey",
                    "access-key",
                    "private_key",
                    "auth_token",
                    "credentials");

    private final Dice dice;
    private final StringBuilder yaml = new StringBuilder();
    private int planted;

    private SecretiveManifest(Dice dice) {
        this.dice = dice;
    }

    static String of(Dice dice) {
        var manifest = new SecretiveManifest(dice);
        for (var engine : List.of("mysql", "postgresql", "memcached")) manifest.component(engine);
        return manifest.yaml.toString();
    }

    private void component(String engine) {
        line(0, engine + ":");
        line(1, "groups:");
        for (var group : List.of("main", "spare")) {
            if (dice.chance(20)) continue;
            line(2, group + ":");
            line(3, "configuration:");
            line(4, "encoding: " + dice.oneOf(List.of("UTF8", "LATIN1")));
            line(4, "tamper_with_yml: " + dice.chance(50));
            secrets(4);
            if (dice.chance(50)) {
                line(4, "users:");
                line(5, "admin:");
                line(6, "name: admin");
                secrets(6);
            }
            line(3, "servers:");
            for (var number = 1; number <= 1 + dice.below(2); number++) {
                line(3, "- server:");
                line(5, "unique_name: %s-%s-%d".formatted(engine, group, number));
                line(5, "size: " + dice.oneOf(List.of("small", "large")));
                secrets(5);
            }
        }
        line(2, "last:");
        line(3, "configuration: {encoding: UTF8}");
    }

    private void secrets(int depth) {
        if (dice.chance(60)) line(depth, secret());
        if (dice.chance(40)) {
            line(
                    depth,
                    "source_%d: mysql://root:%s@db.example.org/shop"
                            .formatted(++planted, canary()));
        }
    }

    private String secret() {
        // A number of its own, so that no key stands twice in a mapping.
        var key = dice.oneOf(NAMES) + (dice.chance(50) ? "_" + ++planted : "");
        // The schema knows `password`, and that it is one text.
        return switch (dice.below(key.equals("password") ? 3 : 5)) {
            case 0 -> "%s: \"%s\"".formatted(key, canary());
            case 1 -> "%s: '%s'".formatted(key, canary().toUpperCase(Locale.ROOT));
            case 2 -> "%s: %s".formatted(key, canary());
            case 3 -> "%s: [%s, %s]".formatted(key, canary(), canary());
            default -> "%s: {value: %s}".formatted(key, canary());
        };
    }

    private String canary() {
        return "canary" + ++planted;
    }

    private void line(int depth, String text) {
        yaml.append("  ".repeat(depth)).append(text).append('\n');
    }
}
