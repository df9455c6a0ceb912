package dev.assent.manifest;

import static dev.assent.manifest.Manifests.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong, nothing that names itself a secret is told.
class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:\n  configuration:\n    password: hunter2\n    version: x\n",
                "redis:\n  configuration:\n    password: hunter2\n      deeper: x\n",
                "redis:\n  configuration:\n    password hunter2\n    version: x\n",
                "redis:\n  configuration:\n    root_password hunter2\n    version: x\n",
                "redis:\n  configuration:\n    password:hunter2\n    engine:percona\n",
                "redis:\n  configuration:\n    password: *hunter2\n",
                "redis:\n  configuration:\n    password: |\n      hunter2\n    version: x\n",
                "redis:\n  configuration:\n    password:\n      hunter2\n    version: x\n",
                "redis:\n  configuration:\n    password: [hunter2]\n    version: x\n",
                "redis:\n  configuration: {password: hunter2, version: x}\n",
                "redis:\n  configuration: {password: \"hunter2, x\", versoin: 7}\n",
                "redis:\n  configuration:\n    secret_key: @hunter2\n",
                "redis:\n  configuration:\n    API_KEY: hunter2\n    version: x\n",
                "redis:\n  configuration:\n    PASSWD: hunter2\n    version: x\n",
                "redis:\n  configuration:\n    DB_PWD: hunter2\n    version: x\n",
                "redis:\n  configuration:\n    passwords: [aaa, hunter2]\n    version: x\n",
                "redis:\n  configuration:\n    pass: @hunter2\n",
                "redis:\n  configuration:\n    auth_token: 'hunter2\n    version: x\n",
                "redis:\n  configuration:\n    url: mysql://root:hunter2@db\n    version: x\n",
                "redis:\n  configuration:\n    version: mysql://root:hunter2@db\n",
                "redis:\n\tconfiguration:\n\t\tpassword: hunter2\n\t\tversion: x\n",
                "redis: {password: hunter2, server: extern, configuration: [hunter2]}\n",
            })
    void a_secret_is_not_told_in_any_way(String yaml) {
        var problems = problems(yaml);

        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).doesNotContain("hunter2");
        assertThat(problems).extracting(ProblemText::of).noneMatch(it -> it.contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rails: {passenger: {enterprise: false}}\nredis: {configuration: {version: x}}\n",
                "redis: {server: {ssh_key_name: ops, key_name: Default, unique_name: a b}}\n"
            })
    void what_is_no_secret_is_shown(String yaml) {
        assertThat(problems(yaml).getFirst().lines().toString()).doesNotContain("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:\n  configuration: {version: 7, password: hunter2, engne: redis}\n",
                "redis:\n\tconfiguration:\n\t\tpassword: hunter2\n"
            })
    void no_line_is_mended_that_would_lose_its_secret(String yaml) {
        assertThat(problems(yaml)).allMatch(it -> it.mended().isEmpty());
    }
}
