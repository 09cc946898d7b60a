// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

/** Elements: each with one holder at a time, and all there in the end. */
final class PoolSoak extends Scenario {
    private static final int ELEMENTS = 3;

    private final BlockingPool<Integer> pool;
    private final Consumer<Integer> put;
    private final AtomicIntegerArray held = new AtomicIntegerArray(ELEMENTS);

    /** Elements go back through {@code put}, at first through the pool itself. */
    PoolSoak(BlockingPool<Integer> pool, Consumer<Integer> put) {
        this.pool = pool;
        this.put = put;
        for (int i = 0; i < ELEMENTS; i++) {
            pool.put(i);
        }
    }

    @Override
    void act(Dice dice) throws Exception {
        switch (dice.below(4)) {
            case 0 -> use(pool.take());
            case 1 -> useIf(pool.poll(dice.nanos(), TimeUnit.NANOSECONDS));
            case 2 -> useIf(pool.tryTake());
            default -> settle(pool.takeAsync(), dice, this::use);
        }
    }

    private void useIf(Integer element) {
        if (element != null) {
            use(element);
        }
    }

    private void use(int element) {
        assertTrue(held.compareAndSet(element, 0, 1), () -> "element " + element + " has two holders");
        Thread.onSpinWait();
        held.set(element, 0);
        put.accept(element);
    }

    @Override
    void check() {
        assertEquals(ELEMENTS, pool.size());
        var elements = new TreeSet<Integer>();
        for (int i = 0; i < ELEMENTS; i++) {
            Integer element = pool.tryTake();
            assertTrue(element != null && elements.add(element), () -> "an element is lost or doubled: " + elements);
        }
        assertNull(pool.tryTake());
        assertTrue(pool.toString().endsWith("[Elements = 0, Waiting = 0]"), pool::toString);
        elements.forEach(pool::put);
        assertFewSegments(pool);
    }
}
