// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.sync.BlockingPool;
import dev.heddle.sync.Fairness;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A pool of elements. */
public interface Pool {
    /** Takes an element, waiting for one. */
    Object take() throws InterruptedException;

    /** Gives an element back. */
    void put(Object element) throws InterruptedException;

    /** Returns a new pool that holds the given number of elements. */
    static Pool of(String impl, int elements) throws InterruptedException {
        Pool pool = empty(impl, elements);
        for (int i = 0; i < elements; i++) {
            pool.put(Integer.valueOf(i));
        }
        return pool;
    }

    private static Pool empty(String impl, int elements) {
        return switch (impl) {
            case "heddle-fifo" -> new Heddle(BlockingPool.fifo());
            case "heddle-lifo" -> new Heddle(BlockingPool.lifo());
            case "heddle-fifo-barging" -> new Heddle(BlockingPool.fifo(Fairness.BARGING));
            case "heddle-lifo-barging" -> new Heddle(BlockingPool.lifo(Fairness.BARGING));
            case "array-fair" -> new OfQueue(new ArrayBlockingQueue<>(elements, true));
            case "array-unfair" -> new OfQueue(new ArrayBlockingQueue<>(elements, false));
            case "linked" -> new OfQueue(new LinkedBlockingQueue<>());
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours. */
    final class Heddle implements Pool {
        private final BlockingPool<Object> pool;

        Heddle(BlockingPool<Object> pool) {
            this.pool = pool;
        }

        @Override
        public Object take() throws InterruptedException {
            return pool.take();
        }

        @Override
        public void put(Object element) {
            pool.put(element);
        }
    }

    /** A blocking queue of the JDK, used as a pool. */
    final class OfQueue implements Pool {
        private final BlockingQueue<Object> queue;

        OfQueue(BlockingQueue<Object> queue) {
            this.queue = queue;
        }

        @Override
        public Object take() throws InterruptedException {
            return queue.take();
        }

        @Override
        public void put(Object element) throws InterruptedException {
            queue.put(element);
        }
    }
}
