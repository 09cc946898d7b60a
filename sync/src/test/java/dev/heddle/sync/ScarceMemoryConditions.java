// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The conditions of {@link Mutex} and {@link ReadWriteMutex} without memory. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // each operation by itself
final class ScarceMemoryConditions {
    private ScarceMemoryConditions() {}

    /** A lock, its condition, and what they tell of themselves. */
    private record Subject(
            Lock lock,
            Condition condition,
            IntSupplier holds,
            IntSupplier waiting,
            Supplier<CompletableFuture<? extends AutoCloseable>> lockAsync) {
        static Subject ofMutex(boolean fair) {
            Mutex m = ScarceMemoryLocks.mutex(fair);
            Condition c = m.newCondition();
            return new Subject(m, c, m::getHoldCount, () -> m.getWaitQueueLength(c), m::lockAsync);
        }

        static Subject ofBoth(boolean fair) {
            ReadWriteMutex m = ScarceMemoryLocks.both(fair);
            Condition c = m.writeLock().newCondition();
            return new Subject(
                    m.writeLock(), c, m::getWriteHoldCount, () -> m.getWaitQueueLength(c), m::writeLockAsync);
        }

        void check(ScarceMemory.Attempt a, int expectedHolds) {
            a.check(holds.getAsInt() == expectedHolds, "holds " + holds.getAsInt());
            a.check(waiting.getAsInt() == 0, "waiting " + waiting.getAsInt());
        }

        void idle(ScarceMemory.Attempt a) throws Exception {
            var last = lockAsync.get();
            a.check(last.isDone(), "held by nobody");
            a.served(last).close();
        }
    }

    static Map<String, Runnable> cases() {
        var all = new ScarceMemory();
        for (boolean fair : new boolean[] {true, false}) {
            for (boolean mutex : new boolean[] {true, false}) {
                String kind = (mutex ? " of Mutex" : " of ReadWriteMutex") + (fair ? " fair" : " barging");
                Supplier<Subject> subject = () -> mutex ? Subject.ofMutex(fair) : Subject.ofBoth(fair);
                all.add("await, timed" + kind, a -> awaitTimed(a, subject.get(), false))
                        .add("await, lock taken" + kind, a -> awaitTimed(a, subject.get(), true))
                        .add("signal" + kind, a -> signal(a, subject.get()));
            }
        }
        return all.cases();
    }

    /** However the wait ends, the caller has its holds. */
    private static void awaitTimed(ScarceMemory.Attempt a, Subject s, boolean taken) throws Exception {
        s.lock.lock();
        s.lock.lock();
        if (taken) { // while the caller waits, another one has the lock: it queues up again
            s.lockAsync.get().thenAcceptAsync(ScarceMemoryConditions::close);
        }
        a.make(() -> a.check(!s.condition.await(1, TimeUnit.NANOSECONDS), "signalled"));
        s.check(a, 2);
        s.condition.signal();
        s.lock.unlock();
        s.lock.unlock();
        if (taken) {
            a.served(s.lockAsync.get()).close();
        }
        s.idle(a);
    }

    private static void close(AutoCloseable permit) {
        try {
            permit.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A signal that fails is none: its waiter gets the next one. */
    private static void signal(ScarceMemory.Attempt a, Subject s) throws Exception {
        Thread waiter = new Thread(() -> {
            s.lock.lock();
            s.condition.awaitUninterruptibly();
            s.lock.unlock();
        });
        s.lock.lock();
        s.lockAsync.get().cancel(false); // now the next waiter needs another segment
        s.lock.unlock();
        waiter.start();
        s.lock.lock();
        while (s.waiting.getAsInt() == 0) {
            s.lock.unlock();
            Thread.onSpinWait();
            s.lock.lock();
        }
        boolean signalled = a.make(s.condition::signal);
        a.check(s.waiting.getAsInt() == (signalled ? 0 : 1), "waiting " + s.waiting.getAsInt());
        s.condition.signal();
        s.lock.unlock();
        waiter.join();
        s.idle(a);
    }
}
