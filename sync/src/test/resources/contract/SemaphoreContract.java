// SPDX-License-Identifier: Apache-2.0
package contract;

import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A semaphore without contention: counting, arguments, errors, printing, serialisation, subclasses. */
public final class SemaphoreContract extends Contract {

    /** Opens what is protected. */
    private static final class Open extends Semaphore {
        private static final long serialVersionUID = 1L;

        Open(int permits, boolean fair) {
            super(permits, fair);
        }

        void reduce(int reduction) {
            reducePermits(reduction);
        }

        Collection<Thread> queued() {
            return getQueuedThreads();
        }
    }

    private Semaphore semaphore(int permits) {
        return new Semaphore(permits, fair);
    }

    // ---------------------------------------------------------------- construction

    @Once
    void construct_withoutFairness_isNotFair() {
        no(new Semaphore(1).isFair(), "isFair");
    }

    void construct_withFairness_tellsIt() {
        equal(fair, semaphore(1).isFair());
    }

    void construct_anyInt_isThePermits() {
        for (int permits : new int[] {0, 1, 7, -1, -7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            count(permits, semaphore(permits).availablePermits());
            count(permits, new Semaphore(permits).availablePermits());
        }
    }

    void construct_fresh_hasNoQueue() {
        Open s = new Open(0, fair);
        no(s.hasQueuedThreads(), "hasQueuedThreads");
        count(0, s.getQueueLength());
        yes(s.queued().isEmpty(), "getQueuedThreads");
    }

    // ---------------------------------------------------------------- acquire and release without a wait

    void acquire_permitsFree_takesOne() throws Exception {
        Semaphore s = semaphore(2);
        s.acquire();
        count(1, s.availablePermits());
        s.acquire();
        count(0, s.availablePermits());
    }

    void acquireUninterruptibly_permitsFree_takesOne() {
        Semaphore s = semaphore(2);
        s.acquireUninterruptibly();
        count(1, s.availablePermits());
    }

    void acquireMany_permitsFree_takesThem() throws Exception {
        Semaphore s = semaphore(10);
        s.acquire(3);
        count(7, s.availablePermits());
        s.acquireUninterruptibly(4);
        count(3, s.availablePermits());
        yes(s.tryAcquire(2), "tryAcquire");
        count(1, s.availablePermits());
        yes(s.tryAcquire(1, 1, TimeUnit.HOURS), "timed tryAcquire");
        count(0, s.availablePermits());
    }

    void acquireMany_allOfIntRange_takesThem() throws Exception {
        Semaphore s = semaphore(Integer.MAX_VALUE);
        s.acquire(Integer.MAX_VALUE);
        count(0, s.availablePermits());
        s.release(Integer.MAX_VALUE);
        count(Integer.MAX_VALUE, s.availablePermits());
    }

    void tryAcquire_permitsFree_takesOne() throws Exception {
        Semaphore s = semaphore(2);
        yes(s.tryAcquire(), "tryAcquire");
        yes(s.tryAcquire(1, TimeUnit.HOURS), "timed tryAcquire");
        count(0, s.availablePermits());
    }

    void tryAcquire_noPermit_isFalseAndTakesNothing() {
        Semaphore s = semaphore(0);
        no(s.tryAcquire(), "tryAcquire");
        count(0, s.availablePermits());
    }

    void tryAcquireMany_tooFewPermits_isFalseAndTakesNothing() {
        Semaphore s = semaphore(2);
        no(s.tryAcquire(3), "tryAcquire(3)");
        no(s.tryAcquire(Integer.MAX_VALUE), "tryAcquire(MAX)");
        count(2, s.availablePermits());
    }

    void release_withoutAcquire_addsPermits() {
        Semaphore s = semaphore(0);
        s.release();
        count(1, s.availablePermits());
        s.release(5);
        count(6, s.availablePermits());
    }

    void release_byAnotherThread_isLegal() throws Exception {
        Semaphore s = semaphore(1);
        s.acquire();
        run(() -> s.release()).result();
        count(1, s.availablePermits());
    }

    void releaseZero_always_changesNothing() {
        for (int permits : new int[] {0, 3, -3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Semaphore s = semaphore(permits);
            s.release(0);
            count(permits, s.availablePermits());
        }
    }

    void zeroPermits_notNegative_areGranted() throws Exception {
        for (int permits : new int[] {0, 1}) {
            Semaphore s = semaphore(permits);
            s.acquire(0);
            s.acquireUninterruptibly(0);
            yes(s.tryAcquire(0), "tryAcquire(0)");
            yes(s.tryAcquire(0, 0, TimeUnit.SECONDS), "timed tryAcquire(0)");
            count(permits, s.availablePermits());
        }
    }

    // ---------------------------------------------------------------- negative permits

    void negativePermits_tryAcquire_isFalse() throws Exception {
        Semaphore s = semaphore(-1);
        no(s.tryAcquire(), "tryAcquire");
        no(s.tryAcquire(0), "tryAcquire(0)");
        no(s.tryAcquire(0, TimeUnit.SECONDS), "timed tryAcquire");
        no(s.tryAcquire(0, 1, TimeUnit.NANOSECONDS), "timed tryAcquire(0)");
        count(-1, s.availablePermits());
    }

    void negativePermits_released_countUpToFree() {
        Semaphore s = semaphore(-2);
        s.release();
        count(-1, s.availablePermits());
        s.release(2);
        count(1, s.availablePermits());
        yes(s.tryAcquire(), "tryAcquire");
    }

    void drainPermits_positive_takesAll() {
        Semaphore s = semaphore(5);
        count(5, s.drainPermits());
        count(0, s.availablePermits());
        count(0, s.drainPermits());
        Semaphore most = semaphore(Integer.MAX_VALUE);
        count(Integer.MAX_VALUE, most.drainPermits());
    }

    void drainPermits_negative_returnsThemAndLeavesZero() {
        Semaphore s = semaphore(-5);
        count(-5, s.drainPermits());
        count(0, s.availablePermits());
        Semaphore least = semaphore(Integer.MIN_VALUE);
        count(Integer.MIN_VALUE, least.drainPermits());
        count(0, least.availablePermits());
    }

    void reducePermits_belowZero_goesNegative() {
        Open s = new Open(3, fair);
        s.reduce(0);
        count(3, s.availablePermits());
        s.reduce(5);
        count(-2, s.availablePermits());
        Open down = new Open(-1, fair);
        down.reduce(Integer.MAX_VALUE);
        count(Integer.MIN_VALUE, down.availablePermits());
    }

    // ---------------------------------------------------------------- bad input

    void negativeArgument_everyMethod_isRefusedAndChangesNothing() {
        Open s = new Open(3, fair);
        for (int bad : new int[] {-1, -100, Integer.MIN_VALUE}) {
            threw(IllegalArgumentException.class, () -> s.acquire(bad));
            threw(IllegalArgumentException.class, () -> s.acquireUninterruptibly(bad));
            threw(IllegalArgumentException.class, () -> s.tryAcquire(bad));
            threw(IllegalArgumentException.class, () -> s.tryAcquire(bad, 1, TimeUnit.SECONDS));
            threw(IllegalArgumentException.class, () -> s.tryAcquire(bad, 1, null));
            threw(IllegalArgumentException.class, () -> s.release(bad));
            threw(IllegalArgumentException.class, () -> s.reduce(bad));
        }
        count(3, s.availablePermits());
    }

    void nullUnit_timedTryAcquire_isRefusedAndChangesNothing() {
        Semaphore s = semaphore(3);
        threw(NullPointerException.class, () -> s.tryAcquire(1, null));
        threw(NullPointerException.class, () -> s.tryAcquire(0, null));
        threw(NullPointerException.class, () -> s.tryAcquire(2, 1, null));
        count(3, s.availablePermits());
    }

    void badInput_whileInterrupted_comesBeforeTheInterrupt() throws Exception {
        Semaphore s = semaphore(3);
        yes(interruptedRun(() -> threw(IllegalArgumentException.class, () -> s.acquire(-1))), "flag kept");
        yes(interruptedRun(() -> threw(NullPointerException.class, () -> s.tryAcquire(1, null))), "flag kept");
        yes(
                interruptedRun(() -> threw(IllegalArgumentException.class, () -> s.tryAcquire(-1, 1, TimeUnit.DAYS))),
                "flag kept");
    }

    void release_overTheTop_isAnErrorAndChangesNothing() {
        Semaphore s = semaphore(Integer.MAX_VALUE);
        threw(Error.class, "Maximum permit count exceeded", s::release);
        threw(Error.class, "Maximum permit count exceeded", () -> s.release(Integer.MAX_VALUE));
        count(Integer.MAX_VALUE, s.availablePermits());
        Semaphore some = semaphore(1);
        threw(Error.class, "Maximum permit count exceeded", () -> some.release(Integer.MAX_VALUE));
        count(1, some.availablePermits());
        yes(some.tryAcquire(), "still usable");
        some.release(Integer.MAX_VALUE);
        count(Integer.MAX_VALUE, some.availablePermits());
        Semaphore negative = semaphore(-1);
        negative.release(Integer.MAX_VALUE);
        count(Integer.MAX_VALUE - 1, negative.availablePermits());
    }

    void reducePermits_belowTheBottom_isAnErrorAndChangesNothing() {
        Open s = new Open(Integer.MIN_VALUE, fair);
        threw(Error.class, "Permit count underflow", () -> s.reduce(1));
        threw(Error.class, "Permit count underflow", () -> s.reduce(Integer.MAX_VALUE));
        count(Integer.MIN_VALUE, s.availablePermits());
        Open some = new Open(-2, fair);
        threw(Error.class, "Permit count underflow", () -> some.reduce(Integer.MAX_VALUE));
        count(-2, some.availablePermits());
    }

    // ---------------------------------------------------------------- interrupt on entry

    void interruptedOnEntry_interruptibleForms_throwAndTakeNothing() {
        Semaphore s = semaphore(5);
        interruptedOnEntry(() -> s.acquire());
        interruptedOnEntry(() -> s.acquire(2));
        interruptedOnEntry(() -> s.acquire(0));
        interruptedOnEntry(() -> s.tryAcquire(1, TimeUnit.SECONDS));
        interruptedOnEntry(() -> s.tryAcquire(0, TimeUnit.SECONDS));
        interruptedOnEntry(() -> s.tryAcquire(-1, TimeUnit.SECONDS));
        interruptedOnEntry(() -> s.tryAcquire(2, 1, TimeUnit.SECONDS));
        interruptedOnEntry(() -> s.tryAcquire(0, 0, TimeUnit.SECONDS));
        count(5, s.availablePermits());
    }

    void interruptedOnEntry_otherForms_succeedAndKeepTheFlag() throws Exception {
        Semaphore s = semaphore(5);
        yes(interruptedRun(() -> s.acquireUninterruptibly()), "acquireUninterruptibly");
        yes(interruptedRun(() -> s.acquireUninterruptibly(2)), "acquireUninterruptibly(2)");
        yes(interruptedRun(() -> yes(s.tryAcquire(), "taken")), "tryAcquire");
        yes(interruptedRun(() -> no(s.tryAcquire(2), "taken")), "tryAcquire(2)");
        yes(interruptedRun(() -> s.release()), "release");
        yes(interruptedRun(() -> count(2, s.drainPermits())), "drainPermits");
    }

    // ---------------------------------------------------------------- printing, serialisation

    void toString_always_tellsPermits() {
        for (int permits : new int[] {0, 3, -4}) {
            Semaphore s = semaphore(permits);
            equal(identity(s) + "[Permits = " + permits + "]", s.toString());
        }
        Open open = new Open(2, fair);
        equal(identity(open) + "[Permits = 2]", open.toString());
    }

    void serialise_always_keepsPermitsAndFairness() throws Exception {
        for (int permits : new int[] {0, 3, -4}) {
            Semaphore back = copy(semaphore(permits));
            count(permits, back.availablePermits());
            equal(fair, back.isFair());
            back.release(5);
            yes(back.tryAcquire(), "usable");
        }
        Serializable plain = copy(new Semaphore(1));
        no(((Semaphore) plain).isFair(), "isFair");
    }

    void serialise_copy_isIndependent() throws Exception {
        Semaphore s = semaphore(1);
        Semaphore back = copy(s);
        back.acquire();
        count(1, s.availablePermits());
        count(0, back.availablePermits());
    }

    void serialise_subclass_keepsState() throws Exception {
        Open back = copy(new Open(3, fair));
        back.reduce(5);
        count(-2, back.availablePermits());
        equal(fair, back.isFair());
    }

    void serialise_afterUse_keepsCurrentPermits() throws Exception {
        Semaphore s = semaphore(3);
        s.acquire(2);
        count(1, copy(s).availablePermits());
    }

    // ---------------------------------------------------------------- subclasses

    /** Overrides all that can be overridden and writes down what was called. */
    private static final class Recording extends Semaphore {
        private static final long serialVersionUID = 1L;
        private final transient StringBuilder calls = new StringBuilder();

        Recording(boolean fair) {
            super(100, fair);
        }

        @Override
        public void acquire() throws InterruptedException {
            calls.append("acquire,");
            super.acquire();
        }

        @Override
        public void acquire(int permits) throws InterruptedException {
            calls.append("acquire(n),");
            super.acquire(permits);
        }

        @Override
        public void acquireUninterruptibly() {
            calls.append("uninterruptibly,");
            super.acquireUninterruptibly();
        }

        @Override
        public void acquireUninterruptibly(int permits) {
            calls.append("uninterruptibly(n),");
            super.acquireUninterruptibly(permits);
        }

        @Override
        public boolean tryAcquire() {
            calls.append("try,");
            return super.tryAcquire();
        }

        @Override
        public boolean tryAcquire(int permits) {
            calls.append("try(n),");
            return super.tryAcquire(permits);
        }

        @Override
        public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
            calls.append("timed,");
            return super.tryAcquire(timeout, unit);
        }

        @Override
        public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
            calls.append("timed(n),");
            return super.tryAcquire(permits, timeout, unit);
        }

        @Override
        public void release() {
            calls.append("release,");
            super.release();
        }

        @Override
        public void release(int permits) {
            calls.append("release(n),");
            super.release(permits);
        }

        @Override
        public int availablePermits() {
            calls.append("available,");
            return super.availablePermits();
        }

        @Override
        public int drainPermits() {
            calls.append("drain,");
            return super.drainPermits();
        }

        @Override
        protected void reducePermits(int reduction) {
            calls.append("reduce,");
            super.reducePermits(reduction);
        }

        @Override
        public boolean isFair() {
            calls.append("fair,");
            return super.isFair();
        }

        @Override
        protected Collection<Thread> getQueuedThreads() {
            calls.append("queued,");
            return super.getQueuedThreads();
        }
    }

