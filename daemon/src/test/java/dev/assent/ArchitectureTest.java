package dev.assent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    /// The floors of the house from the ground up: each uses only those before it.
    private static final List<String> FLOORS =
            List.of(
                    "failpoint",
                    "systemd",
                    "observation",
                    "model",
                    "log",
                    "trace",
                    "manifest",
                    "plan",
                    "variables",
                    "state",
                    "source",
                    "approval",
                    "engine",
                    "provider",
                    "apply",
                    "forge",
                    "configuration",
                    "reconcile",
                    "metrics",
                    "http",
                    "doctor",
                    "cli");

    private static final Pattern EMPTY_WORDS =
            Pattern.compile("util|common|impl|dto|service|manager|helper|base|abstract|data|info");

    private static final JavaClasses ASSENT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.assent");

    static List<String> floors() {
        return FLOORS;
    }

    @ParameterizedTest
    @MethodSource("floors")
    void a_floor_uses_only_the_floors_beneath_it(String floor) {
        var above = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
        var forbidden = above.stream().map(it -> "dev.assent." + it + "..").toArray(String[]::new);

        if (forbidden.length == 0) return;
        noClasses()
                .that(resideInAPackage("dev.assent." + floor + ".."))
                .should(dependOnClassesThat(resideInAnyPackage(forbidden)))
                .allowEmptyShould(true)
                .check(ASSENT);
    }

    @Test
    void every_class_has_its_place() {
        assertThat(ASSENT)
                .allSatisfy(it ->
                        assertThat(it.getPackageName())
                                .matches(
                                        "dev\\.assent(\\.("
                                                + String.join("|", FLOORS)
                                                + ")(\\..*)?)?"));
    }

    @Test
    void only_what_puts_the_daemon_together_stands_above_the_floors() {
        assertThat(ASSENT.stream().filter(it -> it.getPackageName().equals("dev.assent")))
                .extracting(ArchitectureTest::outermost)
                .isSubsetOf(
                        "Main",
                        "Wiring",
                        "Loaded",
                        "Counting",
                        "InForce",
                        "Entry",
                        "Reloading",
                        "Tracing",
                        "StatusLine",
                        "Node",
                        "package-info");
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.assent.(**)").should().beFreeOfCycles().check(ASSENT);
    }

    @Test
    void deciding_is_pure() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "dev.assent.model..",
                                "dev.assent.manifest..",
                                "dev.assent.plan..",
                                "dev.assent.variables.."))
                .should(
                        dependOnClassesThat(
                                resideInAnyPackage(
                                                "java.nio.file..",
                                                "java.net..",
                                                "java.sql..",
                                                "java.time..",
                                                "org.slf4j..")
                                        .or(
                                                JavaClass.Predicates.belongToAnyOf(
                                                        java.io.File.class,
                                                        java.io.FileInputStream.class,
                                                        ProcessBuilder.class,
                                                        Process.class,
                                                        Thread.class))))
                .check(ASSENT);
    }

    @Test
    void each_part_of_the_outside_world_has_one_door() {
        onlyIn("org.eclipse.jgit..", "dev.assent.source..");
        onlyIn("org.apache.sshd..", "dev.assent.source..");
        onlyIn("org.bouncycastle..", "dev.assent.source.signature..");
        onlyIn("org.jdbi..", "dev.assent.state..");
        onlyIn("org.flywaydb..", "dev.assent.state..");
        onlyIn("java.sql..", "dev.assent.state..", "dev.assent.engine..");
        onlyIn("io.javalin..", "dev.assent.http..");
        onlyIn("picocli..", "dev.assent.cli..", "dev.assent");
        onlyIn(
                "org.quartz..",
                "dev.assent.reconcile..",
                "dev.assent.approval..",
                "dev.assent.state..");
        onlyIn("org.yaml..", "dev.assent.manifest..");
        onlyIn("com.nimbusds..", "dev.assent.http.oidc..");
        onlyIn("org.commonmark..", "dev.assent.forge.command..");
        onlyIn("eu.maveniverse..", "dev.assent.provider.local..");
        onlyIn("java.lang.foreign..", "dev.assent.systemd..");
        onlyIn("ch.qos.logback..", "dev.assent.log..");
        onlyIn("io.opentelemetry..", "dev.assent.trace.otlp..");
        onlyIn("io.micrometer..", "dev.assent.metrics..");
        onlyIn("io.prometheus..", "dev.assent.metrics..");
    }

    @Test
    void forges_do_not_know_each_other() {
        var forges = List.of("GitHub", "GitLab", "Gitea");
        for (var one : forges) {
            for (var other : forges) {
                if (one.equals(other)) continue;
                noClasses()
                        .that()
                        .haveFullyQualifiedName("dev.assent.forge." + one)
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("dev.assent.forge." + other)
                        .check(ASSENT);
            }
        }
    }

    private static void onlyIn(String part, String... places) {
        noClasses()
                .that(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(places)))
                .should(dependOnClassesThat(resideInAPackage(part)))
                .check(ASSENT);
    }

    @Test
    void only_apply_commands_a_provider() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "dev.assent.configuration..",
                                "dev.assent.http..",
                                "dev.assent.cli.."))
                .should()
                .callMethod(
                        "dev.assent.provider.Provider",
                        "build",
                        "dev.assent.provider.BuildOrder",
                        "dev.assent.provider.Progress")
                .orShould()
                .callMethod(
                        "dev.assent.provider.Provider",
                        "remove",
                        "dev.assent.model.ServerKey",
                        "dev.assent.provider.Progress")
                .check(ASSENT);
    }

    @Test
    void an_approval_is_made_by_the_store_alone() {
        classes()
                .that()
                .haveFullyQualifiedName("dev.assent.state.Approval")
                .should()
                .haveOnlyPrivateConstructors()
                .orShould()
                .bePublic()
                .check(ASSENT);
        assertThat(ASSENT.get("dev.assent.state.Approval").getConstructors())
                .noneMatch(it -> it.getModifiers().contains(JavaModifier.PUBLIC));
    }

    /// A policy is the server's own file: whatever reads repositories can't even read one.
    @Test
    void a_policy_is_read_where_the_daemon_is_put_together_and_by_commands_alone() {
        noClasses()
                .that(
                        com.tngtech.archunit.base.DescribedPredicate.not(
                                resideInAnyPackage(
                                        "dev.assent",
                                        "dev.assent.approval..",
                                        "dev.assent.doctor..",
                                        "dev.assent.cli..")))
                .should()
                .dependOnClassesThat()
                .haveSimpleNameStartingWith("PolicyRead")
                .check(ASSENT);
    }

    @Test
    void no_name_is_an_empty_word() {
        assertThat(ASSENT)
                .allSatisfy(it -> {
                    for (var word : it.getPackageName().split("\\.")) {
                        assertThat(word).doesNotMatch(EMPTY_WORDS);
                    }
                    for (var word : it.getSimpleName().split("(?=\\p{Lu})")) {
                        assertThat(word.toLowerCase(Locale.ROOT))
                                .as(it.getName())
                                .doesNotMatch(EMPTY_WORDS);
                    }
                });
    }

    private static String outermost(JavaClass it) {
        var name = it.getName().substring("dev.assent.".length());
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    /// All that carry virtual threads can come to wait for a class that is being loaded, which pins
    /// them, while whoever loads it waits for a virtual thread: then the daemon stands still for
    /// good. Seen on two cores, right after a start.
    @Test
    void no_thread_is_virtual() {
        noClasses()
                .should()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .callMethod(java.util.concurrent.Executors.class, "newVirtualThreadPerTaskExecutor")
                .check(ASSENT);
    }
}
