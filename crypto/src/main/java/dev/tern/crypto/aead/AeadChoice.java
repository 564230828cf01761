package dev.tern.crypto.aead;

import java.util.List;

/**
 * Where an AEAD comes from.
 *
 * @param reason why this provider, for a person to read
 * @param passedOver the providers that would have come first, each with what stood against it
 */
public record AeadChoice(
        AeadAlgorithm algorithm, AeadProvider provider, String reason, List<String> passedOver) {}
