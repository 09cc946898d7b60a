// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A semaphore with waiters: order of service, inspection, programs. */
public final class SemaphoreOrderContract extends Contract {

    private static final class Open extends Semaphore {
        private static final long serialVersionUID = 1L;

        Open(int permits, boolean fair) {
            super(permits, fair);
        }

        Collection<Thread> queued() {
            return getQueuedThreads();
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

    // ---------------------------------------------------------------- order of service

    void waiters_servedFirstInFirstOut() {
        Semaphore s = semaphore(0);
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(parkedAcquire(s, 1));
        }
        for (int i = 0; i < 6; i++) {
            s.release();
            all.get(i).result();
            queueLength(s, 5 - i);
        }
    }

    void waiters_ofDifferentSizes_areNotPassed() {
        Semaphore s = semaphore(0);
        Task<Object> big = parkedAcquire(s, 3);
        Task<Object> small = parkedAcquire(s, 1);
        s.release(2);
        count(2, s.availablePermits());
        big.parked();
        small.parked();
        s.release();
        big.result();
        small.parked();
        s.release();
        small.result();
        count(0, s.availablePermits());
    }

    void tryAcquire_othersWait_passesThemEvenIfFair() {
        Semaphore s = semaphore(2);
        Task<Object> big = parkedAcquire(s, 4);
        yes(s.tryAcquire(), "tryAcquire passes the queue");
        yes(s.tryAcquire(1), "tryAcquire(1) passes the queue");
        yes(s.tryAcquire(0), "tryAcquire(0) passes the queue");
        big.parked();
        s.release(4);
        big.result();
    }

    void timedTryAcquire_othersWait_passesThemOnlyIfUnfair() throws Exception {
        Semaphore s = semaphore(3);
        Task<Object> big = parkedAcquire(s, 4);
        equal(!fair, s.tryAcquire(0, TimeUnit.SECONDS));
        equal(!fair, s.tryAcquire(1, 0, TimeUnit.SECONDS));
        equal(!fair, s.tryAcquire(0, 0, TimeUnit.SECONDS));
        equal(!fair, s.tryAcquire(SHORT_MS, TimeUnit.MILLISECONDS));
        count(fair ? 3 : 0, s.availablePermits());
        big.parked();
        s.release(4);
        big.result();
    }

    void acquire_othersWait_passesThemOnlyIfUnfair() throws Exception {
        Semaphore s = semaphore(3);
        Task<Object> big = parkedAcquire(s, 4);
        if (fair) {
            Task<Object> one = parkedAcquire(s, 1);
            Task<Object> quiet = run(() -> s.acquireUninterruptibly()).parked();
            Task<Object> none = run(() -> s.acquire(0)).parked();
            s.release(3);
            big.result();
            one.result();
            quiet.result();
            none.result();
        } else {
            s.acquire();
            s.acquireUninterruptibly();
            s.acquire(0);
            s.acquire(1);
            s.release(4);
            big.result();
        }
        count(0, s.availablePermits());
    }

    // ---------------------------------------------------------------- inspection

    void queries_whileWaited_tellTheQueue() {
        Open s = semaphore(0);
        Task<Object> a = parkedAcquire(s, 1);
        Task<Boolean> b = call(() -> s.tryAcquire(1, TimeUnit.HOURS)).parkedTimed();
        Task<Object> c = run(() -> s.acquireUninterruptibly(2)).parked();
        queueLength(s, 3);
        count(3, s.queued().size());
        equal(Set.of(a.thread, b.thread, c.thread), Set.copyOf(s.queued()));
        a.interruptThrows(InterruptedException.class);
        queueLength(s, 2);
        equal(Set.of(b.thread, c.thread), Set.copyOf(s.queued()));
        s.release(3);
        equal(true, b.result());
        c.result();
        queueLength(s, 0);
        yes(s.queued().isEmpty(), "getQueuedThreads");
    }

    void toString_whileWaited_tellsPermitsOnly() {
        Semaphore s = semaphore(-1);
        Task<Object> t = parkedAcquire(s, 1);
        equal(identity(s) + "[Permits = -1]", s.toString());
        s.release(2);
        t.result();
    }

    void serialise_whileWaited_dropsTheQueue() throws Exception {
        Open s = semaphore(1);
        Task<Object> t = parkedAcquire(s, 3);
        Open back = copy(s);
        count(1, back.availablePermits());
        no(back.hasQueuedThreads(), "hasQueuedThreads");
        count(0, back.getQueueLength());
        back.acquire();
        Task<Object> waiter = parkedAcquire(back, 1);
        back.release();
        waiter.result();
        s.release(2);
        t.result();
    }

    // ---------------------------------------------------------------- programs

    void program_boundedWorkers_neverExceedThePermits() {
        Semaphore s = semaphore(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Task<Object>> workers = new ArrayList<>();
        for (int w = 0; w < 6; w++) {
            workers.add(run(() -> {
                for (int i = 0; i < 50; i++) {
                    s.acquire();
                    try {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                    } finally {
                        inside.decrementAndGet();
                        s.release();
                    }
                }
            }));
        }
        workers.forEach(Task::result);
        yes(most.get() <= 3, "most inside " + most);
        count(3, s.availablePermits());
    }

    void program_handOver_publishesWhatWasWritten() {
        Semaphore full = semaphore(0);
        Semaphore empty = semaphore(1);
        int[] slot = new int[1];
        Task<Long> consumer = call(() -> {
            long sum = 0;
            for (int i = 0; i < 200; i++) {
                full.acquire();
                sum += slot[0];
                empty.release();
            }
            return sum;
        });
        run(() -> {
            for (int i = 0; i < 200; i++) {
                empty.acquire();
                slot[0] = i;
                full.release();
            }
        });
        equal(199L * 200 / 2, consumer.result());
    }
}
