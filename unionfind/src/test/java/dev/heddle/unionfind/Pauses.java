// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.concurrent.ThreadLocalRandom;

/** Lets other threads go first, now and then: at random, and more or less often. */
final class Pauses implements Runnable {
    private final int oneOf;

    Pauses(int oneOf) {
        this.oneOf = oneOf;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    public void run() {
        if (ThreadLocalRandom.current().nextInt(oneOf) == 0) {
            Thread.yield(); // reason: this is what it is for
        }
    }
}
