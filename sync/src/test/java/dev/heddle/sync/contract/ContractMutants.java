// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Date;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Types of the JDK with one fault each, of the kinds that a re-implementation is likely to have. */
@SuppressWarnings("WaitNotInLoop") // hands single calls on; the loop is the caller's
public final class ContractMutants {
    private ContractMutants() {}

    /** Which case of which contract rejects the type, and a part of the reason it gives. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Rejected {
        String by();

        String in();

        String because();
    }

    /** The untimed try respects the queue. */
    @Rejected(
            by = "SemaphoreOrderContract",
            in = "tryAcquire_othersWait_passesThemEvenIfFair",
            because = "tryAcquire passes the queue")
    public static class PoliteTry extends Semaphore {
        private static final long serialVersionUID = 1L;

        public PoliteTry(int permits) {
            super(permits);
        }

        public PoliteTry(int permits, boolean fair) {
            super(permits, fair);
        }

        @Override
        public boolean tryAcquire() {
            return !hasQueuedThreads() && super.tryAcquire(); // MUTANT: looks at the queue
        }
    }

    /** The timed try passes the queue. */
    @Rejected(
            by = "SemaphoreOrderContract",
            in = "timedTryAcquire_othersWait_passesThemOnlyIfUnfair",
            because = "expected false, was true")
    public static class RudeTimedTry extends Semaphore {
        private static final long serialVersionUID = 1L;

        public RudeTimedTry(int permits) {
            super(permits);
        }

        public RudeTimedTry(int permits, boolean fair) {
            super(permits, fair);
        }

