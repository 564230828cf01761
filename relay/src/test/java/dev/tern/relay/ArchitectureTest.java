package dev.tern.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** What this module may never touch. */
@AnalyzeClasses(packages = "dev.tern.relay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SHOULD_NOT_KNOW_WHAT_IS_BUILT_BESIDE_OR_ON_IT =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.nat..", "dev.tern.peer..", "dev.tern.quic.sim..");

    @ArchTest
    static final ArchRule SHOULD_LEAVE_INPUT_AND_OUTPUT_TO_IO =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tern.relay.io..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.quic.io..", "dev.tern.relay.io..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_BOTH_ENDS_APART =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.relay.client..")
                    .or()
                    .resideInAPackage("dev.tern.relay.control..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tern.relay.server..");

    @ArchTest
    static final ArchRule SHOULD_SERVE_WITHOUT_A_CLIENT =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.relay.server..")
                    .or()
                    .resideInAPackage("dev.tern.relay.control..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tern.relay.client..");

    @ArchTest
    static final ArchRule SHOULD_READ_NO_CLOCK =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tern.relay.io..")
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("java.time..");

    @ArchTest
    static final ArchRule SHOULD_MAKE_NO_RANDOMNESS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tern.relay.io..")
                    .should()
                    .callConstructor(SecureRandom.class)
                    .orShould()
                    .callMethod(SecureRandom.class, "getInstance", String.class)
                    .orShould()
                    .callMethod(SecureRandom.class, "getInstanceStrong")
                    .orShould()
                    .callConstructor(Random.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocalRandom.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(SplittableRandom.class);

    @ArchTest
    static final ArchRule SHOULD_START_NO_THREAD_AND_OPEN_NO_SOCKET =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tern.relay.io..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.channels..", "java.util.concurrent..", "java.lang.foreign..");
}
