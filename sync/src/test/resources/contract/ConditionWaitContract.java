// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A condition that is waited for: signals, interrupts, time limits, their races, the lock taken again. */
public final class ConditionWaitContract extends Contract {
    private final List<Object> order = new ArrayList<>(); // guarded by the lock
    private ReentrantLock lock;
    private Condition condition;

    private void prepare() {
        lock = new ReentrantLock(fair);
        condition = lock.newCondition();
    }

    /** Waits on the condition with the lock held; the result is what the wait gave. */
    private <T> Task<T> awaiting(Callable<T> wait) {
        return call(() -> {
            lock.lock();
            try {
                T result = wait.call();
                count(1, lock.getHoldCount());
                order.add(Thread.currentThread());
                return result;
            } catch (InterruptedException e) {
                count(1, lock.getHoldCount());
                throw e;
            } finally {
                lock.unlock();
            }
        });
    }

    /** Waits until the thread is on the condition: a thread that is parked may still be waiting for the lock. */
    private Task<Object> awaiting() {
        AtomicBoolean inside = new AtomicBoolean();
        Task<Object> t = awaiting(asCall(() -> {
            inside.set(true); // from now on whoever gets the lock finds the thread on the condition
            condition.await();
        }));
        until("inside", () -> inside.get());
        return t.parked();
    }

    private void locked(Body body) {
        lock.lock();
        try {
            asCall(body).call();
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        locked(condition::signal);
    }

    // ---------------------------------------------------------------- signals

    void await_signalled_returnsHoldingTheLock() {
        prepare();
        Task<Object> t = awaiting();
        blockedBy(ReentrantLock.class, t);
        no(lock.isLocked(), "isLocked while waiting");
        signal();
        t.result();
    }

    void everyWait_signalled_returnsSo() {
        prepare();
        Task<Object> quiet =
                awaiting(asCall(() -> condition.awaitUninterruptibly())).parked();
        blockedBy(ReentrantLock.class, quiet);
        signal();
        quiet.result();
        Task<Boolean> timed = awaiting(() -> condition.await(1, TimeUnit.HOURS)).parkedTimed();
        blockedBy(ReentrantLock.class, timed);
        signal();
        equal(true, timed.result());
        Task<Long> nanos =
                awaiting(() -> condition.awaitNanos(TimeUnit.HOURS.toNanos(1))).parkedTimed();
        signal();
        long left = nanos.result();
        yes(left > 0 && left < TimeUnit.HOURS.toNanos(1), "left " + left);
        Task<Boolean> until = awaiting(() -> condition.awaitUntil(new Date(System.currentTimeMillis() + 3_600_000)))
                .parkedTimed();
        signal();
        equal(true, until.result());
    }

    void longestTime_everyWait_waits() {
        prepare();
        for (TimeUnit unit : UNITS) {
            Task<Boolean> t =
                    awaiting(() -> condition.await(Long.MAX_VALUE, unit)).parkedTimed();
            signal();
            equal(true, t.result());
        }
        Task<Long> nanos = awaiting(() -> condition.awaitNanos(Long.MAX_VALUE)).parkedTimed();
        signal();
        yes(nanos.result() > 0, "time left");
        Task<Boolean> until =
                awaiting(() -> condition.awaitUntil(new Date(Long.MAX_VALUE))).parkedTimed();
        signal();
        equal(true, until.result());
    }

    void await_severalHolds_releasesAllAndTakesAllAgain() {
        prepare();
        Task<Integer> t = call(() -> {
            lock.lock();
            lock.lock();
            lock.lock();
            condition.await();
            return lock.getHoldCount();
        });
        t.parked();
        yes(lock.tryLock(), "free while waiting");
        count(1, lock.getHoldCount());
        condition.signal();
        lock.unlock();
        equal(3, t.result());
        yes(lock.isLocked(), "held by the thread that ended");
    }

    void timedAwait_severalHoldsElapsed_takesAllAgain() throws Exception {
        prepare();
        lock.lock();
        lock.lock();
        lock.lock();
        no(condition.await(1, TimeUnit.MILLISECONDS), "signalled");
        count(3, lock.getHoldCount());
    }

    void signal_severalWaiters_wakesTheLongestWaiting() {
        prepare();
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(awaiting());
            all.add(awaiting(() -> condition.await(1, TimeUnit.HOURS)).parkedTimed());
        }
        for (int i = 0; i < all.size(); i++) {
            signal();
            all.get(i).result();
            int left = all.size() - 1 - i;
            locked(() -> count(left, lock.getWaitQueueLength(condition)));
        }
        equal(threads(all), order);
    }

    void signal_twiceUnderOneLock_wakesTwoInOrder() {
        prepare();
        List<Task<?>> all = List.of(awaiting(), awaiting(), awaiting());
        locked(() -> {
            condition.signal();
            condition.signal();
        });
        all.get(0).result();
        all.get(1).result();
        all.get(2).parked();
        signal();
        all.get(2).result();
        equal(threads(all), order);
    }

