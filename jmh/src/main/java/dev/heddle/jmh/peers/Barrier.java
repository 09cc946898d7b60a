// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** A barrier. */
public interface Barrier {
    /** Waits until all parties have arrived; returns the index of arrival. */
    int await() throws InterruptedException, BrokenBarrierException;

    /** Returns a new barrier. */
    static Barrier of(String impl, int parties) {
        return switch (impl) {
            case "heddle" -> new Heddle(parties);
            case "jdk" -> new Jdk(parties);
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours. */
    final class Heddle extends dev.heddle.sync.CyclicBarrier implements Barrier {
        Heddle(int parties) {
            super(parties);
        }
    }

    /** The barrier of the JDK. */
    final class Jdk extends CyclicBarrier implements Barrier {
        Jdk(int parties) {
            super(parties);
        }
    }
}
