package dev.tern.peer.transfer;

import java.io.IOException;

/** A transfer failed; the message is one sentence for a person. */
public final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    public TransferException(String message) {
        super(message);
    }
}
