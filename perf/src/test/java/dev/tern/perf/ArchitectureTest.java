package dev.tern.perf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may never touch. */
@AnalyzeClasses(packages = "dev.tern.perf", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SHOULD_KNOW_OTHER_STACKS_ONLY_IN_PROCESSES_OF_THEIR_OWN =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.tern.perf.compare.end", "dev.tern.perf.interop.peer")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.netty..", "tech.kwik..");
}
