package dev.tern.fuzz.sim;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One world: two hosts, what lies between them, and their conversations, from the first datagram to
 * the time when nothing is left. Runs once.
 */
final class World {
    private static final long SECOND = 1_000_000_000L;
    private static final int CALM_IDLE_PERIODS = 12;
    private static final int MAX_CONVERSATIONS = 5;

    private final WorldPlan plan;
    private final SimWorld sim;
    private final RandomGenerator random;
    private final Counters counters = new Counters();
    private final List<Conversation> conversations = new ArrayList<>();
    private final Wiretap wiretap = new Wiretap();
    private final Switchboard switchboard;
    private final Attacker attacker;
    private final Referee referee;
    private final Host dialler;
    private final Host acceptor;
    private Story story;
    private long calmSinceNs = Long.MAX_VALUE;

    World(WorldPlan plan) {
        this.plan = plan;
        sim = new SimWorld(plan.seed());
        random = sim.newRandom();
        switchboard = new Switchboard(this, wiretap, plan.seed() ^ 0x746c73, sim.newRandom());
        attacker = new Attacker(sim.network());
        referee = new Referee(this, wiretap, attacker);
        dialler = new Host(this, Role.DIALLER, sim, wiretap, null);
        acceptor = new Host(this, Role.ACCEPTOR, sim, wiretap, switchboard::accept);
        sim.network().observe(referee);
        sim.afterEach(() -> referee.afterStep(sim.nowNs()));
    }

    // ---- its course

    /** Tells what happens, line by line. */
    void tell(Consumer<String> out) {
        story = new Story(this, wiretap, out);
        sim.network().observe(story);
    }

    /**
     * Runs the whole course.
     *
     * @throws Violation when a rule is broken
     */
    void run() {
        for (int i = 0; i < plan.setting().conversations(); i++) {
            dial(false);
        }
        long lastNs = sim.nowNs();
        for (Operation operation : plan.operations()) {
            long atNs = SimWorld.ORIGIN_NS + operation.atNs();
            lastNs = Math.max(lastNs, atNs);
            sim.at(atNs, () -> perform(operation));
        }
        runUntil(() -> false, lastNs - sim.nowNs());
        calmDown();
        countKeyUpdates();
        closeAll();
        checkForgotten();
    }

    private void perform(Operation operation) {
        tell("operation " + operation);
        operation.kind().perform(this, operation);
        wakeAll();
    }

    private void tell(String what) {
        if (story != null) {
            story.tell(what, sim.nowNs());
        }
    }

    private void wakeAll() {
        for (Host host : List.of(dialler, acceptor)) {
            host.endpoint().connections().forEach(host.endpoint()::wake);
        }
    }

    /** Without faults from here on, all that was begun must come to its end. */
    private void calmDown() {
        calmSinceNs = sim.nowNs();
        tell("all is well from here on");
        sim.at(
                sim.nowNs(),
                () -> {
                    dialler.heal();
                    acceptor.heal();
                    forEachParty(party -> party.application().hurry());
                    wakeAll();
                });
        runUntil(() -> false, 0);
        boolean calm =
                runUntil(
                        () -> conversations.stream().allMatch(c -> c.isOver() || c.isSettled()),
                        CALM_IDLE_PERIODS * longestIdleNs());
        if (!calm) {
            throw new Violation("progress", "things are left to say, and nothing happens");
        }
        for (Conversation conversation : conversations) {
            if (conversation.isSettled()) {
                conversation.party(Role.DIALLER).application().checkArrived();
                conversation.party(Role.ACCEPTOR).application().checkArrived();
            }
        }
    }

    private void countKeyUpdates() {
        for (Conversation conversation : conversations) {
            Connection connection = conversation.party(Role.DIALLER).connection();
            for (int i = 0; connection != null && i < connection.keyUpdates(); i++) {
                counters.add(Counter.KEY_UPDATES);
            }
        }
    }

    private void closeAll() {
        sim.at(
                sim.nowNs(),
                () -> {
                    forEachParty(this::closeOrLeave);
                    wakeAll();
                });
        runUntil(() -> false, 0);
        boolean gone =
                runUntil(
                        () -> isEmpty(dialler) && isEmpty(acceptor),
                        CALM_IDLE_PERIODS * longestIdleNs());
        if (!gone) {
            throw new Violation("close", "a connection is left and does not end");
        }
    }

