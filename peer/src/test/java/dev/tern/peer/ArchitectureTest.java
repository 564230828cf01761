package dev.tern.peer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The modules' arrows of DESIGN §2, seen from the one that joins them, and its own packages'. */
@AnalyzeClasses(packages = "dev.tern", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Programs: they may do what protocol code may not. */
    private static final String[] PROGRAMS = {
        "dev.tern..io..",
        "dev.tern.peer.cli..",
        "dev.tern.peer.demo..",
        "dev.tern.peer.inspect..",
        "dev.tern.peer.interop.."
    };

    @ArchTest
    static final ArchRule SHOULD_LET_CRYPTO_KNOW_NOBODY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.crypto..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tern.quic..",
                            "dev.tern.nat..",
                            "dev.tern.relay..",
                            "dev.tern.peer..");

    @ArchTest
    static final ArchRule SHOULD_LET_QUIC_KNOW_CRYPTO_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.quic..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.nat..", "dev.tern.relay..", "dev.tern.peer..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_NAT_FROM_RELAY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.nat..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.relay..", "dev.tern.peer..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_RELAY_FROM_NAT =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.relay..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.nat..", "dev.tern.peer..");

    @ArchTest
    static final ArchRule SHOULD_BE_USED_BY_NOTHING_BELOW_PERF_AND_FUZZ =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.perf..", "dev.tern.fuzz..");

    @ArchTest
    static final ArchRule SHOULD_LEAVE_SIMULATED_LINKS_TO_SIMULATION_AND_DEMO =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.tern.quic.sim..",
                            "dev.tern.nat.emulator..",
                            "dev.tern.peer.demo.io..",
                            "dev.tern.peer.io.rehearsal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.tern.quic.sim..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_PEERS_SANS_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.tern.peer", "dev.tern.peer.life..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tern..io..",
                            "dev.tern.quic.api..",
                            "dev.tern.peer.cli..",
                            "dev.tern.peer.demo..",
                            "dev.tern.peer.transfer..",
                            "java.nio.channels..",
                            "java.util.concurrent..",
                            "java.time..");

    @ArchTest
    static final ArchRule SHOULD_LET_THE_LIFE_CYCLE_DEPEND_ON_NOTHING =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer.life..")
                    .should()
                    .dependOnClassesThat(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates
                                    .resideOutsideOfPackages("java..", "dev.tern.peer.life.."));

    @ArchTest
    static final ArchRule SHOULD_READ_CLOCKS_IN_PROGRAMS_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .and()
                    .resideOutsideOfPackages(PROGRAMS)
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule SHOULD_MAKE_RANDOMNESS_IN_PROGRAMS_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .and()
                    .resideOutsideOfPackages(PROGRAMS)
                    .should()
                    .callConstructor(SecureRandom.class)
                    .orShould()
                    .callConstructor(Random.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule SHOULD_START_THREADS_IN_PROGRAMS_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .and()
                    .resideOutsideOfPackages(PROGRAMS)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule SHOULD_OPEN_CHANNELS_IN_IO_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .and()
                    .resideOutsideOfPackage("dev.tern..io..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.nio.channels..");

    @ArchTest
    static final ArchRule SHOULD_LEAVE_THE_COMMAND_LINE_TO_PROGRAMS =
            noClasses()
                    .that()
                    .resideInAPackage("dev.tern.peer..")
                    .and()
                    .resideOutsideOfPackages(
                            "dev.tern.peer.cli..",
                            "dev.tern.peer.demo..",
                            "dev.tern.peer.inspect..",
                            "dev.tern.peer.interop..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tern.peer.cli..",
                            "dev.tern.peer.demo..",
                            "dev.tern.peer.inspect..",
                            "dev.tern.peer.interop..",
                            "picocli..");
}
