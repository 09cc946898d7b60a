// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A semaphore with waiters: blocking, interrupts, time limits. */
public final class SemaphoreWaitContract extends Contract {

    private static final class Open extends Semaphore {
        private static final long serialVersionUID = 1L;

        Open(int permits, boolean fair) {
            super(permits, fair);
        }

        void reduce(int reduction) {
            reducePermits(reduction);
        }
    }

    private Open semaphore(int permits) {
        return new Open(permits, fair);
    }

    private Task<Object> parkedAcquire(Semaphore s, int permits) {
        int before = s.getQueueLength();
        Task<Object> t = run(() -> s.acquire(permits)).parked();
        queueLength(s, before + 1);
        return t;
    }

    private void queueLength(Semaphore s, int expected) {
        until("queue length " + expected, () -> s.getQueueLength() == expected);
        equal(expected > 0, s.hasQueuedThreads());
    }

    // ---------------------------------------------------------------- blocking

    void acquire_noPermit_waitsForRelease() {
        Semaphore s = semaphore(0);
        Task<Object> t = run(() -> s.acquire()).parked();
        blockedBy(Semaphore.class, t);
        s.release();
        t.result();
        count(0, s.availablePermits());
    }

    void acquireUninterruptibly_noPermit_waitsForRelease() {
        Semaphore s = semaphore(0);
        Task<Object> one = run(() -> s.acquireUninterruptibly()).parked();
        blockedBy(Semaphore.class, one);
        s.release();
        one.result();
        Task<Object> two = run(() -> s.acquireUninterruptibly(2)).parked();
        s.release();
        two.parked();
        s.release();
        two.result();
        count(0, s.availablePermits());
    }

    void timedTryAcquire_noPermit_waitsForRelease() {
        Semaphore s = semaphore(0);
        Task<Boolean> one = call(() -> s.tryAcquire(1, TimeUnit.HOURS)).parkedTimed();
        blockedBy(Semaphore.class, one);
        s.release();
        equal(true, one.result());
        Task<Boolean> two = call(() -> s.tryAcquire(2, 1, TimeUnit.HOURS)).parkedTimed();
        s.release(2);
        equal(true, two.result());
        count(0, s.availablePermits());
    }

    void acquireMany_somePermits_waitsForAllAndTakesNoneMeanwhile() {
        Semaphore s = semaphore(2);
        Task<Object> t = parkedAcquire(s, 5);
        count(2, s.availablePermits());
        s.release(2);
        count(4, s.availablePermits());
        t.parked();
        s.release(2);
        t.result();
        count(1, s.availablePermits());
    }

    void acquireZero_negativePermits_waitsUntilNotNegative() {
        Semaphore s = semaphore(-2);
        Task<Object> t = parkedAcquire(s, 0);
        s.release();
        t.parked();
        count(-1, s.availablePermits());
        s.release();
        t.result();
        count(0, s.availablePermits());
    }

    void timedTryAcquireZero_negativePermits_waits() {
        Semaphore s = semaphore(-1);
        Task<Boolean> t = call(() -> s.tryAcquire(0, 1, TimeUnit.HOURS)).parkedTimed();
        s.release();
        equal(true, t.result());
    }

    void acquire_negativePermits_waitsUntilPositive() {
        Semaphore s = semaphore(-1);
        Task<Object> t = parkedAcquire(s, 1);
        s.release();
        t.parked();
        s.release();
        t.result();
        count(0, s.availablePermits());
    }

    void reducePermits_whileWaited_delaysTheWaiter() {
        Open s = semaphore(0);
        Task<Object> t = parkedAcquire(s, 1);
        s.reduce(1);
        count(-1, s.availablePermits());
        s.release();
        t.parked();
        count(0, s.availablePermits());
        s.release();
        t.result();
    }

    void drainPermits_whileBulkWaits_takesWhatIsThere() {
        Semaphore s = semaphore(2);
        Task<Object> t = parkedAcquire(s, 3);
        count(2, s.drainPermits());
        s.release(2);
        t.parked();
        s.release();
        t.result();
    }

