// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.cas;

import java.util.concurrent.atomic.LongAdder;

/** The count. Loaded by the boot loader, so that instrumented classes of the JDK can call it. */
public final class CasCounter {
    private static final LongAdder FAILED = new LongAdder();

    private CasCounter() {}

    /** Counts an outcome and hands it on; called by instrumented code. */
    public static boolean count(boolean success) {
        if (!success) {
            FAILED.increment();
        }
        return success;
    }

    /** Returns the number of failures so far. */
    public static long failed() {
        return FAILED.sum();
    }
}
