package dev.tern.quic;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The shape of this module: arrows that point down, and no clock, thread or socket above io. */
@AnalyzeClasses(packages = "dev.tern.quic", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.tern.quic.";
    private static final String IO = ROOT + "io..";
    private static final String API = ROOT + "api..";

    /** Each may use those behind it. Beside them stands sim, which nothing uses. */
    private static final List<String> PACKAGES_FROM_THE_TOP =
            List.of(
                    "api",
                    "io",
                    "endpoint",
                    "connection",
                    "handshake",
                    "path",
                    "stream",
                    "flow",
                    "congestion",
                    "cid",
                    "recovery",
                    "observe",
                    "frame",
                    "wire",
                    "buf",
                    "time");

    @ArchTest static final ArchRule SHOULD_ONLY_POINT_DOWN = arrows();

    private static ArchRule arrows() {
        LayeredArchitecture layers =
                layeredArchitecture()
                        .consideringOnlyDependenciesInAnyPackage(ROOT + ".")
                        .optionalLayer("sim")
                        .definedBy(ROOT + "sim..")
                        .whereLayer("sim")
                        .mayNotBeAccessedByAnyLayer();
        for (String name : PACKAGES_FROM_THE_TOP) {
            layers = layers.layer(name).definedBy(ROOT + name + "..");
        }
        for (int i = 0; i < PACKAGES_FROM_THE_TOP.size(); i++) {
            String[] users = PACKAGES_FROM_THE_TOP.subList(0, i).toArray(new String[i + 1]);
            users[i] = "sim";
            layers =
                    layers.whereLayer(PACKAGES_FROM_THE_TOP.get(i))
                            .mayOnlyBeAccessedByLayers(users);
        }
        return layers;
    }

    @ArchTest
    static final ArchRule SHOULD_NAME_EVERY_PACKAGE_ABOVE =
            classes()
                    .should()
                    .resideInAnyPackage(
                            Stream.concat(PACKAGES_FROM_THE_TOP.stream(), Stream.of("sim"))
                                    .map(name -> ROOT + name + "..")
                                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule SHOULD_READ_NO_CLOCK =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(IO)
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .dependOnClassesThat(
                            resideInAPackage("java.time..").and(not(type(Duration.class))));

    @ArchTest
    static final ArchRule SHOULD_MAKE_NO_RANDOMNESS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(IO)
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
                    .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule SHOULD_KNOW_NO_THREAD =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(IO, API)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("java.util.concurrent");

    /** A method that waits may say that its thread was interrupted; no more. */
    @ArchTest
    static final ArchRule SHOULD_START_NO_THREAD =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(IO)
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(Thread.class)))
                                    .and(target(not(nameMatching("currentThread|interrupt")))));

    @ArchTest
    static final ArchRule SHOULD_OPEN_NO_SOCKET =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(IO)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("java.nio.channels..")
                                    .and(not(assignableTo(ByteChannel.class)))
                                    .and(not(assignableTo(Exception.class))))
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.net\\.(.*Socket|NetworkInterface)");

    @ArchTest
    static final ArchRule SHOULD_CALL_NATIVE_CODE_ONLY_FOR_LINUX_SOCKETS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ROOT + "io.linux..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Linker.class, SymbolLookup.class, FunctionDescriptor.class);

    @ArchTest
    static final ArchRule SHOULD_KNOW_NOTHING_OF_THE_MODULES_ABOVE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.tern.nat..", "dev.tern.relay..", "dev.tern.peer..");
}