    void release_ofMany_servesAllThatFit() {
        Semaphore s = semaphore(0);
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(parkedAcquire(s, 1));
        }
        s.release(3);
        all.get(0).result();
        all.get(1).result();
        all.get(2).result();
        all.get(3).parked();
        queueLength(s, 1);
        s.release(3);
        all.get(3).result();
        count(2, s.availablePermits());
    }

    void overflow_whileWaited_leavesTheWaiter() {
        Semaphore s = semaphore(Integer.MAX_VALUE - 1);
        Task<Object> t = parkedAcquire(s, Integer.MAX_VALUE);
        threw(Error.class, "Maximum permit count exceeded", () -> s.release(2));
        t.parked();
        count(Integer.MAX_VALUE - 1, s.availablePermits());
        s.release();
        t.result();
        count(0, s.availablePermits());
    }

    // ---------------------------------------------------------------- interrupts

    void interrupt_whileWaiting_endsInterruptibleForms() {
        Semaphore s = semaphore(0);
        run(() -> s.acquire()).parked().interruptThrows(InterruptedException.class);
        run(() -> s.acquire(2)).parked().interruptThrows(InterruptedException.class);
        call(() -> s.tryAcquire(1, TimeUnit.HOURS)).parkedTimed().interruptThrows(InterruptedException.class);
        call(() -> s.tryAcquire(2, 1, TimeUnit.HOURS)).parkedTimed().interruptThrows(InterruptedException.class);
        queueLength(s, 0);
        s.release();
        count(1, s.availablePermits());
    }

    void interrupt_whileWaitingUninterruptibly_isKeptForTheEnd() {
        Semaphore s = semaphore(0);
        Task<Object> one = run(() -> s.acquireUninterruptibly()).parked();
        one.ignoresInterrupt(Thread.State.WAITING).ignoresInterrupt(Thread.State.WAITING);
        s.release();
        one.result();
        yes(one.interruptedAtEnd(), "flag");
        Task<Object> two = run(() -> s.acquireUninterruptibly(2)).parked().ignoresInterrupt(Thread.State.WAITING);
        s.release(2);
        two.result();
        yes(two.interruptedAtEnd(), "flag");
    }

    void interruptedOnEntry_uninterruptibleNoPermit_waitsAndKeepsTheFlag() {
        Semaphore s = semaphore(0);
        Task<Object> t = run(() -> {
            Thread.currentThread().interrupt();
            s.acquireUninterruptibly();
        });
        t.parked();
        s.release();
        t.result();
        yes(t.interruptedAtEnd(), "flag");
    }

    void interrupt_ofTheHead_servesTheNextThatFits() {
        Semaphore s = semaphore(1);
        Task<Object> big = parkedAcquire(s, 3);
        Task<Object> small = parkedAcquireBehind(s, 1);
        big.interruptThrows(InterruptedException.class);
        small.result();
        count(0, s.availablePermits());
        queueLength(s, 0);
    }

    /** Queues a request that must not pass those before it; an unfair one is made too big, then permits taken away. */
    private Task<Object> parkedAcquireBehind(Semaphore s, int permits) {
        if (fair) {
            return parkedAcquire(s, permits);
        }
        int free = s.drainPermits();
        Task<Object> t = parkedAcquire(s, permits);
        s.release(free);
        return t;
    }

    void interrupt_inTheMiddle_keepsTheOrder() {
        Semaphore s = semaphore(0);
        Task<Object> a = parkedAcquire(s, 1);
        Task<Object> b = parkedAcquire(s, 1);
        Task<Object> c = parkedAcquire(s, 1);
        b.interruptThrows(InterruptedException.class);
        queueLength(s, 2);
        s.release();
        a.result();
        c.parked();
        s.release();
        c.result();
        count(0, s.availablePermits());
    }

    void interrupt_ofAll_losesNoPermit() {
        Semaphore s = semaphore(0);
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(parkedAcquire(s, 1));
        }
        for (int i = 0; i < 20; i += 2) {
            all.get(19 - i).interruptThrows(InterruptedException.class);
        }
        queueLength(s, 10);
        s.release(10);
        for (int i = 0; i < 20; i += 2) {
            all.get(i).result();
        }
        queueLength(s, 0);
        count(0, s.availablePermits());
    }

    void interrupt_racingWithRelease_losesNoPermit() {
        for (int i = 0; i < 50; i++) {
            Semaphore s = semaphore(0);
            AtomicBoolean interrupted = new AtomicBoolean();
            Task<Object> t = run(() -> {
                s.acquire();
                until("interrupt", interrupted::get);
            });
            t.parked();
            Task<Object> other = run(() -> s.release());
            t.thread.interrupt();
            interrupted.set(true);
            other.result();
            count(t.grantedDespiteInterrupt() ? 0 : 1, s.availablePermits());
        }
    }

    // ---------------------------------------------------------------- time limits

    void timedTryAcquire_zeroOrLess_neverWaits() throws Exception {
        Semaphore s = semaphore(0);
        for (TimeUnit unit : UNITS) {
            for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
                no(s.tryAcquire(timeout, unit), "tryAcquire");
                no(s.tryAcquire(1, timeout, unit), "tryAcquire(1)");
            }
        }
        s.release(2 * UNITS.length * 3);
        for (TimeUnit unit : UNITS) {
            for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
                yes(s.tryAcquire(timeout, unit), "tryAcquire");
                yes(s.tryAcquire(1, timeout, unit), "tryAcquire(1)");
            }
        }
        count(0, s.availablePermits());
    }

    void timedTryAcquire_elapsed_isFalseAndTakesNothing() throws Exception {
        Semaphore s = semaphore(1);
        tookAtLeast(SHORT_MS, () -> no(s.tryAcquire(2, SHORT_MS, TimeUnit.MILLISECONDS), "in time"));
        no(s.tryAcquire(2, 1, TimeUnit.NANOSECONDS), "in time");
        no(s.tryAcquire(2, 1, TimeUnit.MICROSECONDS), "in time");
        count(1, s.availablePermits());
        queueLength(s, 0);
        s.drainPermits();
        tookAtLeast(SHORT_MS, () -> no(s.tryAcquire(SHORT_MS * 1_000, TimeUnit.MICROSECONDS), "in time"));
        s.release();
        count(1, s.availablePermits());
    }

    void timedTryAcquire_longestTime_waitsInEveryUnit() {
        Semaphore s = semaphore(0);
        for (TimeUnit unit : UNITS) {
            Task<Boolean> t = call(() -> s.tryAcquire(Long.MAX_VALUE, unit)).parkedTimed();
            s.release();
            equal(true, t.result());
        }
        Task<Boolean> two = call(() -> s.tryAcquire(2, Long.MAX_VALUE, TimeUnit.NANOSECONDS))
                .parkedTimed();
        s.release(2);
        equal(true, two.result());
    }

    void timedTryAcquire_permitFree_takesItWhateverTheTime() throws Exception {
        Semaphore s = semaphore(2);
        yes(s.tryAcquire(Long.MAX_VALUE, TimeUnit.DAYS), "MAX");
        yes(s.tryAcquire(Long.MIN_VALUE, TimeUnit.DAYS), "MIN");
        count(0, s.availablePermits());
    }

    void timeout_ofTheHead_servesTheNextThatFits() {
        Semaphore s = semaphore(1);
        Task<Boolean> big = call(() -> s.tryAcquire(3, SHORT_MS * 4, TimeUnit.MILLISECONDS));
        Task<Object> small = run(() -> s.acquire());
        equal(false, big.result());
        small.result();
        count(0, s.availablePermits());
    }

    void timeout_racingWithRelease_losesNoPermit() {
        for (int i = 0; i < 50; i++) {
            Semaphore s = semaphore(0);
            long nanos = 1_000L * i;
            Task<Boolean> t = call(() -> s.tryAcquire(nanos, TimeUnit.NANOSECONDS));
            s.release();
            count(t.result() ? 0 : 1, s.availablePermits());
        }
    }
}
