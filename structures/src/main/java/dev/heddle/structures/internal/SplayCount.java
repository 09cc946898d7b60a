// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A sum that many threads add to. It allocates nothing once it is made, unlike a LongAdder: so it can't fail after the effect
 * that it counts.
 */
final class SplayCount {
    private static final int APART = 16; // longs between two parts, which then share no cache line
    private static final int MOST = 8;
    private static final int PARTS =
            Integer.highestOneBit(Math.min(MOST, 2 * Runtime.getRuntime().availableProcessors() - 1)); // a power of two

    private final AtomicLongArray parts = new AtomicLongArray(PARTS * APART);

    void add(long change) {
        int part = (int) Thread.currentThread().getId() & (PARTS - 1);
        parts.getAndAdd(part * APART, change);
    }

    /** Exact while nobody adds. */
    long sum() {
        long sum = 0;
        for (int i = 0; i < parts.length(); i += APART) {
            sum += parts.get(i);
        }
        return sum;
    }
}
