package dev.tern.quic.endpoint;

/**
 * What the connections of an endpoint enter themselves in, and what they are given from.
 *
 * @param router leads connection IDs of ours to their connections
 * @param resetTokens leads the peers' stateless reset tokens to theirs
 * @param resets makes our own
 * @param ids makes our connection IDs
 * @param addressTokens makes tokens for clients
 * @param tokensOfServers keeps those that servers gave
 */
record Registers(
        CidRouter<Slot> router,
        CidRouter<Slot> resetTokens,
        StatelessReset resets,
        ConnectionIdSource ids,
        AddressTokens addressTokens,
        TokenCache tokensOfServers) {}
