package dev.tern.nat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;

final class ArchitectureTest {
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.tern.nat");

    @Test
    void shouldDependOnTheProtocolAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "dev.tern.nat..", "dev.tern.quic..", "dev.tern.crypto..")
                .check(MODULE);
    }

    @Test
    void shouldKeepPunchingAndTheModelOfNatsApart() {
        noClasses()
                .that()
                .resideInAPackage("dev.tern.nat.punch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tern.nat.emulator..")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("dev.tern.nat.emulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tern.nat.punch..")
                .check(MODULE);
    }

    @Test
    void shouldOpenNoSocketAndStartNoThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.util.concurrent..", "java.io..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        java.net.DatagramSocket.class,
                        java.net.NetworkInterface.class)
                .check(MODULE);
    }

    @Test
    void shouldBeToldTheTimeAndTheRandomNumbers() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .orShould()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.util.SplittableRandom.class)
                .check(MODULE);
    }
}
