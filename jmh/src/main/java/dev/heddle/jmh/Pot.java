// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The operations of one round, from which the members help themselves until none is left. With shares fixed in advance
 * a member that gets a processor to itself finishes its share before the others have begun, and nothing contends.
 */
public final class Pot {
    private static final int MOST = 8;
    private static final int HELPINGS = 4; // each member gets about so many at least

    private final AtomicInteger left;
    private final int helping;

    /** Creates a pot of {@code total} operations for so many members. */
    public Pot(int total, int members) {
        left = new AtomicInteger(total);
        helping = Math.max(1, Math.min(MOST, total / members / HELPINGS));
    }

    /** Returns how many operations the caller is to do now; 0 if none is left. */
    public int take() {
        int before = left.getAndAdd(-helping);
        return Math.max(0, Math.min(helping, before));
    }
}
