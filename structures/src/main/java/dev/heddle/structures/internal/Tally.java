// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What the writers of a cell have done. Striped, so that counting does not make them meet. */
public final class Tally {
    private final LongAdder successes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder publications = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder combined = new LongAdder();
    private final LongAccumulator largest = new LongAccumulator(Math::max, 0);

    Tally() {}

    void succeeded() {
        successes.increment();
    }

    void failed() {
        failures.increment();
    }

    void published() {
        publications.increment();
    }

    void combined(int operations) {
        batches.increment();
        combined.add(operations);
        largest.accumulate(operations);
    }

    /**
     * Versions installed.
     *
     * @return how many
     */
    public long successes() {
        return successes.sum();
    }

    /**
     * Attempts that lost to another writer.
     *
     * @return how many
     */
    public long failures() {
        return failures.sum();
    }

    /**
     * Operations handed to the other writers.
     *
     * @return how many
     */
    public long publications() {
        return publications.sum();
    }

    /**
     * Versions that carried operations of others, or published ones.
     *
     * @return how many
     */
    public long batches() {
        return batches.sum();
    }

    /**
     * Operations in these batches.
     *
     * @return how many
     */
    public long combined() {
        return combined.sum();
    }

    /**
     * The largest batch.
     *
     * @return its operations
     */
    public long largest() {
        return largest.get();
    }
}