    void subclass_overridingAll_seesEachCallOnce() throws Exception {
        Recording s = new Recording(fair);
        s.acquire();
        s.acquire(2);
        s.acquireUninterruptibly();
        s.acquireUninterruptibly(2);
        s.tryAcquire();
        s.tryAcquire(2);
        s.tryAcquire(1, TimeUnit.SECONDS);
        s.tryAcquire(2, 1, TimeUnit.SECONDS);
        s.release();
        s.release(2);
        s.reducePermits(1);
        s.availablePermits();
        s.isFair();
        s.getQueuedThreads();
        s.hasQueuedThreads();
        s.getQueueLength();
        s.toString();
        s.drainPermits();
        equal(
                "acquire,acquire(n),uninterruptibly,uninterruptibly(n),try,try(n),timed,timed(n),release,release(n),"
                        + "reduce,available,fair,queued,drain,",
                s.calls.toString());
    }

    @Once
    void program_signatures_fitTheSameInterfaces() throws Exception {
        Semaphore s = new Semaphore(3);
        Body acquire = s::acquire;
        Runnable quietly = s::acquireUninterruptibly;
        java.util.function.BooleanSupplier attempt = s::tryAcquire;
        java.util.function.IntPredicate attemptMany = s::tryAcquire;
        java.util.function.IntSupplier drain = s::drainPermits;
        try {
            s.acquire();
            s.release();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        asCall(acquire).call();
        quietly.run();
        yes(attempt.getAsBoolean(), "tryAcquire");
        no(attemptMany.test(1), "tryAcquire(1)");
        s.release();
        count(1, drain.getAsInt());
    }
}
