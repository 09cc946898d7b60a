// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends the time into a channel with room for one element. */
public final class Ticks implements Runnable {
    /* Implementation notes
     * Idea        The JDK's own timer thread, the one behind CompletableFuture.orTimeout, wakes a task of its common pool,
     *             which sends. So there is no thread for a timer, receivers wait as in any channel, and what depends on a
     *             received future does not run in the timer thread.
     * Missed      The channel has room for one: a tick that finds it full is dropped. The next is due at the next whole
     *             period after now, so a late task does not make up for what it missed.
     * Deviations  No word with the next deadline that receivers would park for: they would need a queue and a timer beside
     *             it for futures anyway.
     */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final CellChannel<Instant> channel = new CellChannel<>(1, null);
    private final long period; // 0: one tick only
    private long due; // in the scale of nanoTime; owned by the one task that is scheduled

    private Ticks(long period) {
        this.period = period;
    }

    /** One tick after the delay. */
    public static Receiver<Instant> once(Duration delay) {
        Ticks ticks = new Ticks(0);
        ticks.start(nanos(delay));
        return ticks.channel;
    }

    /** A tick after each period. */
    public static Receiver<Instant> periodic(Duration period) {
        long nanos = nanos(period);
        if (nanos <= 0) {
            throw new IllegalArgumentException("period " + period + " is not positive");
        }
        Ticks ticks = new Ticks(nanos);
        ticks.start(nanos);
        return ticks.channel;
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    private void start(long delay) {
        due = System.nanoTime() + delay;
        if (delay == 0) {
            run();
        } else {
            schedule(delay);
        }
    }

    private void schedule(long delay) {
        CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS).execute(this);
    }

    @Override
    public void run() {
        if (channel.isClosedForSend()) {
            return; // cancelled: no more ticks
        }
        if (period > 0) {
            long late = Math.max(System.nanoTime() - due, 0);
            due += period * (late / period + 1);
            schedule(Math.max(due - System.nanoTime(), 0)); // before the send, whose dependents may fail
        }
        try {
            channel.trySend(Instant.now());
        } catch (ChannelClosedException cancelled) {
            return; // between the look above and here
        }
    }
}
