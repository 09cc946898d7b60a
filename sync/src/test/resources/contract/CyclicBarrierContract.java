// SPDX-License-Identifier: Apache-2.0
package contract;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A barrier that trips: indexes, generations, the action, subclasses. */
public final class CyclicBarrierContract extends Contract {

    private Task<Integer> arrive(CyclicBarrier barrier) {
        int before = barrier.getNumberWaiting();
        Task<Integer> t = call(() -> barrier.await());
        until("arrival", () -> barrier.getNumberWaiting() == before + 1); // till then it may be parked at a lock inside
        t.parked();
        return t;
    }

    private static void idle(CyclicBarrier barrier) {
        count(0, barrier.getNumberWaiting());
        no(barrier.isBroken(), "isBroken");
    }

    // ---------------------------------------------------------------- construction

    @Once
    void construct_noParties_isRefused() {
        for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
            threw(IllegalArgumentException.class, () -> new CyclicBarrier(bad));
            threw(IllegalArgumentException.class, () -> new CyclicBarrier(bad, () -> {}));
            threw(IllegalArgumentException.class, () -> new CyclicBarrier(bad, null));
        }
    }

    @Once
    void construct_anyParties_tellsThem() {
        for (int parties : new int[] {1, 2, 1_000, Integer.MAX_VALUE}) {
            count(parties, new CyclicBarrier(parties).getParties());
            count(parties, new CyclicBarrier(parties, null).getParties());
            count(parties, new CyclicBarrier(parties, () -> {}).getParties());
            idle(new CyclicBarrier(parties));
        }
    }

    // ---------------------------------------------------------------- tripping

    void await_oneParty_tripsAtOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(1, runs::incrementAndGet);
        for (int i = 1; i <= 3; i++) {
            count(0, barrier.await());
            count(0, barrier.await(1, TimeUnit.HOURS));
            count(0, barrier.await(0, TimeUnit.HOURS));
            count(0, barrier.await(Long.MIN_VALUE, TimeUnit.DAYS));
            count(4 * i, runs.get());
        }
        idle(barrier);
    }

    void await_lastParty_releasesAllWithTheirIndexes() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(4);
        Task<Integer> first = arrive(barrier);
        Task<Integer> second = arrive(barrier);
        Task<Integer> third = arrive(barrier);
        count(0, barrier.await());
        equal(3, first.result());
        equal(2, second.result());
        equal(1, third.result());
        idle(barrier);
    }

    void await_notTheLast_isBlockedByTheBarrier() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Task<Integer> first = arrive(barrier);
        Task<Integer> second = arrive(barrier);
        blockedBy(CyclicBarrier.class, first);
        blockedBy(CyclicBarrier.class, second);
        barrier.await();
        equal(2, first.result());
        equal(1, second.result());
    }

    void timedAwait_lastParty_releasesAllWithTheirIndexes() throws Exception {
        for (TimeUnit unit : UNITS) {
            CyclicBarrier barrier = new CyclicBarrier(3);
            Task<Integer> first =
                    call(() -> barrier.await(Long.MAX_VALUE, unit)).parkedTimed();
            blockedBy(CyclicBarrier.class, first);
            Task<Integer> second = arrive(barrier);
            count(0, barrier.await(0, unit));
            equal(2, first.result());
            equal(1, second.result());
        }
    }

    void await_manyGenerations_eachHasEveryIndexOnce() {
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Task<List<Integer>>> all = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            boolean timed = t == 1;
            all.add(call(() -> {
                List<Integer> indexes = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    indexes.add(timed ? barrier.await(1, TimeUnit.HOURS) : barrier.await());
                }
                return indexes;
            }));
        }
        for (int i = 0; i < 100; i++) {
            Set<Integer> seen = new HashSet<>();
            for (Task<List<Integer>> t : all) {
                seen.add(t.result().get(i));
            }
            equal(Set.of(0, 1, 2), seen);
        }
        idle(barrier);
    }

    void getNumberWaiting_whileWaited_countsArrivals() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Task<Integer> a = arrive(barrier);
        count(1, barrier.getNumberWaiting());
        Task<Integer> b = arrive(barrier);
        count(2, barrier.getNumberWaiting());
        count(3, barrier.getParties());
        barrier.await();
        a.result();
        b.result();
        count(0, barrier.getNumberWaiting());
    }

    void timedAwait_nullUnit_isRefusedAndArrivesNot() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        threw(NullPointerException.class, () -> barrier.await(1, null));
        yes(interruptedRun(() -> threw(NullPointerException.class, () -> barrier.await(1, null))), "flag kept");
        idle(barrier);
    }

    // ---------------------------------------------------------------- the action

    void action_everyTrip_isRunByTheLastBeforeAnyIsReleased() throws Exception {
        List<Thread> ran = new ArrayList<>();
        List<Task<Integer>> waiting = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(3, () -> {
            ran.add(Thread.currentThread());
            waiting.forEach(t -> no(t.hasEnded(), "released before the action"));
        });
        for (int i = 1; i <= 3; i++) {
            waiting.add(arrive(barrier));
            waiting.add(arrive(barrier));
            no(ran.size() != i - 1, "action run too early");
            count(0, barrier.await());
            waiting.forEach(Task::result);
            waiting.clear();
            count(i, ran.size());
            equal(Thread.currentThread(), ran.get(i - 1));
        }
    }

    void action_lookingAtTheBarrier_seesAllArrived() throws Exception {
        List<Object> seen = new ArrayList<>();
        CyclicBarrier[] barrier = new CyclicBarrier[1];
        barrier[0] = new CyclicBarrier(2, () -> {
            seen.add(barrier[0].getNumberWaiting());
            seen.add(barrier[0].isBroken());
            seen.add(barrier[0].getParties());
        });
        Task<Integer> t = arrive(barrier[0]);
        barrier[0].await();
        equal(1, t.result());
        equal(List.of(2, false, 2), seen);
    }

    void action_leavesAnInterrupt_tripsAllTheSame() throws Exception {
        CyclicBarrier barrier =
                new CyclicBarrier(2, () -> Thread.currentThread().interrupt());
        Task<Integer> t = arrive(barrier);
        count(0, barrier.await());
        yes(Thread.interrupted(), "flag of the last");
        equal(1, t.result());
        no(t.interruptedAtEnd(), "flag of the other");
        idle(barrier);
    }

    void action_throws_isThrownToTheLastAndBreaksTheBarrier() {
        for (Throwable failure : new Throwable[] {new IllegalStateException("mine"), new AssertionError("mine")}) {
            CyclicBarrier barrier = new CyclicBarrier(3, () -> {
                if (failure instanceof Error e) {
                    throw e;
                }
                throw (RuntimeException) failure;
            });
            Task<Integer> a = arrive(barrier);
            Task<Integer> b = call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed();
            yes(threw(failure.getClass(), barrier::await) == failure, "the same exception");
            a.fails(BrokenBarrierException.class);
            b.fails(BrokenBarrierException.class);
            yes(barrier.isBroken(), "isBroken");
            count(0, barrier.getNumberWaiting());
            threw(BrokenBarrierException.class, barrier::await);
            barrier.reset();
            idle(barrier);
        }
    }

    void action_oneParty_throwing_breaksToo() {
        CyclicBarrier barrier = new CyclicBarrier(1, () -> {
            throw new IllegalStateException();
        });
        threw(IllegalStateException.class, barrier::await);
        yes(barrier.isBroken(), "isBroken");
        threw(BrokenBarrierException.class, () -> barrier.await(1, TimeUnit.SECONDS));
    }

    void action_resetsTheBarrier_breaksThoseWaiting() throws Exception {
        CyclicBarrier[] barrier = new CyclicBarrier[1];
        barrier[0] = new CyclicBarrier(2, () -> barrier[0].reset());
        Task<Integer> t = arrive(barrier[0]);
        count(0, barrier[0].await());
        t.fails(BrokenBarrierException.class);
        idle(barrier[0]);
    }

    // ---------------------------------------------------------------- the action races with the end of a wait

    void interrupt_duringTheAction_isKeptAndTheTripStands() throws Exception {
        List<Task<Integer>> waiting = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(
                3,
                () -> waiting.forEach(t -> {
                    t.thread.interrupt();
                    outlast(2);
                }));
        waiting.add(arrive(barrier));
        waiting.add(call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed());
        count(0, barrier.await());
        equal(2, waiting.get(0).result());
        equal(1, waiting.get(1).result());
        waiting.forEach(t -> yes(t.interruptedAtEnd(), "flag"));
        idle(barrier);
    }

    void timeout_duringTheAction_isIgnoredAndTheTripStands() throws Exception {
        for (int i = 1; i <= 100; i++) {
            long time = SHORT_MS * i;
            CyclicBarrier barrier = new CyclicBarrier(2, () -> outlast(2 * time));
            Task<Integer> t = call(() -> barrier.await(time, TimeUnit.MILLISECONDS));
            until("arrived or over", () -> barrier.getNumberWaiting() == 1 || barrier.isBroken());
            try {
                count(0, barrier.await());
            } catch (BrokenBarrierException e) {
                t.fails(TimeoutException.class); // this thread was too slow: give it more time
                continue;
            }
            equal(1, t.result());
            idle(barrier);
            return;
        }
        throw new AssertionError("never quick enough");
    }

    void interrupt_duringAFailingAction_isKeptAndTheBarrierIsBroken() {
        List<Task<Integer>> waiting = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(2, () -> {
            waiting.get(0).thread.interrupt();
            outlast(2);
            throw new IllegalStateException();
        });
        waiting.add(arrive(barrier));
        threw(IllegalStateException.class, barrier::await);
        waiting.get(0).fails(BrokenBarrierException.class);
        yes(waiting.get(0).interruptedAtEnd(), "flag");
    }

    void reset_byAnotherDuringTheAction_leavesTheTripAlone() throws Exception {
        List<Task<Object>> resets = new ArrayList<>();
        CyclicBarrier[] barrier = new CyclicBarrier[1];
        barrier[0] = new CyclicBarrier(2, () -> {
            Task<Object> t = run(() -> barrier[0].reset());
            resets.add(t);
            until("reset waits or is done", () -> t.hasEnded() || t.thread.getState() == Thread.State.WAITING);
        });
        Task<Integer> t = arrive(barrier[0]);
        count(0, barrier[0].await());
        equal(1, t.result());
        resets.get(0).result();
        idle(barrier[0]);
    }

    // ---------------------------------------------------------------- type, subclasses

    @Once
    void serialise_always_isImpossible() {
        Object barrier = new CyclicBarrier(1);
        no(barrier instanceof Serializable, "Serializable");
        threw(NotSerializableException.class, () -> copy(barrier));
    }

    @Once
    void toString_always_isThatOfAnyObject() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        yes(barrier.toString().startsWith(identity(barrier)), barrier.toString());
    }

    /** Overrides all that can be overridden; the answers are wrong on purpose. */
    private static final class Recording extends CyclicBarrier {
        private final List<String> calls = new ArrayList<>();

        Recording(int parties) {
            super(parties);
        }

        @Override
        public int getParties() {
            calls.add("getParties");
            return 77;
        }

        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            calls.add("await");
            return super.await();
        }

        @Override
        public int await(long timeout, TimeUnit unit)
                throws InterruptedException, BrokenBarrierException, TimeoutException {
            calls.add("timed");
            return super.await(timeout, unit);
        }

        @Override
        public boolean isBroken() {
            calls.add("isBroken");
            return !super.isBroken();
        }

        @Override
        public void reset() {
            calls.add("reset");
            super.reset();
        }

        @Override
        public int getNumberWaiting() {
            calls.add("getNumberWaiting");
            return super.getNumberWaiting() + 100;
        }
    }

    void subclass_overridingAll_seesEachCallOnce() throws Exception {
        Recording barrier = new Recording(1);
        count(0, barrier.await());
        count(0, barrier.await(1, TimeUnit.SECONDS));
        barrier.reset();
        equal(true, barrier.isBroken());
        count(100, barrier.getNumberWaiting());
        count(77, barrier.getParties());
        equal(List.of("await", "timed", "reset", "isBroken", "getNumberWaiting", "getParties"), barrier.calls);
    }

    // ---------------------------------------------------------------- programs

    void program_solverInSteps_everyStepSeesTheWholeStepBefore() {
        int[][] rows = new int[3][1];
        int[] sums = new int[50];
        int[] step = new int[1];
        CyclicBarrier barrier = new CyclicBarrier(3, () -> {
            sums[step[0]++] = rows[0][0] + rows[1][0] + rows[2][0];
        });
        List<Task<Object>> workers = new ArrayList<>();
        for (int[] row : rows) {
            workers.add(run(() -> {
                for (int i = 0; i < sums.length; i++) {
                    row[0] = i;
                    barrier.await();
                    count(3 * i, sums[i]);
                }
            }));
        }
        workers.forEach(Task::result);
    }
}
