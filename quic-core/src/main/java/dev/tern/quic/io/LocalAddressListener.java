package dev.tern.quic.io;

/** Hears which addresses this machine has. Called on the monitor's thread. */
public interface LocalAddressListener {
    void onAddressAdded(LocalAddress added);

    void onAddressRemoved(LocalAddress removed);
}
