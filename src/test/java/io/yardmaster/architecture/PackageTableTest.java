package io.yardmaster.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The package table of docs/architecture.md, held: who may use whom. */
@AnalyzeClasses(packages = "io.yardmaster", importOptions = DoNotIncludeTests.class)
final class PackageTableTest {
    private static final String ROOT = "io.yardmaster.";

    /** Each package and the packages it may use. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry("database", List.of()),
            entry("audit", List.of("database")),
            entry("security", List.of("database", "audit")),
            entry("calendar", List.of("database", "audit")),
            entry("timetable", List.of("calendar")),
            entry("task", List.of()),
            entry("job", List.of("database", "audit", "task")),
            entry("node", List.of("database", "audit")),
            entry("lock", List.of("database", "audit")),
            entry("run", List.of("database", "audit", "job")),
            entry("queue", List.of("database", "audit", "job", "run", "lock")),
            entry("trigger", List.of("database", "audit", "calendar", "timetable", "job", "run", "queue")),
            entry("dispatch", List.of("database", "audit", "job", "node", "run", "queue", "lock")),
            entry("output", List.of("database", "run")),
            entry("workflow", List.of("database", "audit", "job", "run", "queue", "lock", "calendar", "security")),
            entry("insight", List.of("database", "job", "run", "queue", "node", "trigger", "dispatch")),
            entry(
                    "alert",
                    List.of("database", "audit", "job", "run", "queue", "node", "trigger", "dispatch", "security")),
            entry("protocol", List.of("task")),
            entry(
                    "agent",
                    List.of(
                            "database",
                            "job",
                            "node",
                            "run",
                            "queue",
                            "lock",
                            "dispatch",
                            "output",
                            "security",
                            "protocol")),
            entry("worker", List.of("task", "protocol")));

    /** May use everything, but for the worker from web. */
    private static final List<String> ON_TOP = List.of("web", "app");

    @ArchTest
    void packages_use_only_what_the_table_allows(JavaClasses all) {
        MAY_USE.forEach((name, allowed) -> {
            String[] others = Stream.concat(MAY_USE.keySet().stream(), ON_TOP.stream())
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(all);
        });
    }

    @ArchTest
    void every_package_is_on_the_table(JavaClasses all) {
        Set<String> found = all.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(MAY_USE.keySet());
        known.addAll(ON_TOP);
        assertThat(known).containsAll(found);
    }

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_trigger_knows_quartz = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "trigger..", ROOT + "timetable..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.quartz..");

    @ArchTest
    static final ArchRule the_web_never_runs_tasks = noClasses()
            .that()
            .resideInAPackage(ROOT + "web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "worker..", ROOT + "app..")
            .allowEmptyShould(true);
}
