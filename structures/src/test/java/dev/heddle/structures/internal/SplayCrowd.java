// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** SL-7 amid churn: while a thread holds the lock, writers leave no more than a bound behind, then wait. */
public final class SplayCrowd implements Runnable {
    private static final int LENGTH = 300;
    private static final int THREADS = 3;
    private static final int STEPS = 5_000;
    private static final int MAX_PENDING = 64;

    private final SplayList list = new SplayList(null, 1, 4, 1, MAX_PENDING);

    @Override
    public void run() {
        for (int key = 0; key < LENGTH; key++) {
            list.put(key, key, false);
        }
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(THREADS); // who waits before that does not wait for the lock
        List<Thread> writers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = LENGTH + t;
            writers.add(new Thread(() -> {
                SplayStalled.waitFor(begin);
                writing.countDown();
                queue(first);
            }));
        }
        writers.forEach(Thread::start);
        int linked = list.upkeep().inspect(index -> {
            begin.countDown();
            SplayStalled.waitFor(writing);
            Await.until(() -> writers.stream().allMatch(SplayCrowd::isStopped));
            return linked(index.head);
        });
        writers.forEach(Await::ended);
        int most =
                LENGTH + LENGTH / 16 + MAX_PENDING + 2 * THREADS; // there, kept, pending, and one more of each thread
        assertTrue(linked <= most, linked + " nodes are linked, at most " + most);
        SplayValidator.check(list, null);
    }

    /** Keys come at one end, and go at the other. */
    private void queue(int first) {
        for (int key = first; key < first + STEPS * THREADS; key += THREADS) {
            list.put(key, key, false);
            list.remove(key - LENGTH);
        }
    }

    private static boolean isStopped(Thread writer) {
        return writer.getState() == Thread.State.WAITING || !writer.isAlive();
    }

    private static int linked(SplayNode head) {
        int nodes = 0;
        for (SplayNode x = head.successor(); x != null; x = x.successor()) {
            nodes++;
        }
        return nodes;
    }
}
