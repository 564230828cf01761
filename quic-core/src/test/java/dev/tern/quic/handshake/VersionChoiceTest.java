package dev.tern.quic.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VersionInformation;
import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What a client makes of version_information behind Version Negotiation (RFC 9368 §4, §8). */
class VersionChoiceTest {
    private static final List<Integer> VERSION_1_FIRST = List.of(Versions.V1, Versions.V2);
    private static final List<Integer> VERSION_2_FIRST = List.of(Versions.V2, Versions.V1);

    private static VersionChoice restarted(List<Integer> speakable, int from, int to) {
        VersionChoice choice = new VersionChoice(true, speakable, from);
        choice.restart(to);
        return choice;
    }

    private static void assertDowngrade(VersionChoice choice, VersionInformation peer) {
        assertThatThrownBy(() -> choice.onPeer(peer))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e ->
                                assertThat(e.code())
                                        .isEqualTo(TransportError.VERSION_NEGOTIATION_ERROR));
    }

    @Test
    void shouldTakeAServerWithoutVersionInformationForOneOfVersion1() {
        VersionChoice choice = restarted(VERSION_2_FIRST, Versions.V2, Versions.V1);

        assertThatCode(() -> choice.onPeer(null)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseVersion2WithoutVersionInformationBehindVersionNegotiation() {
        assertDowngrade(restarted(VERSION_1_FIRST, Versions.V1, Versions.V2), null);
    }

    @Test
    void shouldRefuseAnEmptyListBehindVersionNegotiation() {
        assertDowngrade(
                restarted(VERSION_1_FIRST, Versions.V1, Versions.V2),
                new VersionInformation(Versions.V2, List.of()));
    }

    @Test
    void shouldRefuseWhereTheServerSpeaksABetterVersion() {
        assertDowngrade(
                restarted(VERSION_2_FIRST, Versions.V2, Versions.V1),
                new VersionInformation(Versions.V1, List.of(Versions.V1, Versions.V2)));
    }

    @Test
    void shouldTakeAListThatLacksTheVersionTaken() {
        VersionChoice choice = restarted(VERSION_1_FIRST, Versions.V1, Versions.V2);

        assertThatCode(
                        () ->
                                choice.onPeer(
                                        new VersionInformation(Versions.V2, List.of(0x1a1a1a1a))))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldFindNoVersionWhereNoneIsSharedAndNoneThatItCannotSpeak() {
        VersionChoice choice =
                new VersionChoice(true, List.of(0x0a1a2a3a, Versions.V1), Versions.V1);

        assertThat(choice.bestOf(List.of(Versions.V2, 0x0a1a2a3a))).isEqualTo(Versions.NEGOTIATION);
    }
}
