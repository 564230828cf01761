package dev.tern.crypto.aead;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Picks a provider for each algorithm, when it is first asked for: the first in order that loads
 * and passes its self-test.
 */
final class AeadSelection {
    private static final Logger LOG = LoggerFactory.getLogger(AeadSelection.class);

    private final List<Candidate> candidates;
    private final String forced;
    private final Map<AeadAlgorithm, AeadChoice> choices = new EnumMap<>(AeadAlgorithm.class);

    /**
     * @param candidates the cheapest first
     * @param forced the only one to take where it has the algorithm, or null
     */
    AeadSelection(List<Candidate> candidates, String forced) {
        this.candidates = candidates;
        this.forced = forced;
    }

    AeadChoice choose(AeadAlgorithm algorithm) {
        return choices.computeIfAbsent(algorithm, this::select);
    }

    private AeadChoice select(AeadAlgorithm algorithm) {
        if (forced != null && candidates.stream().noneMatch(c -> c.name().equals(forced))) {
            throw new UnavailableException(
                    "-Dtern.aead="
                            + forced
                            + ": no such provider; there are "
                            + String.join(", ", candidates.stream().map(Candidate::name).toList()));
        }
        List<String> passedOver = new ArrayList<>();
        boolean mayChoose = forced == null;
        for (Candidate candidate : candidates) {
            boolean isForced = candidate.name().equals(forced);
            mayChoose |= isForced;
            String obstacle =
                    mayChoose ? obstacle(candidate, algorithm) : "not the one that was asked for";
            if (obstacle == null) {
                String reason =
                        isForced
                                ? "by -Dtern.aead"
                                : "the fastest that loads and passes its self-test";
                LOG.info("{} by {}: {}", algorithm, candidate.provider().description(), reason);
                return new AeadChoice(
                        algorithm, candidate.provider(), reason, List.copyOf(passedOver));
            }
            if (isForced && !lacks(candidate, algorithm)) {
                throw new UnavailableException("-Dtern.aead=" + forced + ": " + obstacle);
            }
            passedOver.add(candidate.name() + ": " + obstacle);
        }
        throw new UnavailableException(
                "no provider of " + algorithm + ": " + String.join("; ", passedOver));
    }

    /** What stands against a candidate, or null. */
    private static String obstacle(Candidate candidate, AeadAlgorithm algorithm) {
        AeadProvider provider = candidate.provider();
        if (provider == null) {
            return candidate.obstacle();
        }
        if (!provider.supports(algorithm)) {
            return "it has no " + algorithm;
        }
        try {
            return KnownAnswer.of(algorithm).isGivenBy(provider) ? null : "it fails its self-test";
        } catch (RuntimeException e) {
            return "it fails its self-test: " + e;
        }
    }

    private static boolean lacks(Candidate candidate, AeadAlgorithm algorithm) {
        return candidate.provider() != null && !candidate.provider().supports(algorithm);
    }

    /** Every provider that loads and passes its self-tests. */
    List<AeadProvider> usable() {
        List<AeadProvider> usable = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.provider() != null && passesAll(candidate)) {
                usable.add(candidate.provider());
            }
        }
        return usable;
    }

    private static boolean passesAll(Candidate candidate) {
        for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
            if (!lacks(candidate, algorithm) && obstacle(candidate, algorithm) != null) {
                return false;
            }
        }
        return true;
    }
}
