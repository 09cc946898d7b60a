// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The floors of a channel in one thread: its atomic operations on two or three counters and one cell, and nothing else.
 * Each is named by its fetch-and-adds and its compare-and-sets for a send and a receive together.
 */
abstract class RawPipes implements Pipe {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle S = field("s");
    private static final VarHandle R = field("r");
    private static final VarHandle B = field("b");
    private static final Object IN_BUFFER = "in buffer";

    private final Object[] cells;
    private final int mask;
    private volatile long s;
    private volatile long r;
    private volatile long b;

    RawPipes(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is no power of 2: " + capacity);
        }
        cells = new Object[capacity];
        mask = capacity - 1;
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(RawPipes.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int nextReceive() {
        return (int) (long) R.getAndAdd(this, 1L) & mask;
    }

    @Override
    public final void send(Object element) {
        int cell = (int) (long) S.getAndAdd(this, 1L) & mask;
        if (!CELL.compareAndSet(cells, cell, (Object) null, element)) {
            throw new IllegalStateException("the floor cannot wait: cell " + cell + " is taken");
        }
    }

    final Object take(int cell) {
        Object element = CELL.getAcquire(cells, cell);
        CELL.setRelease(cells, cell, (Object) null);
        return element;
    }

    final Object takeByCas(int cell) {
        Object element = CELL.getAcquire(cells, cell);
        if (!CELL.compareAndSet(cells, cell, element, (Object) null)) {
            throw new IllegalStateException("the floor has one thread");
        }
        return element;
    }

    /** What the expansion of a buffer adds: a third counter, and a mark on the cell it meets. */
    final void expand() {
        int cell = (int) (long) B.getAndAdd(this, 1L) & mask;
        if (!CELL.compareAndSet(cells, cell, (Object) null, IN_BUFFER)) {
            throw new IllegalStateException("the floor has one thread");
        }
        CELL.setRelease(cells, cell, (Object) null);
    }

    /** A fetch-and-add and a compare-and-set to send, a fetch-and-add and a store to receive. */
    static final class TwoOne extends RawPipes {
        TwoOne(int capacity) {
            super(capacity);
        }

        @Override
        public Object receive() {
            return take(nextReceive());
        }
    }

    /** The element is taken by a compare-and-set. */
    static final class TwoTwo extends RawPipes {
        TwoTwo(int capacity) {
            super(capacity);
        }

        @Override
        public Object receive() {
            return takeByCas(nextReceive());
        }
    }

    /** Besides, each receive expands the buffer: the algorithm of the paper. */
    static final class ThreeThree extends RawPipes {
        ThreeThree(int capacity) {
            super(capacity);
        }

        @Override
        public Object receive() {
            Object element = takeByCas(nextReceive());
            expand();
            return element;
        }
    }
}
