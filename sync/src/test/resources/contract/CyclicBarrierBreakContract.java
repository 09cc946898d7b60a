// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A barrier that breaks: by an interrupt, by time, by a reset; and how it is mended. */
public final class CyclicBarrierBreakContract extends Contract {

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

    private static void broken(CyclicBarrier barrier) {
        yes(barrier.isBroken(), "isBroken");
        count(0, barrier.getNumberWaiting());
        threw(BrokenBarrierException.class, barrier::await);
        threw(BrokenBarrierException.class, () -> barrier.await(1, TimeUnit.HOURS));
        threw(BrokenBarrierException.class, () -> barrier.await(0, TimeUnit.SECONDS));
    }

    private void mended(CyclicBarrier barrier) throws Exception {
        barrier.reset();
        idle(barrier);
        List<Task<Integer>> others = new ArrayList<>();
        for (int i = 1; i < barrier.getParties(); i++) {
            others.add(arrive(barrier));
        }
        count(0, barrier.await());
        others.forEach(Task::result);
        idle(barrier);
    }

    // ---------------------------------------------------------------- interrupt

    void interrupt_ofOneWaiting_breaksTheBarrierForAll() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(4);
        Task<Integer> a = arrive(barrier);
        Task<Integer> b = arrive(barrier);
        Task<Integer> c = call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed();
        b.interruptThrows(InterruptedException.class);
        a.fails(BrokenBarrierException.class);
        c.fails(BrokenBarrierException.class);
        no(a.interruptedAtEnd() || c.interruptedAtEnd(), "flag of the others");
        broken(barrier);
        mended(barrier);
    }

    void interrupt_ofATimedWait_breaksTheBarrier() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Task<Integer> a = arrive(barrier);
        Task<Integer> b = call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed();
        b.interruptThrows(InterruptedException.class);
        a.fails(BrokenBarrierException.class);
        broken(barrier);
        mended(barrier);
    }

    void interruptedOnEntry_notTheLast_breaksTheBarrier() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Task<Integer> a = arrive(barrier);
        interruptedOnEntry(barrier::await);
        a.fails(BrokenBarrierException.class);
        broken(barrier);
        mended(barrier);
        interruptedOnEntry(() -> barrier.await(1, TimeUnit.HOURS));
        broken(barrier);
    }

    void interruptedOnEntry_theLast_breaksTheBarrierWithoutTheAction() {
        boolean[] ran = new boolean[1];
        CyclicBarrier barrier = new CyclicBarrier(2, () -> ran[0] = true);
        Task<Integer> a = arrive(barrier);
        interruptedOnEntry(barrier::await);
        a.fails(BrokenBarrierException.class);
        broken(barrier);
        CyclicBarrier single = new CyclicBarrier(1, () -> ran[0] = true);
        interruptedOnEntry(single::await);
        broken(single);
        single.reset();
        interruptedOnEntry(() -> single.await(1, TimeUnit.SECONDS));
        interruptedOnEntryOfABroken(single);
        no(ran[0], "action");
    }

    private static void interruptedOnEntryOfABroken(CyclicBarrier barrier) {
        Thread.currentThread().interrupt();
        threw(BrokenBarrierException.class, barrier::await);
        threw(BrokenBarrierException.class, () -> barrier.await(1, TimeUnit.HOURS));
        yes(Thread.interrupted(), "flag kept");
    }

    void interruptedOnEntry_broken_isBrokenFirst() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        interruptedOnEntry(barrier::await);
        interruptedOnEntryOfABroken(barrier);
    }

    // ---------------------------------------------------------------- time

    void timeout_ofOneWaiting_breaksTheBarrierForAll() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(4);
        Task<Integer> a = arrive(barrier);
        Task<Integer> b = call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed();
        tookAtLeast(
                SHORT_MS, () -> threw(TimeoutException.class, () -> barrier.await(SHORT_MS, TimeUnit.MILLISECONDS)));
        a.fails(BrokenBarrierException.class);
        b.fails(BrokenBarrierException.class);
        broken(barrier);
        mended(barrier);
    }

    void timeout_zeroOrLess_breaksAtOnceUnlessTheLast() throws Exception {
        for (TimeUnit unit : UNITS) {
            for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
                CyclicBarrier barrier = new CyclicBarrier(2);
                threw(TimeoutException.class, () -> barrier.await(timeout, unit));
                broken(barrier);
                barrier.reset();
                Task<Integer> t = arrive(barrier);
                count(0, barrier.await(timeout, unit));
                equal(1, t.result());
            }
        }
    }

    void timeout_shortest_breaks() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        threw(TimeoutException.class, () -> barrier.await(1, TimeUnit.NANOSECONDS));
        broken(barrier);
        barrier.reset();
        threw(TimeoutException.class, () -> barrier.await(1, TimeUnit.MICROSECONDS));
        broken(barrier);
    }

    // ---------------------------------------------------------------- reset

    void reset_idle_changesNothing() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        barrier.reset();
        barrier.reset();
        idle(barrier);
        mended(barrier);
    }

    void reset_waitedAt_breaksThoseAndStartsAfresh() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(3);
        Task<Integer> a = arrive(barrier);
        Task<Integer> b = call(() -> barrier.await(1, TimeUnit.HOURS)).parkedTimed();
        barrier.reset();
        idle(barrier);
        a.fails(BrokenBarrierException.class);
        b.fails(BrokenBarrierException.class);
        no(a.interruptedAtEnd() || b.interruptedAtEnd(), "flag");
        mended(barrier);
    }

    void reset_newArrivals_areNotDisturbedByTheOld() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        for (int i = 0; i < 20; i++) {
            Task<Integer> old = arrive(barrier);
            barrier.reset();
            Task<Integer> fresh = arrive(barrier);
            count(0, barrier.await());
            equal(1, fresh.result());
            old.fails(BrokenBarrierException.class);
        }
        idle(barrier);
    }

    void reset_interruptedCaller_worksAndKeepsTheFlag() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Task<Integer> t = arrive(barrier);
        yes(interruptedRun(barrier::reset), "flag");
        t.fails(BrokenBarrierException.class);
        idle(barrier);
    }

    void queries_interruptedCaller_workAndKeepTheFlag() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        yes(interruptedRun(() -> idle(barrier)), "flag");
    }

    // ---------------------------------------------------------------- races

    void interrupt_racingWithTheLast_tripsForAllOrBreaksForAll() {
        for (int i = 0; i < 50; i++) {
            CyclicBarrier barrier = new CyclicBarrier(3);
            Task<Integer> a = arrive(barrier);
            Task<Integer> b = arrive(barrier);
            Task<Integer> last = call(() -> barrier.await());
            a.thread.interrupt();
            b.join();
            boolean tripped = b.endedNormally();
            equal(tripped, !barrier.isBroken());
            if (tripped) {
                equal(2, a.result());
                equal(1, b.result());
                equal(0, last.result());
            } else {
                a.fails(InterruptedException.class);
                b.fails(BrokenBarrierException.class);
                last.fails(BrokenBarrierException.class);
            }
        }
    }

    void timeout_racingWithTheLast_tripsForAllOrBreaksForAll() {
        for (int i = 0; i < 50; i++) {
            CyclicBarrier barrier = new CyclicBarrier(2);
            long nanos = 4_000L * i;
            Task<Integer> a = call(() -> barrier.await(nanos, TimeUnit.NANOSECONDS));
            Task<Integer> b = call(() -> barrier.await(1, TimeUnit.HOURS));
            a.join();
            if (a.endedNormally()) {
                equal(1, a.result() + b.result());
                idle(barrier);
            } else {
                a.fails(TimeoutException.class);
                b.fails(BrokenBarrierException.class);
                yes(barrier.isBroken(), "isBroken");
            }
        }
    }
}
