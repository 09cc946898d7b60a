// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** While a thread holds the lock, samples are dropped: they count as skipped, and change nothing else. */
public final class SplaySkipped implements Runnable {
    private static final int KEYS = 200;
    private static final int SKIPPED = 1; // its place in the tally

    @Override
    public void run() {
        SplayList list = new SplayList(null, 1, 4);
        for (int key = 0; key < KEYS; key++) {
            list.put(key, key, false);
        }
        long[] tally = list.tally();
        long[] heights = list.heights();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Thread holder = new Thread(() -> list.upkeep().inspect(index -> {
            held.countDown();
            return SplayStalled.waitFor(released);
        }));
        holder.start();
        SplayStalled.waitFor(held);
        Thread asker = new Thread(() -> ask(list)); // one of its own: if it waits for the lock, this one says so
        asker.start();
        try {
            Await.until(() -> !asker.isAlive(), Duration.ofSeconds(5)); // it needs some milliseconds
        } finally {
            released.countDown();
            Await.ended(holder);
        }
        tally[SKIPPED] += 2_000;
        assertArrayEquals(tally, list.tally());
        assertArrayEquals(heights, list.heights());
        assertEquals(1, list.hits(7));
        list.get(7);
        assertEquals(2, list.hits(7));
        assertEquals(tally[SKIPPED], list.tally()[SKIPPED]);
        SplayValidator.check(list, null);
    }

    private static void ask(SplayList list) {
        for (int i = 0; i < 1_000; i++) {
            list.get(7);
            list.put(7, 7, true); // an overwrite, or an attempt at one, is an access as well
            list.get(KEYS); // a miss is not even skipped
        }
    }
}
