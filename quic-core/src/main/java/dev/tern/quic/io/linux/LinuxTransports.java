package dev.tern.quic.io.linux;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Opens Linux's sockets. To be made only where they work: the constructor tries one. */
public final class LinuxTransports implements TransportFactory {
    /** Where the kernel's structures and the registers of a call are as we have them. */
    private static final List<String> ARCHITECTURES = List.of("amd64", "aarch64");

    private static final long PATIENCE_NS = 200_000_000L;
    private static final int TRIAL_DATAGRAMS = 3;
    private static final int TRIAL_BYTES = 100;
    private static final int TRIAL_ECN = 2;

    /**
     * Sends datagrams to itself.
     *
     * @throws UnsupportedOperationException with the reason why it does not work here
     */
    public LinuxTransports() {
        String architecture = System.getProperty("os.arch");
        if (!ARCHITECTURES.contains(architecture)) {
            throw new UnsupportedOperationException(
                    "the layout of the kernel's structures has been proven only on "
                            + String.join(" and ", ARCHITECTURES)
                            + ", and this is "
                            + architecture);
        }
        try (UdpTransport trial = open(new InetSocketAddress(loopback(), 0), null);
                Sleeper sleeper = trial.newSleeper()) {
            trial.register(sleeper);
            tryOut(trial, sleeper);
        } catch (IOException e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void tryOut(UdpTransport trial, Sleeper sleeper) throws IOException {
        byte[] bytes = new byte[TRIAL_BYTES];
        for (int i = 0; i < TRIAL_DATAGRAMS; i++) {
            trial.send(trial.local(), TRIAL_ECN, bytes, 0, bytes.length - i / 2);
        }
        trial.flush();
        sleeper.await(PATIENCE_NS);
        int received =
                trial.receive(
                        (transport, remote, ecn, buffer, offset, length) -> {}, TRIAL_DATAGRAMS);
        if (received != TRIAL_DATAGRAMS) {
            throw new IOException(
                    "of " + TRIAL_DATAGRAMS + " datagrams to itself " + received + " arrived");
        }
    }

    @Override
    public UdpTransport open(InetSocketAddress local, String interfaceName) throws IOException {
        return LinuxUdpTransport.open(local, interfaceName, false);
    }

    @Override
    public UdpTransport openShared(InetSocketAddress local, String interfaceName)
            throws IOException {
        return LinuxUdpTransport.open(local, interfaceName, true);
    }
}
