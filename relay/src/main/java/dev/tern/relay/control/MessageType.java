package dev.tern.relay.control;

/** The type field of each message. */
final class MessageType {
    static final int HELLO = 0;
    static final int WELCOME = 1;
    static final int CID_REQUEST = 2;
    static final int CID_BATCH = 3;
    static final int DIAL = 4;
    static final int DIALLED = 5;
    static final int INCOMING = 6;
    static final int NOTIFY = 7;
    static final int PEER_MOVED = 8;
    static final int DROP = 9;
    static final int QUERY = 10;
    static final int PRESENCE = 11;
    static final int GOAWAY = 12;
    static final int ERROR = 13;

    private MessageType() {}
}
