// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.util.concurrent.CountDownLatch;

/** A latch. */
public interface Latch {
    /** Counts down by one. */
    void countDown();

    /** Waits until the count is zero. */
    void await() throws InterruptedException;

    /** Returns a new latch. */
    static Latch of(String impl, int count) {
        return switch (impl) {
            case "heddle" -> new Heddle(count);
            case "jdk" -> new Jdk(count);
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours. */
    final class Heddle extends dev.heddle.sync.CountDownLatch implements Latch {
        Heddle(int count) {
            super(count);
        }
    }

    /** The latch of the JDK. */
    final class Jdk extends CountDownLatch implements Latch {
        Jdk(int count) {
            super(count);
        }
    }
}
