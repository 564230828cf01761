package dev.tern.relay.control;

/** Takes messages in their order. */
@FunctionalInterface
public interface ControlHandler {
    void onMessage(ControlMessage message);
}
