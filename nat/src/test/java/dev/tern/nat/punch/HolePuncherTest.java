package dev.tern.nat.punch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;

final class HolePuncherTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = 5_000_000_000L;
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.2", 5000);
    private static final InetSocketAddress OBSERVED = new InetSocketAddress("203.0.113.1", 6000);
    private static final InetSocketAddress PEER = new InetSocketAddress("198.51.100.1", 7000);
    private static final InetSocketAddress PEER_HOST = new InetSocketAddress("10.0.0.9", 7000);

    private final RecordingActions actions = new RecordingActions();
    private final PunchBudget budget = new PunchBudget();
    private final HolePuncher puncher = puncher(true);

    private HolePuncher puncher(boolean dialler) {
        return new HolePuncher(actions, budget, dialler, new SplittableRandom(1));
    }

    private void offerOwn() {
        puncher.onLocalCandidate(LOCAL, Candidate.host(LOCAL), START_NS);
        puncher.onLocalCandidate(LOCAL, Candidate.observed(OBSERVED), START_NS);
    }

    @Test
    void shouldAnnounceCandidateOnceAndWithdrawItWithItsSocket() {
        offerOwn();
        offerOwn();
        puncher.onLocalGone(LOCAL);

        assertThat(actions.frames)
                .containsExactly(
                        "add 0 10.0.0.2:5000", "add 1 203.0.113.1:6000", "remove 0", "remove 1");
    }

    @Test
    void shouldKeepNewestObservedAddressesAndAllHostAddresses() {
        offerOwn();
        for (int i = 1; i <= 7; i++) {
            InetSocketAddress rebound = new InetSocketAddress(OBSERVED.getAddress(), 6000 + i);
            puncher.onLocalCandidate(LOCAL, Candidate.observed(rebound), START_NS);
        }

        assertThat(actions.frames).endsWith("remove 1", "add 8 203.0.113.1:6007");
    }

    @Test
    void shouldProbeAsSoonAsBothEndsAreKnown() {
        puncher.onPeerAddress(0, PEER, START_NS);
        assertThat(actions.takeProbed()).isEmpty();

        offerOwn();
        assertThat(actions.takeProbed()).containsExactly(PEER);

        puncher.onPeerAddress(1, PEER_HOST, START_NS);
        assertThat(actions.takeProbed()).containsExactly(PEER_HOST);
    }

    @Test
    void shouldNotProbeRepeatedAnnouncementAgain() {
        offerOwn();
        puncher.onPeerAddress(0, PEER, START_NS);
        puncher.onPeerAddress(0, PEER, START_NS + 5_000 * MS);
        puncher.onPeerAddress(1, PEER, START_NS + 5_000 * MS);

        assertThat(actions.takeProbed()).hasSize(1);
    }

    @Test
    void shouldProbePrivateAddressOnlyFromPrivateOne() {
        InetSocketAddress publicLocal = new InetSocketAddress("203.0.113.7", 5000);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
        puncher.onLocalCandidate(publicLocal, Candidate.host(publicLocal), START_NS);
        puncher.onPeerAddress(0, PEER_HOST, START_NS);
        puncher.onPeerAddress(1, loopback, START_NS);
        assertThat(actions.takeProbed()).isEmpty();

        puncher.onLocalCandidate(LOCAL, Candidate.host(LOCAL), START_NS);
        assertThat(actions.takeProbed()).containsExactly(PEER_HOST);
    }

    @Test
    void shouldProbeOnlyWithinOneIpVersionAndNeverItself() {
        offerOwn();
        puncher.onPeerAddress(0, new InetSocketAddress("2001:db8::1", 7000), START_NS);
        puncher.onPeerAddress(1, LOCAL, START_NS);

        assertThat(actions.takeProbed()).isEmpty();
    }

    @Test
    void shouldAskForProbesOfObservedAddressInRounds() {
        offerOwn();
        puncher.onPeerAddress(4, PEER, START_NS);
        puncher.onPeerAddress(5, PEER_HOST, START_NS);
        actions.takeFrames();

        puncher.start(START_NS);
        assertThat(actions.takeFrames())
                .containsExactlyInAnyOrder("punch 1 4 203.0.113.1:6000", "punch 1 5 10.0.0.2:5000");

        assertThat(puncher.nextDeadlineNs()).isBetween(START_NS + 500 * MS, START_NS + 550 * MS);
        puncher.onTimeout(puncher.nextDeadlineNs());
        assertThat(actions.takeFrames()).hasSize(2).allMatch(frame -> frame.startsWith("punch 2"));
    }

    @Test
    void shouldProbeAgainInLaterRoundsAsTheBudgetAllows() {
        offerOwn();
        puncher.onPeerAddress(4, PEER, START_NS);
        puncher.start(START_NS);
        for (int i = 0; i < 5; i++) {
            puncher.onTimeout(puncher.nextDeadlineNs());
        }

        assertThat(actions.probes).hasSizeGreaterThan(2);
        assertThat(actions.probes.getFirst().intervalNs()).isLessThan(40 * MS);
        assertThat(actions.probes.getLast().intervalNs()).isGreaterThan(400 * MS);
    }

    @Test
    void shouldEndRoundsWhenDirectPathIsValidated() {
        offerOwn();
        puncher.onPeerAddress(4, PEER, START_NS);
        puncher.start(START_NS);
        puncher.onDirectPathValidated(LOCAL, PEER, START_NS + 30 * MS);
        actions.takeFrames();

        puncher.onTimeout(START_NS + 10_000 * MS);

        assertThat(puncher.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(actions.takeFrames()).isEmpty();
    }

    @Test
    void shouldProbeValidatedPairAgainWhenStartedAgain() {
        offerOwn();
        puncher.onPeerAddress(4, PEER, START_NS);
        puncher.onDirectPathValidated(LOCAL, PEER, START_NS + 30 * MS);
        actions.takeProbed();

        puncher.start(START_NS + 60_000 * MS);

        assertThat(actions.takeProbed()).containsExactly(PEER);
    }

    @Test
    void shouldAnswerRequestByProbingFromTheSocketThatWasPaired() {
        offerOwn();
        InetSocketAddress second = new InetSocketAddress("10.0.0.3", 5000);
        puncher.onLocalCandidate(second, Candidate.host(second), START_NS);

        puncher.onPunchMeNow(1, 2, PEER, START_NS);
        puncher.onPunchMeNow(1, 9, PEER, START_NS);

        assertThat(actions.probes).hasSize(1);
        assertThat(actions.probes.getFirst().local()).isEqualTo(second);
    }

    @Test
    void shouldIgnoreRoundsOlderThanTheNewest() {
        offerOwn();
        puncher.onPunchMeNow(2, 1, PEER, START_NS);
        puncher.onPunchMeNow(1, 1, new InetSocketAddress("198.51.100.2", 7000), START_NS);

        assertThat(actions.takeProbed()).containsExactly(PEER);
    }

    @Test
    void shouldRefuseRoundsThatCameTooOften() {
        offerOwn();
        for (int i = 0; i < 7; i++) {
            InetSocketAddress far = new InetSocketAddress("198.51.100." + (10 + i), 7000);
            puncher.onPunchMeNow(i, 1, far, START_NS);
        }
        assertThat(actions.takeProbed()).hasSize(RoundTokens.MAX_TOKENS);

        puncher.onPunchMeNow(10, 1, PEER, START_NS + RoundTokens.REFILL_NS);
        assertThat(actions.takeProbed()).containsExactly(PEER);
        puncher.onPunchMeNow(11, 1, PEER_HOST, START_NS + RoundTokens.REFILL_NS);
        assertThat(actions.takeProbed()).isEmpty();

        puncher.onPeerMoved();
        puncher.onPunchMeNow(12, 1, PEER_HOST, START_NS + RoundTokens.REFILL_NS);
        assertThat(actions.takeProbed()).containsExactly(PEER_HOST);
    }

    @Test
    void shouldNotDisturbPairThatAnsweredJustNow() {
        offerOwn();
        puncher.onPeerAddress(0, PEER, START_NS);
        puncher.onDirectPathValidated(LOCAL, PEER, START_NS + 30 * MS);
        actions.takeProbed();

        puncher.onPunchMeNow(1, 1, PEER, START_NS + 40 * MS);
        assertThat(actions.takeProbed()).isEmpty();

        puncher.onPunchMeNow(2, 1, PEER, START_NS + 10_000 * MS);
        assertThat(actions.takeProbed()).containsExactly(PEER);
    }

    @Test
    void shouldLeaveOneRoundToDiallerThatStartedOne() {
        HolePuncher acceptor = puncher(false);
        acceptor.onLocalCandidate(LOCAL, Candidate.observed(OBSERVED), START_NS);
        acceptor.onPeerAddress(0, PEER, START_NS);
        acceptor.start(START_NS);
        actions.takeFrames();

        acceptor.onPunchMeNow(1, 0, PEER, START_NS + 100 * MS);
        acceptor.onTimeout(acceptor.nextDeadlineNs());
        assertThat(actions.takeFrames()).isEmpty();

        acceptor.onTimeout(acceptor.nextDeadlineNs());
        assertThat(actions.takeFrames()).hasSize(1);
    }

    @Test
    void shouldProbeBackWhoProbedFromUnnamedAddress() {
        offerOwn();
        InetSocketAddress reflexive = new InetSocketAddress("198.51.100.1", 7777);

        puncher.onProbed(LOCAL, reflexive, START_NS);
        puncher.onProbed(LOCAL, reflexive, START_NS + MS);

        assertThat(actions.takeProbed()).containsExactly(reflexive);
    }

    @Test
    void shouldMakeUpForProbesOnceConnectionIdsCome() {
        actions.hasIds = false;
        offerOwn();
        puncher.onPeerAddress(0, PEER, START_NS);
        assertThat(actions.takeProbed()).isEmpty();

        actions.hasIds = true;
        puncher.onPeerIdsIssued(START_NS + 5 * MS);
        puncher.onPeerIdsIssued(START_NS + 6 * MS);

        assertThat(actions.takeProbed()).containsExactly(PEER);
    }

    @Test
    void shouldKeepNewestOfPeersCandidates() {
        for (int i = 0; i < 20; i++) {
            puncher.onPeerAddress(i, new InetSocketAddress("198.51.100." + i, 7000), START_NS);
        }
        offerOwn();

        List<InetSocketAddress> probed = actions.takeProbed();
        assertThat(probed).hasSizeLessThanOrEqualTo(PeerCandidates.MAX_CANDIDATES);
        assertThat(probed).allMatch(address -> address.getAddress().getAddress()[3] >= 4);
    }

    @Test
    void shouldNotProbeWithdrawnOrForbiddenAddresses() {
        puncher.onPeerAddress(0, PEER, START_NS);
        puncher.onPeerAddressRemoved(0);
        puncher.forbid(PEER_HOST);
        puncher.onPeerAddress(1, PEER_HOST, START_NS);
        offerOwn();
        puncher.onProbed(LOCAL, PEER_HOST, START_NS);

        assertThat(actions.takeProbed()).isEmpty();
    }

    @Test
    void shouldDoNothingAfterStop() {
        puncher.start(START_NS);
        puncher.stop();
        offerOwn();
        puncher.onPeerAddress(0, PEER, START_NS);
        puncher.onPunchMeNow(1, 1, PEER, START_NS);
        puncher.onProbed(LOCAL, PEER, START_NS);
        puncher.onTimeout(START_NS + 60_000 * MS);

        assertThat(actions.takeProbed()).isEmpty();
        assertThat(puncher.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }
}
