/** NATs: punching holes through them ({@code punch}), and a model of them ({@code emulator}). */
module dev.tern.nat {
    requires transitive dev.tern.quic;

    exports dev.tern.nat.emulator;
    exports dev.tern.nat.punch;
}
