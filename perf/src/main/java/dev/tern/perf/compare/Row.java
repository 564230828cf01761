package dev.tern.perf.compare;

import java.util.List;

/**
 * All rounds of one contestant. Its figures are medians, so that one disturbed round counts little.
 */
record Row(String name, List<Sample> rounds) {
    double median(Figure figure) {
        double[] sorted = rounds.stream().mapToDouble(figure::of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