    void signalAll_severalWaiters_wakesAllInOrder() {
        prepare();
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(awaiting());
        }
        locked(condition::signalAll);
        all.forEach(Task::result);
        equal(threads(all), order);
        no(lock.isLocked(), "isLocked");
    }

    void signalled_behindOthersInTheQueue_takesItsTurn() {
        prepare();
        Task<Object> waiter = awaiting();
        lock.lock();
        Task<Object> before = queued();
        condition.signal();
        Task<Object> after = queued();
        count(3, lock.getQueueLength());
        lock.unlock();
        before.result();
        waiter.result();
        after.result();
        equal(List.of(before.thread, waiter.thread, after.thread), order);
    }

    private Task<Object> queued() {
        int length = lock.getQueueLength();
        Task<Object> t = run(() -> locked(() -> order.add(Thread.currentThread())));
        t.parked();
        until("queued", () -> lock.getQueueLength() == length + 1);
        return t;
    }

    private static List<Thread> threads(List<Task<?>> tasks) {
        List<Thread> threads = new ArrayList<>();
        tasks.forEach(t -> threads.add(t.thread));
        return threads;
    }

    void signal_lockStillHeld_waiterStaysUntilUnlock() {
        prepare();
        Task<Object> t = awaiting();
        lock.lock();
        lock.lock();
        condition.signal();
        yes(lock.hasQueuedThread(t.thread), "queued for the lock");
        lock.unlock();
        t.parked();
        lock.unlock();
        t.result();
    }

    void signal_ofOneCondition_leavesTheOthers() {
        prepare();
        Condition second = lock.newCondition();
        Task<Object> a = awaiting();
        Task<Object> b = awaiting(asCall(second::await)).parked();
        locked(condition::signalAll);
        a.result();
        b.parked();
        locked(second::signal);
        b.result();
    }

    void await_again_waitsForAnotherSignal() {
        prepare();
        Task<Object> t = awaiting(asCall(() -> {
            condition.await();
            condition.await();
        }));
        t.parked();
        signal();
        until("waiting again", () -> {
            boolean[] waiting = new boolean[1];
            locked(() -> waiting[0] = lock.hasWaiters(condition));
            return waiting[0] || t.hasEnded();
        });
        t.parked();
        signal();
        t.result();
    }

    // ---------------------------------------------------------------- interrupts

    void interrupt_whileWaiting_endsInterruptibleWaitsHoldingTheLock() {
        prepare();
        awaiting().interruptThrows(InterruptedException.class);
        awaiting(() -> condition.await(1, TimeUnit.HOURS)).parkedTimed().interruptThrows(InterruptedException.class);
        awaiting(() -> condition.awaitNanos(Long.MAX_VALUE)).parkedTimed().interruptThrows(InterruptedException.class);
        awaiting(() -> condition.awaitUntil(new Date(Long.MAX_VALUE)))
                .parkedTimed()
                .interruptThrows(InterruptedException.class);
        no(lock.isLocked(), "isLocked");
        locked(() -> no(lock.hasWaiters(condition), "hasWaiters"));
    }

    void interrupt_whileWaitingUninterruptibly_isKeptForTheEnd() {
        prepare();
        Task<Object> t =
                awaiting(asCall(() -> condition.awaitUninterruptibly())).parked();
        t.ignoresInterrupt(Thread.State.WAITING).ignoresInterrupt(Thread.State.WAITING);
        locked(() -> count(1, lock.getWaitQueueLength(condition)));
        signal();
        t.result();
        yes(t.interruptedAtEnd(), "flag");
    }

    void interruptedOnEntry_awaitUninterruptibly_waitsAndKeepsTheFlag() {
        prepare();
        Task<Object> t = awaiting(asCall(() -> {
            Thread.currentThread().interrupt();
            condition.awaitUninterruptibly();
        }));
        t.parked();
        signal();
        t.result();
        yes(t.interruptedAtEnd(), "flag");
    }

    void interrupt_beforeSignal_takesTheLockThenThrows() {
        prepare();
        Task<Object> t = awaiting();
        lock.lock();
        t.thread.interrupt();
        until("left the condition", () -> !lock.hasWaiters(condition));
        until("queued for the lock", () -> lock.hasQueuedThread(t.thread));
        t.parked();
        no(t.hasEnded(), "returned without the lock");
        lock.unlock();
        t.fails(InterruptedException.class);
        no(t.interruptedAtEnd(), "flag");
    }

    void interrupt_beforeSignal_doesNotConsumeTheSignal() {
        prepare();
        Task<Object> a = awaiting();
        Task<Object> b = awaiting();
        lock.lock();
        a.thread.interrupt();
        until("left the condition", () -> lock.getWaitQueueLength(condition) == 1);
        condition.signal();
        no(lock.hasWaiters(condition), "the signal went to the other");
        lock.unlock();
        a.fails(InterruptedException.class);
        b.result();
    }

    void interrupt_afterSignal_returnsNormallyWithTheFlag() {
        prepare();
        Task<Object> one = awaiting();
        Task<Boolean> two = awaiting(() -> condition.await(1, TimeUnit.HOURS)).parkedTimed();
        Task<Long> three = awaiting(() -> condition.awaitNanos(Long.MAX_VALUE)).parkedTimed();
        Task<Boolean> four =
                awaiting(() -> condition.awaitUntil(new Date(Long.MAX_VALUE))).parkedTimed();
        List<Task<?>> all = List.of(one, two, three, four);
        lock.lock();
        condition.signalAll();
        all.forEach(t -> t.thread.interrupt());
        lock.unlock();
        one.result();
        equal(true, two.result());
        yes(three.result() > 0, "time left");
        equal(true, four.result());
        all.forEach(t -> yes(t.interruptedAtEnd(), "flag of " + t));
    }

    void interrupt_racingWithSignal_losesNoSignal() {
        for (int i = 0; i < 30; i++) {
            prepare();
            Task<Object> a = awaiting();
            Task<Object> b = awaiting();
            Task<Object> signaller = run(this::signal);
            a.thread.interrupt();
            signaller.result();
            a.join();
            boolean consumed = a.endedNormally();
            if (consumed) {
                b.parked();
                signal();
            } else {
                a.fails(InterruptedException.class);
            }
            b.result();
        }
    }

    // ---------------------------------------------------------------- time limits

    void timeout_lockHeldByAnother_takesTheLockThenReturns() {
        prepare();
        Task<Boolean> t = timedOutBehindTheLock();
        t.parked();
        lock.unlock();
        equal(false, t.result());
        no(t.interruptedAtEnd(), "flag");
    }

    void interrupt_afterTimeout_isKeptForTheEnd() {
        prepare();
        Task<Boolean> t = timedOutBehindTheLock();
        t.thread.interrupt();
        lock.unlock();
        equal(false, t.result());
        yes(t.interruptedAtEnd(), "flag");
    }

    /** A wait whose time is over while this thread holds the lock; repeated until this thread was quick enough. */
    private Task<Boolean> timedOutBehindTheLock() {
        for (int i = 1; i <= 100; i++) {
            long time = SHORT_MS * i;
            Task<Boolean> t = awaiting(() -> condition.await(time, TimeUnit.MILLISECONDS));
            until("waiting or over", () -> t.hasEnded() || t.thread.getState() == Thread.State.TIMED_WAITING);
            lock.lock();
            until("left the condition", () -> !lock.hasWaiters(condition));
            until("queued or over", () -> t.hasEnded() || lock.hasQueuedThread(t.thread));
            if (!t.hasEnded()) {
                return t;
            }
            lock.unlock();
        }
        throw new AssertionError("never quick enough");
    }

    void timeout_beforeSignal_doesNotConsumeTheSignal() {
        prepare();
        Task<Boolean> a = awaiting(() -> condition.await(SHORT_MS, TimeUnit.MILLISECONDS));
        until("waiting or over", () -> a.hasEnded() || a.thread.getState() == Thread.State.TIMED_WAITING);
        Task<Object> b = awaiting();
        lock.lock();
        until("left the condition", () -> lock.getWaitQueueLength(condition) == 1);
        condition.signal();
        lock.unlock();
        equal(false, a.result());
        b.result();
    }

    void timeout_racingWithSignal_losesNoSignal() {
        for (int i = 0; i < 30; i++) {
            prepare();
            long nanos = 20_000L * i;
            Task<Boolean> a = awaiting(() -> condition.await(nanos, TimeUnit.NANOSECONDS));
            Task<Object> b = awaiting();
            signal();
            if (a.result()) {
                b.parked();
                signal();
            }
            b.result();
        }
    }

    // ---------------------------------------------------------------- programs

    void program_boundedBuffer_movesEveryElementOnceInOrder() {
        prepare();
        Condition notFull = lock.newCondition();
        int[] items = new int[3];
        int[] state = new int[3]; // put index, take index, count
        Task<Object> producer = run(() -> {
            for (int i = 0; i < 300; i++) {
                lock.lock();
                try {
                    while (state[2] == items.length) {
                        notFull.await();
                    }
                    items[state[0]] = i;
                    state[0] = (state[0] + 1) % items.length;
                    state[2]++;
                    condition.signal();
                } finally {
                    lock.unlock();
                }
            }
        });
        for (int i = 0; i < 300; i++) {
            int expected = i;
            locked(() -> {
                while (state[2] == 0) {
                    condition.await();
                }
                count(expected, items[state[1]]);
                state[1] = (state[1] + 1) % items.length;
                state[2]--;
                notFull.signal();
            });
        }
        producer.result();
    }
}
