package dev.tern.fuzz.sim;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;

import java.util.Arrays;

/** Frames that no honest peer sends, and the error that they must cause. */
enum Forgery {
    ACK_OF_UNSENT(TransportError.PROTOCOL_VIOLATION) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x02);
            out.writeVarint(victim.conversation().keys().nextNumber(victim.role()) + 50);
            out.writeVarint(0);
            out.writeVarint(0);
            out.writeVarint(0);
        }
    },
    ACK_OF_SKIPPED(TransportError.PROTOCOL_VIOLATION) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x02);
            out.writeVarint(victim.conversation().keys().skipped(victim.role()));
            out.writeVarint(0);
            out.writeVarint(0);
            out.writeVarint(0);
        }

        @Override
        boolean fits(Party victim) {
            return victim.conversation().keys().skipped(victim.role()) >= 0;
        }
    },
    DATA_BEYOND_STREAM_LIMIT(TransportError.FLOW_CONTROL_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            writeData(out, victim, freshStream(victim), 1L << 40, false);
        }
    },
    DATA_BEYOND_CONNECTION_LIMIT(TransportError.FLOW_CONTROL_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            // Each within its own limit, but too much together.
            Manners manners = victim.manners();
            long id = freshStream(victim);
            for (int i = 0; i < MANY; i++) {
                writeData(out, victim, id - 4L * i, manners.maxStreamData() - 1, false);
            }
        }

        @Override
        boolean fits(Party victim) {
            Manners manners = victim.manners();
            return super.fits(victim)
                    && manners.maxStreamData() * MANY
                            > manners.maxData() * Math.max(3, manners.growth());
        }
    },
    TOO_MANY_STREAMS(TransportError.STREAM_LIMIT_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            boolean byServer = victim.role() == Role.DIALLER;
            writeData(out, victim, StreamId.of(FAR_BEYOND_LIMIT, byServer, true), 0, false);
        }
    },
    STREAM_OF_THE_VICTIM(TransportError.STREAM_STATE_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            boolean byServer = victim.role() == Role.ACCEPTOR;
            writeData(out, victim, StreamId.of(0, byServer, false), 0, false);
        }
    },
    DATA_BEYOND_FINAL_SIZE(TransportError.FINAL_SIZE_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            long id = freshStream(victim);
            // With a gap before it, so that the stream is not over yet.
            writeData(out, victim, id, 5, true);
            writeData(out, victim, id, 6, false);
        }
    },
    ANOTHER_FINAL_SIZE(TransportError.FINAL_SIZE_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            long id = freshStream(victim);
            writeData(out, victim, id, 10, true);
            out.writeVarint(0x04);
            out.writeVarint(id);
            out.writeVarint(0);
            out.writeVarint(12);
        }
    },
    RETIREMENT_OF_AN_ID_NEVER_ISSUED(TransportError.PROTOCOL_VIOLATION, 0x19, 1_000_000),
    ANOTHER_ID_WITH_THE_SAME_NUMBER(TransportError.PROTOCOL_VIOLATION) {
        @Override
        void write(ByteWriter out, Party victim) {
            for (byte last = 1; last <= 2; last++) {
                byte[] id = {(byte) 0xe7, 1, 2, 3, 4, 5, 6, last};
                out.writeVarint(0x18);
                out.writeVarint(900);
                out.writeVarint(0);
                out.writeByte(id.length);
                out.writeBytes(id);
                out.writeBytes(new byte[16]);
            }
        }
    },
    RETIREMENT_BEYOND_ITSELF(TransportError.FRAME_ENCODING_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x18);
            out.writeVarint(901);
            out.writeVarint(902);
            out.writeByte(8);
            out.writeBytes(new byte[8 + 16]);
        }
    },
    STOP_SENDING_TO_WHO_ONLY_READS(TransportError.STREAM_STATE_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x05);
            out.writeVarint(freshStream(victim));
            out.writeVarint(0);
        }
    },
    CREDIT_FOR_A_STREAM_NEVER_OPENED(TransportError.STREAM_STATE_ERROR) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x11);
            out.writeVarint(StreamId.of(50_000, victim.role() == Role.ACCEPTOR, true));
            out.writeVarint(1_000_000);
        }
    },
    TOO_LONG_A_MESSAGE(TransportError.PROTOCOL_VIOLATION) {
        @Override
        void write(ByteWriter out, Party victim) {
            out.writeVarint(0x30);
            out.writeBytes(new byte[Switchboard.MAX_MESSAGE_BYTES]);
        }
    },
    CRYPTO_FAR_AHEAD(TransportError.CRYPTO_BUFFER_EXCEEDED, 0x06, 10_000_000, 1, 0),
    UNKNOWN_FRAME(TransportError.FRAME_ENCODING_ERROR, 0x3e),
    NOTHING(TransportError.PROTOCOL_VIOLATION),
    IMPOSSIBLE_STREAMS_GRANTED(TransportError.FRAME_ENCODING_ERROR, 0x12, (1L << 60) + 1),
    IMPOSSIBLE_STREAMS_WANTED(TransportError.FRAME_ENCODING_ERROR, 0x17, (1L << 60) + 1),
    ACK_BELOW_ZERO(TransportError.FRAME_ENCODING_ERROR, 0x02, 0, 0, 0, 1),
    ACK_SOONER_THAN_CAN_BE(TransportError.PROTOCOL_VIOLATION, 0xaf, 1 << 20, 1, 999, 1),
    TOKEN_WITHOUT_BYTES(TransportError.FRAME_ENCODING_ERROR, 0x07, 0) {
        @Override
        boolean fits(Party victim) {
            return victim.role() == Role.DIALLER;
        }
    },
    TOKEN_FROM_THE_DIALLER(TransportError.PROTOCOL_VIOLATION, 0x07, 1, 1) {
        @Override
        boolean fits(Party victim) {
            return victim.role() == Role.ACCEPTOR;
        }
    },
    HANDSHAKE_DONE_FROM_THE_DIALLER(TransportError.PROTOCOL_VIOLATION, 0x1e) {
        @Override
        boolean fits(Party victim) {
            return victim.role() == Role.ACCEPTOR;
        }
    };

    private static final int MAX_BYTES = Switchboard.MAX_MESSAGE_BYTES + 100;
    private static final int MANY = 4;
    private static final int FAR_BEYOND_LIMIT = 2000;

    private final long errorCode;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final long[] words;

    /**
     * @param words the frames of those that are the same for every victim
     */
    Forgery(long errorCode, long... words) {
        this.errorCode = errorCode;
        this.words = words;
    }

    /** What the victim must close its connection with. */
    long errorCode() {
        return errorCode;
    }

    /** Whether this victim can be expected to notice. */
    boolean fits(Party victim) {
        CreditRule credit = victim.rules().find(CreditRule.class);
        return credit.openedUnidirectional() < credit.allowedUnidirectional() - MANY;
    }

    void write(ByteWriter out, Party victim) {
        for (long word : words) {
            out.writeVarint(word);
        }
    }

    byte[] frames(Party victim) {
        byte[] bytes = new byte[MAX_BYTES];
        ByteWriter out = new ByteWriter();
        out.wrap(bytes, 0, bytes.length);
        write(out, victim);
        return Arrays.copyOf(bytes, out.position());
    }

    /** One byte of a stream: the right one, for what comes before an error is good. */
    private static void writeData(ByteWriter out, Party victim, long id, long offset, boolean fin) {
        out.writeVarint(0x0e | (fin ? 1 : 0));
        out.writeVarint(id);
        out.writeVarint(offset);
        out.writeVarint(1);
        Party impostor = victim.other();
        out.writeByte(Content.at(impostor.conversation().index(), impostor.role(), id, offset));
    }

    /** The last stream that the victim's peer may open, of which nothing was heard. */
    private static long freshStream(Party victim) {
        long index = victim.rules().find(CreditRule.class).allowedUnidirectional() - 1;
        return StreamId.of(index, victim.role() == Role.DIALLER, false);
    }
}
