package dev.tern.quic.io;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX) // elsewhere the first socket of a shared port may get everything
class AgentGroupTest extends AgentGroupContract {
    @Override
    TransportFactory sockets() {
        return UdpTransports.choose("nio");
    }
}
