package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;

import java.util.LinkedHashMap;

/**
 * Remembers session tickets, so that the next connection to the same server is resumed. May be
 * called by any thread. One that keeps tickets on a disk keeps secrets there.
 */
public interface SessionStore {
    /**
     * A server sent a ticket.
     *
     * @param server name, port and protocols, as text
     */
    void put(String server, SessionTicket ticket);

    /** The newest ticket of that server, or null. It is used once only (RFC 8446 §C.4). */
    SessionTicket take(String server);

    /** Keeps the newest ticket of each server, those of the latest servers. */
    static SessionStore inMemory(int maxServers) {
        return new SessionStore() {
            private final LinkedHashMap<String, SessionTicket> tickets = new LinkedHashMap<>();

            @Override
            public synchronized void put(String server, SessionTicket ticket) {
                tickets.remove(server);
                tickets.put(server, ticket);
                if (tickets.size() > maxServers) {
                    tickets.pollFirstEntry();
                }
            }

            @Override
            public synchronized SessionTicket take(String server) {
                return tickets.remove(server);
            }
        };
    }
}
