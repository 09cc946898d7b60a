// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.util.concurrent.locks.LockSupport;

/**
 * How long a wait may last, and the only place where a waiting thread parks. Tests put an alarm in place of the clock,
 * because a checker that controls the schedule knows no time.
 */
public abstract class Deadline {
    /** Never passes. */
    public static final Deadline NEVER = new Deadline() {
        @Override
        public boolean passed() {
            return false;
        }

        @Override
        public void park(Object blocker) {
            LockSupport.park(blocker);
        }
    };

    /** For subclasses. */
    protected Deadline() {}

    /** Whether the time is over. Once true, always true. */
    public abstract boolean passed();

    /** Parks the calling thread until it is unparked, interrupted, or the deadline has passed; may return early. */
    public abstract void park(Object blocker);

    /** Whether a waiter may wait actively for a moment before it parks. */
    public boolean maySpin() {
        return Threads.maySpin();
    }

    /** Nanoseconds left; zero or less when the time is over, {@code Long.MAX_VALUE} when there is no limit. */
    public long remaining() {
        return passed() ? 0 : Long.MAX_VALUE;
    }

    /** A deadline {@code nanos} nanoseconds from now; any value is legal, up to {@code Long.MAX_VALUE}. */
    public static Deadline after(long nanos) {
        return new Timed(System.nanoTime() + Math.max(nanos, 0)); // a sum far below would wrap into the future
    }

    /** A deadline at a time of the wall clock, in milliseconds since the epoch. It follows the clock if that is set. */
    public static Deadline until(long epochMillis) {
        return new WallClock(epochMillis);
    }

    private static final class WallClock extends Deadline {
        private final long end;

        WallClock(long end) {
            this.end = end;
        }

        @Override
        public boolean passed() {
            return System.currentTimeMillis() >= end;
        }

        @Override
        public void park(Object blocker) {
            LockSupport.parkUntil(blocker, end);
        }
    }

    private static final class Timed extends Deadline {
        private final long end; // in nanoTime's scale, which may wrap: only differences mean something

        Timed(long end) {
            this.end = end;
        }

        @Override
        public boolean passed() {
            return remaining() <= 0;
        }

        @Override
        public long remaining() {
            return end - System.nanoTime();
        }

        @Override
        public void park(Object blocker) {
            long left = remaining();
            if (left > 0) {
                LockSupport.parkNanos(blocker, left);
            }
        }
    }
}
