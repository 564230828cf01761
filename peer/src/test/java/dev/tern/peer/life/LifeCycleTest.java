package dev.tern.peer.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.peer.life.LifeCycle.Action;

import org.junit.jupiter.api.Test;

class LifeCycleTest {
    private static final boolean RELAYED = true;
    private static final boolean DIRECT = false;

    private final LifeCycle life = new LifeCycle();

    @Test
    void shouldPunchOnceEstablished() {
        assertThat(life.state()).isEqualTo(LifeState.DIALLING);
        assertThat(life.onEstablished()).isEqualTo(Action.PUNCH);
        assertThat(life.state()).isEqualTo(LifeState.RELAYED);
        assertThat(life.onEstablished()).isEqualTo(Action.NOTHING);
    }

    @Test
    void shouldRestOnADirectPathAndPunchOnTheRelay() {
        life.onEstablished();

        assertThat(life.onPathSwitched(DIRECT)).isEqualTo(Action.NOTHING);
        assertThat(life.state()).isEqualTo(LifeState.DIRECT);
        assertThat(life.onPathSwitched(RELAYED)).isEqualTo(Action.PUNCH);
        assertThat(life.state()).isEqualTo(LifeState.RELAYED);
    }

    @Test
    void shouldMoveToTheRelayFromADirectPath() {
        life.onEstablished();
        life.onPathSwitched(DIRECT);

        assertThat(life.onMoved()).isEqualTo(Action.MOVE_TO_RELAY);
        assertThat(life.state()).isEqualTo(LifeState.RELAYED);
    }

    @Test
    void shouldWaitOfflineAndMoveWhenThereIsANetworkAgain() {
        life.onEstablished();
        life.onPathSwitched(DIRECT);

        assertThat(life.onAddressLost()).isEqualTo(Action.NOTHING);
        assertThat(life.state()).isEqualTo(LifeState.OFFLINE);
        assertThat(life.isWaitingForNetwork()).isTrue();
        assertThat(life.onMoved()).isEqualTo(Action.MOVE_TO_RELAY);
        assertThat(life.isWaitingForNetwork()).isFalse();
    }

    @Test
    void shouldStayOfflineWhateverPathIsSpokenOf() {
        life.onEstablished();
        life.onAddressLost();

        assertThat(life.onPathSwitched(DIRECT)).isEqualTo(Action.NOTHING);
        assertThat(life.state()).isEqualTo(LifeState.OFFLINE);
    }

    @Test
    void shouldDialAgainWhenMovedBeforeTheHandshake() {
        life.onAddressLost();

        assertThat(life.isWaitingForNetwork()).isTrue();
        assertThat(life.state()).isEqualTo(LifeState.DIALLING);
        assertThat(life.onMoved()).isEqualTo(Action.REDIAL);
        assertThat(life.isWaitingForNetwork()).isFalse();
        assertThat(life.state()).isEqualTo(LifeState.DIALLING);
    }

    @Test
    void shouldDoNothingOnceClosed() {
        life.onEstablished();
        life.onClosed();

        assertThat(life.onEstablished()).isEqualTo(Action.NOTHING);
        assertThat(life.onPathSwitched(RELAYED)).isEqualTo(Action.NOTHING);
        assertThat(life.onAddressLost()).isEqualTo(Action.NOTHING);
        assertThat(life.onMoved()).isEqualTo(Action.NOTHING);
        assertThat(life.state()).isEqualTo(LifeState.CLOSED);
    }
}
