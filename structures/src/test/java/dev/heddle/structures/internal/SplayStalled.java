// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heddle.testkit.Await;
import java.util.concurrent.CountDownLatch;

/** A thread stops while it holds the lock; the others read, insert and remove. */
public final class SplayStalled implements Runnable {
    private static final int KEYS = 200;

    private final SplayList list = new SplayList(null, 1, 4, 1, 2 * KEYS);

    @Override
    public void run() {
        for (int key = 0; key < KEYS; key++) {
            list.put(key, key, false);
        }
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Thread holder = new Thread(() -> list.upkeep().inspect(index -> {
            held.countDown();
            return waitFor(released);
        }));
        holder.start();
        waitFor(held);
        try {
            change();
            look();
        } finally {
            released.countDown();
            Await.ended(holder);
        }
        look();
        SplayValidator.check(list, null);
    }

    /** Of ten keys in a row the first stays, the others go; half of those come back. */
    private void change() {
        for (int key = 0; key < KEYS; key++) {
            if (key % 10 != 0) {
                assertEquals(key, list.remove(key));
            }
        }
        for (int key = 0; key < KEYS; key += 20) {
            for (int back = key + 5; back < key + 10; back++) {
                assertNull(list.put(back, -back, false));
            }
        }
    }

    private void look() {
        for (int key = 0; key < KEYS; key++) {
            Integer expected = key % 10 == 0 ? (Integer) key : isBack(key) ? (Integer) (-key) : null;
            assertEquals(expected, list.get(key));
            int floor = key;
            while (floor % 10 != 0 && !isBack(floor)) {
                floor--;
            }
            assertEquals(floor, list.atMost(key, true).node().key);
        }
        assertEquals(
                isBack(KEYS - 1) ? KEYS - 1 : KEYS - 10, list.atMost(null, true).node().key);
        assertEquals(KEYS / 10 + KEYS / 20 * 5, list.size());
    }

    private static boolean isBack(int key) {
        return key % 20 >= 5 && key % 20 < 10;
    }

    static Void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }
}