    /** Some are left to their idle timers, which no keep-alive may restart. */
    private void closeOrLeave(Party party) {
        boolean pings =
                party.manners().keepAliveNs() > 0 || party.other().manners().keepAliveNs() > 0;
        if (party.role() == Role.DIALLER && (pings || random.nextInt(4) > 0)) {
            party.application().close(0);
        }
    }

    private static boolean isEmpty(Host host) {
        return !host.endpoint().connections().iterator().hasNext();
    }

    private void checkForgotten() {
        for (Map.Entry<ConnectionId, Party> route : wiretap.routes()) {
            Role role = route.getValue().role();
            if (host(role).knows(route.getKey())) {
                throw new Violation(
                        "close", "the %s still knows ID %s".formatted(role, route.getKey()));
            }
        }
    }

    private boolean runUntil(BooleanSupplier condition, long withinNs) {
        return sim.runUntil(condition, sim.nowNs() + Math.max(0, withinNs));
    }

    private long longestIdleNs() {
        Manners ours = setting().manners(Role.DIALLER);
        Manners theirs = setting().manners(Role.ACCEPTOR);
        return Math.max(10 * SECOND, Math.max(ours.idleNs(), theirs.idleNs()));
    }

    private interface PartyAction {
        void perform(Party party);
    }

    private void forEachParty(PartyAction action) {
        for (Conversation conversation : conversations) {
            for (Role role : Role.values()) {
                action.perform(conversation.party(role));
            }
        }
    }

    // ---- conversations

    private void dial(boolean resumes) {
        conversations.add(switchboard.dial(conversations.size(), resumes));
    }

    /** One more conversation, with the session of an earlier one where there is a ticket. */
    void dialAgain() {
        if (conversations.size() < MAX_CONVERSATIONS) {
            dial(switchboard.hasTicket());
        }
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /** The acceptor's host forgets everything but its reset key. */
    void restartAcceptor() {
        acceptor.restart();
        switchboard.forgetTickets();
        forEachParty(
                party -> {
                    if (party.isAccepted()) {
                        party.lose();
                    }
                });
    }

    // ---- what its parts ask for

    WorldSetting setting() {
        return plan.setting();
    }

    long nowNs() {
        return sim.nowNs();
    }

    long traceHash() {
        return sim.traceHash();
    }

    Counters counters() {
        return counters;
    }

    List<Conversation> conversations() {
        return conversations;
    }

    Attacker attacker() {
        return attacker;
    }

    Referee referee() {
        return referee;
    }

    Host host(Role role) {
        return role == Role.DIALLER ? dialler : acceptor;
    }

    Host host(Operation operation) {
        return host(operation.role());
    }

    Party party(Operation operation) {
        return conversations
                .get(operation.conversation() % conversations.size())
                .party(operation.role());
    }

    /** Whose connection this is; null for one that its host has forgotten or never made known. */
    Party partyOf(Connection connection) {
        for (Conversation conversation : conversations) {
            for (Role role : Role.values()) {
                if (conversation.party(role).connection() == connection) {
                    return conversation.party(role);
                }
            }
        }
        return null;
    }

    Role roleAt(InetSocketAddress address) {
        return dialler.has(address) ? Role.DIALLER : Role.ACCEPTOR;
    }

    boolean knows(Role role, ConnectionId id) {
        return host(role).knows(id);
    }

    /** Whether nothing has gone wrong on the way for so long. */
    boolean isCalmFor(long durationNs) {
        return calmSinceNs != Long.MAX_VALUE && sim.nowNs() - calmSinceNs >= durationNs;
    }

    /** Between half a round trip and some of them. */
    long someTimeNs(long word, int roundTrips) {
        long roundTripNs = Math.max(1_000_000L, setting().roundTripNs());
        return roundTripNs / 2 + Long.remainderUnsigned(word, roundTrips * roundTripNs);
    }

    /** Does something later. */
    void after(long delayNs, Runnable action) {
        sim.at(sim.nowNs() + delayNs, action);
    }

    /** Something was done to a party's connection. */
    void wake(Party party) {
        if (party.connection() != null) {
            host(party.role()).endpoint().wake(party.connection());
        }
    }
}
