package dev.tern.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** What this module may never touch. */
@AnalyzeClasses(packages = "dev.tern.crypto", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SHOULD_KNOW_NOTHING_ELSE_OF_TERN =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.tern.quic..",
                            "dev.tern.nat..",
                            "dev.tern.relay..",
                            "dev.tern.peer..");

    @ArchTest
    static final ArchRule SHOULD_READ_NO_CLOCK =
            noClasses()
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
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.nio.channels..", "java.net..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule SHOULD_CALL_NATIVE_CODE_ONLY_IN_FFM =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.tern.crypto.ffm..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Linker.class, SymbolLookup.class, FunctionDescriptor.class);
}
