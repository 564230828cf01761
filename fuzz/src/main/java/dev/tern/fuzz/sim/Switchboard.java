package dev.tern.fuzz.sim;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.ClientAuthentication;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfigBuilder;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Opens conversations: dials for one side, accepts for the other, and keeps session tickets. */
final class Switchboard {
    private static final String PROTOCOL = "sim";
    private static final long TIME_OF_DAY_MS = 1_800_000_000_000L;
    private static final long TICKET_LIFETIME_MS = 3_600_000L;
    private static final int MAX_GUARDED = 1000;
    private static final int REUSES_ONE_IN = 4;

    /** max_datagram_frame_size. */
    static final int MAX_MESSAGE_BYTES = 1500;

    /** Whoever they are, it costs time to make them and proves nothing to make others. */
    private static final PeerIdentity DIALLER = PeerIdentity.generate(new SeededSecureRandom(1));

    private static final PeerIdentity ACCEPTOR = PeerIdentity.generate(new SeededSecureRandom(2));

    private final World world;
    private final Wiretap wiretap;
    private final SecureRandom tlsRandom;
    private final RandomGenerator random;
    private TicketSealer sealer;
    private SessionTicket ticket;

    Switchboard(World world, Wiretap wiretap, long seed, RandomGenerator random) {
        this.world = world;
        this.wiretap = wiretap;
        this.random = random;
        tlsRandom = new SeededSecureRandom(seed);
        forgetTickets();
    }

    /** The acceptor can read none of its tickets any more. */
    void forgetTickets() {
        sealer =
                new TicketSealer(
                        tlsRandom,
                        this::timeOfDayMs,
                        TICKET_LIFETIME_MS,
                        new ReplayGuard(ReplayGuard.DEFAULT_WINDOW_MS, MAX_GUARDED));
    }

    private long timeOfDayMs() {
        return TIME_OF_DAY_MS + world.nowNs() / 1_000_000L;
    }

    /** The dialler got a ticket. */
    void keep(SessionTicket newTicket) {
        ticket = newTicket;
    }

    /** Whether a conversation can go on with an earlier one's session. */
    boolean hasTicket() {
        return ticket != null;
    }

    /**
     * Opens one more conversation.
     *
     * @param resumes whether with the ticket
     */
    Conversation dial(int index, boolean resumes) {
        Conversation conversation = new Conversation(index, world.setting());
        for (Role role : Role.values()) {
            Party party = conversation.party(role);
            party.start(new Application(party, world), rulesOf(party));
        }
        Party party = conversation.party(Role.DIALLER);
        ConnectionId original = SelfDescribingId.mintDirect(random);
        wiretap.route(original, party.other());
        conversation.keys().addOriginal(original);
        InetSocketAddress remote = world.host(Role.ACCEPTOR).firstAddress();
        party.rules().find(AmplificationRule.class).choose(remote);
        TlsConfigBuilder tls =
                new TlsConfigBuilder(tlsRandom, PROTOCOL)
                        .verifier(PeerVerifiers.exactly(ACCEPTOR.peerId()))
                        .keepTickets(this::timeOfDayMs)
                        .earlyData(true);
        if (world.setting().mutual()) {
            tls.credentials(DIALLER);
        }
        ConnectionConfigBuilder config = config(tls, party);
        boolean early = resumes && ticket.allowsEarlyData();
        if (resumes) {
            config.session(ticket);
            if (random.nextInt(REUSES_ONE_IN) > 0) {
                ticket = null; // else it is used once more, as nothing forbids (RFC 8446 §C.4)
            }
        }
        Host host = world.host(Role.DIALLER);
        Connection connection =
                host.endpoint()
                        .connect(
                                config.build(),
                                host.anyAddress(),
                                remote,
                                original,
                                party.application(),
                                world.nowNs());
        party.connection(connection);
        if (early) {
            party.onEarlyDataPossible();
        }
        return conversation;
    }

    private Rules rulesOf(Party party) {
        return new Rules(
                new CloseRule(party, world),
                new AckRule(party),
                new StreamRule(party),
                new CreditRule(party),
                new PathRule(party),
                new KeyRule(party),
                new ConnectionIdRule(party, world),
                new AmplificationRule(party),
                new MtuRule(party),
                new LossRule(party),
                new CongestionRule(party, world.counters()),
                new TimerRule(party, world));
    }

    /** Decides about a first Initial. */
    Acceptor.Accepted accept(
            InetSocketAddress local, InetSocketAddress remote, ConnectionId id, long nowNs) {
        Party party = wiretap.owner(id);
        if (party == null || party.role() != Role.ACCEPTOR || party.isAccepted()) {
            return null; // an old Initial once more
        }
        party.onAccepted();
        TlsConfigBuilder tls =
                new TlsConfigBuilder(tlsRandom, PROTOCOL)
                        .credentials(ACCEPTOR)
                        .ticketSealer(sealer);
        if (world.setting().mutual()) {
            tls.clientAuthentication(
                    ClientAuthentication.REQUIRED, PeerVerifiers.exactly(DIALLER.peerId()));
        }
        return new Acceptor.Accepted(config(tls, party).build(), party.application());
    }

    private ConnectionConfigBuilder config(TlsConfigBuilder tls, Party party) {
        WorldSetting setting = world.setting();
        Manners manners = party.manners();
        CongestionRule congestion = party.rules().find(CongestionRule.class);
        tls.cipherSuites(setting.suite())
                .groups(setting.hybrid() ? NamedGroup.HYBRID_FIRST : NamedGroup.CLASSIC)
                .keyLog(party.conversation().keys()::log);
        ConnectionConfigBuilder config =
                new ConnectionConfigBuilder(tls.build())
                        .handshakeTimeout(CloseRule.HANDSHAKE_TIMEOUT_NS)
                        .idleTimeout(manners.idleNs())
                        .keepAlive(manners.keepAliveNs())
                        .streams(manners.maxStreams(), manners.maxStreamData(), manners.maxData())
                        .maxWindows(
                                (int) manners.maxStreamData() * manners.growth(),
                                manners.maxData() * manners.growth())
                        .datagrams(MAX_MESSAGE_BYTES)
                        .congestion(() -> congestion.watch(manners.congestion(), random));
        if (manners.prefersVersion2()) {
            config.versions(Versions.V2, Versions.V1);
        }
        if (setting.mobile()) {
            config.mobility(List.of());
        }
        return config;
    }
}