        @Override
        public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
            return super.tryAcquire() || super.tryAcquire(timeout, unit); // MUTANT: barges first
        }
    }

    /** Many permits are taken one by one. */
    @Rejected(
            by = "SemaphoreWaitContract",
            in = "acquireMany_somePermits_waitsForAllAndTakesNoneMeanwhile",
            because = "expected 2, was 0")
    public static class Piecemeal extends Semaphore {
        private static final long serialVersionUID = 1L;

        public Piecemeal(int permits) {
            super(permits);
        }

        public Piecemeal(int permits, boolean fair) {
            super(permits, fair);
        }

        @Override
        public void acquire(int permits) throws InterruptedException {
            for (int i = 0; i < permits; i++) { // MUTANT: keeps a part while it waits for the rest
                super.acquire();
            }
        }
    }

    /** An interrupt on entry costs a permit. */
    @Rejected(
            by = "SemaphoreContract",
            in = "interruptedOnEntry_interruptibleForms_throwAndTakeNothing",
            because = "expected 5, was 4")
    public static class PermitEater extends Semaphore {
        private static final long serialVersionUID = 1L;

        public PermitEater(int permits) {
            super(permits);
        }

        public PermitEater(int permits, boolean fair) {
            super(permits, fair);
        }

        @Override
        public void acquire() throws InterruptedException {
            super.acquireUninterruptibly();
            if (Thread.interrupted()) {
                throw new InterruptedException(); // MUTANT: with the permit in hand
            }
        }
    }

    /** Negative permits are not drained. */
    @Rejected(
            by = "SemaphoreContract",
            in = "drainPermits_negative_returnsThemAndLeavesZero",
            because = "expected -5, was 0")
    public static class HalfDrain extends Semaphore {
        private static final long serialVersionUID = 1L;

        public HalfDrain(int permits) {
            super(permits);
        }

        public HalfDrain(int permits, boolean fair) {
            super(permits, fair);
        }

        @Override
        public int drainPermits() {
            return availablePermits() < 0 ? 0 : super.drainPermits(); // MUTANT: a debt stays
        }
    }

    /** A wait that cannot be interrupted forgets the interrupt. */
    @Rejected(by = "MutexWaitContract", in = "interrupt_whileWaitingUninterruptibly_isKeptForTheEnd", because = "flag")
    public static class FlagEater extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        public FlagEater() {}

        public FlagEater(boolean fair) {
            super(fair);
        }

        @Override
        public void lock() {
            super.lock();
            Thread.interrupted(); // MUTANT: the flag is gone
        }
    }

    /** Waits without parking. */
    @Rejected(by = "MutexWaitContract", in = "lock_heldByAnother_waitsForUnlock", because = "parked as WAITING")
    public static class Spinner extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        public Spinner() {}

        public Spinner(boolean fair) {
            super(fair);
        }

        @Override
        public void lock() {
            // MUTANT: not seen as waiting. An interrupt ends it, so that no spinning thread outlives the test.
            while (!super.tryLock() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }

    /** Anybody may unlock a free lock. */
    @Rejected(
            by = "MutexContract",
            in = "unlock_notOwner_isRefusedAndChangesNothing",
            because = "IllegalMonitorStateException, was null")
    public static class Lenient extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        public Lenient() {}

        public Lenient(boolean fair) {
            super(fair);
        }

        @Override
        public void unlock() {
            if (isLocked()) { // MUTANT: silent where the JDK throws
                super.unlock();
            }
        }
    }

    /** A condition whose waits cannot be interrupted. */
    @Rejected(
            by = "ConditionWaitContract",
            in = "interrupt_whileWaiting_endsInterruptibleWaitsHoldingTheLock",
            because = "waited in vain for: end")
    public static class DeafCondition extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        public DeafCondition() {}

        public DeafCondition(boolean fair) {
            super(fair);
        }

        @Override
        public Condition newCondition() {
            return new Wrapper(super.newCondition()) {
                @Override
                public void await() {
                    inner.awaitUninterruptibly(); // MUTANT: no InterruptedException
                }
            };
        }
    }

    /** A condition whose signal to all reaches one. */
    @Rejected(
            by = "ConditionWaitContract",
            in = "signalAll_severalWaiters_wakesAllInOrder",
            because = "waited in vain for: end")
    public static class LonelySignal extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        public LonelySignal() {}

        public LonelySignal(boolean fair) {
            super(fair);
        }

        @Override
        public Condition newCondition() {
            return new Wrapper(super.newCondition()) {
                @Override
                public void signalAll() {
                    inner.signal(); // MUTANT: one instead of all
                }
            };
        }
    }

    /** Hands all on. */
    private static class Wrapper implements Condition {
        final Condition inner;

        Wrapper(Condition inner) {
            this.inner = inner;
        }

        @Override
        public void await() throws InterruptedException {
            inner.await();
        }

        @Override
        public void awaitUninterruptibly() {
            inner.awaitUninterruptibly();
        }

        @Override
        public long awaitNanos(long nanosTimeout) throws InterruptedException {
            return inner.awaitNanos(nanosTimeout);
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return inner.await(time, unit);
        }

        @Override
        public boolean awaitUntil(Date deadline) throws InterruptedException {
            return inner.awaitUntil(deadline);
        }

        @Override
        public void signal() {
            inner.signal();
        }

        @Override
        public void signalAll() {
            inner.signalAll();
        }
    }

    /** An untimed try for reading waits for its turn behind a writer. */
    @Rejected(
            by = "ReadWriteMutexWaitContract",
            in = "readTryLock_writerWaits_passesItEvenIfFair",
            because = "tryLock passes")
    public static class PoliteRead extends ReentrantReadWriteLock {
        private static final long serialVersionUID = 1L;
        private final ReadLock read = new Read(this);

        public PoliteRead() {}

        public PoliteRead(boolean fair) {
            super(fair);
        }

        @Override
        public ReadLock readLock() {
            return read;
        }

        private static final class Read extends ReadLock {
            private static final long serialVersionUID = 1L;
            private final PoliteRead owner;

            Read(PoliteRead owner) {
                super(owner);
                this.owner = owner;
            }

            @Override
            public boolean tryLock() {
                return owner.getQueuedWriterThreads().isEmpty() && super.tryLock(); // MUTANT: looks at the queue
            }
        }
    }

    /** An open latch does not look at the interrupt flag. */
    @Rejected(
            by = "CountDownLatchContract",
            in = "interruptedOnEntry_everyAwait_throwsEvenIfOpen",
            because = "InterruptedException, was null")
    public static class DeafLatch extends CountDownLatch {
        public DeafLatch(int count) {
            super(count);
        }

        @Override
        public void await() throws InterruptedException {
            if (getCount() > 0) { // MUTANT: no InterruptedException once open
                super.await();
            }
        }
    }

    /** A latch that closes at the second count too late. */
    @Rejected(by = "CountDownLatchContract", in = "countDown_zero_changesNothing", because = "expected 0, was -1")
    public static class Miscounting extends CountDownLatch {
        public Miscounting(int count) {
            super(count);
        }

        @Override
        public long getCount() {
            return super.getCount() - 1; // MUTANT: below zero once open
        }
    }

    /** Arrivals are numbered upwards. */
    @Rejected(
            by = "CyclicBarrierContract",
            in = "await_lastParty_releasesAllWithTheirIndexes",
            because = "expected 0, was 3")
    public static class UpwardIndex extends CyclicBarrier {
        public UpwardIndex(int parties) {
            super(parties);
        }

        public UpwardIndex(int parties, Runnable action) {
            super(parties, action);
        }

        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            return getParties() - 1 - super.await(); // MUTANT: the first is 0
        }
    }

    /** An interrupt on entry goes away without breaking the barrier. */
    @Rejected(
            by = "CyclicBarrierBreakContract",
            in = "interruptedOnEntry_notTheLast_breaksTheBarrier",
            because = "waited in vain for: end")
    public static class Unbreakable extends CyclicBarrier {
        public Unbreakable(int parties) {
            super(parties);
        }

        public Unbreakable(int parties, Runnable action) {
            super(parties, action);
        }

        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // MUTANT: the others wait on
            }
            return super.await();
        }
    }
}
