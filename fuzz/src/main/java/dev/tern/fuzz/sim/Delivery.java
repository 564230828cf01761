package dev.tern.fuzz.sim;

import java.net.InetSocketAddress;

/**
 * A packet reaches a party.
 *
 * @param local the party's own address
 * @param remote where it seems to come from
 * @param ecn the ECN bits that it arrives with
 * @param taken whether the party takes it in for certain: it has the keys, and it is the first copy
 * @param repeated whether a copy was taken in before
 */
record Delivery(
        InetSocketAddress local,
        InetSocketAddress remote,
        int ecn,
        boolean taken,
        boolean repeated,
        long nowNs) {}
