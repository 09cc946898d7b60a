// SPDX-License-Identifier: Apache-2.0
package contract;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A latch. */
public final class CountDownLatchContract extends Contract {

    // ---------------------------------------------------------------- counting

    @Once
    void construct_negativeCount_isRefused() {
        for (int bad : new int[] {-1, -100, Integer.MIN_VALUE}) {
            threw(IllegalArgumentException.class, "count < 0", () -> new CountDownLatch(bad));
        }
    }

    @Once
    void construct_anyOtherCount_isTheCount() {
        for (int count : new int[] {0, 1, 7, Integer.MAX_VALUE}) {
            count(count, new CountDownLatch(count).getCount());
        }
    }

    @Once
    void getCount_always_isALong() {
        long count = new CountDownLatch(3).getCount();
        Object boxed = new CountDownLatch(3).getCount();
        equal(count, boxed);
    }

    void countDown_positive_takesOne() {
        CountDownLatch latch = new CountDownLatch(3);
        latch.countDown();
        count(2, latch.getCount());
        latch.countDown();
        latch.countDown();
        count(0, latch.getCount());
    }

    void countDown_zero_changesNothing() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        for (int i = 0; i < 5; i++) {
            latch.countDown();
            count(0, latch.getCount());
        }
        latch.await();
        CountDownLatch zero = new CountDownLatch(0);
        zero.countDown();
        count(0, zero.getCount());
    }

    void countDown_interruptedCaller_worksAndKeepsTheFlag() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        yes(interruptedRun(latch::countDown), "flag");
        count(0, latch.getCount());
    }

    void countDown_manyThreads_countsEach() {
        CountDownLatch latch = new CountDownLatch(400);
        List<Task<Object>> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            all.add(run(() -> {
                for (int i = 0; i < 99; i++) {
                    latch.countDown();
                }
            }));
        }
        all.forEach(Task::result);
        count(4, latch.getCount());
    }

    // ---------------------------------------------------------------- waiting

    void await_zero_returnsAtOnce() throws Exception {
        CountDownLatch latch = new CountDownLatch(0);
        latch.await();
        for (TimeUnit unit : UNITS) {
            for (long timeout : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                yes(latch.await(timeout, unit), "open");
            }
        }
    }

    void await_positive_waitsForTheLastCountDown() {
        CountDownLatch latch = new CountDownLatch(2);
        Task<Object> t = run(() -> latch.await()).parked();
        blockedBy(CountDownLatch.class, t);
        latch.countDown();
        t.parked();
        latch.countDown();
        t.result();
    }

    void await_severalThreads_allAreReleased() {
        CountDownLatch latch = new CountDownLatch(1);
        List<Task<?>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(run(() -> latch.await()).parked());
            all.add(call(() -> latch.await(1, TimeUnit.HOURS)).parkedTimed());
        }
        latch.countDown();
        for (int i = 0; i < all.size(); i++) {
            equal(i % 2 == 0 ? null : true, all.get(i).result());
        }
    }

    void timedAwait_positive_waitsForTheLastCountDownInEveryUnit() {
        for (TimeUnit unit : UNITS) {
            CountDownLatch latch = new CountDownLatch(1);
            Task<Boolean> t = call(() -> latch.await(Long.MAX_VALUE, unit)).parkedTimed();
            blockedBy(CountDownLatch.class, t);
            latch.countDown();
            equal(true, t.result());
        }
    }

    void timedAwait_zeroOrLess_neverWaits() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        for (TimeUnit unit : UNITS) {
            for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
                no(latch.await(timeout, unit), "open");
            }
        }
        count(1, latch.getCount());
    }

    void timedAwait_elapsed_isFalseAndCountsNothing() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        tookAtLeast(SHORT_MS, () -> no(latch.await(SHORT_MS, TimeUnit.MILLISECONDS), "open"));
        no(latch.await(1, TimeUnit.NANOSECONDS), "open");
        no(latch.await(1, TimeUnit.MICROSECONDS), "open");
        count(1, latch.getCount());
        Task<Object> t = run(() -> latch.await()).parked();
        latch.countDown();
        t.result();
    }

    void timedAwait_nullUnit_isRefused() throws Exception {
        threw(NullPointerException.class, () -> new CountDownLatch(1).await(1, null));
        threw(NullPointerException.class, () -> new CountDownLatch(0).await(0, null));
        yes(
                interruptedRun(() -> threw(NullPointerException.class, () -> new CountDownLatch(1).await(1, null))),
                "flag");
    }

    // ---------------------------------------------------------------- interrupts

    void interruptedOnEntry_everyAwait_throwsEvenIfOpen() {
        for (int count = 0; count < 2; count++) {
            CountDownLatch latch = new CountDownLatch(count);
            interruptedOnEntry(latch::await);
            interruptedOnEntry(() -> latch.await(1, TimeUnit.HOURS));
            interruptedOnEntry(() -> latch.await(0, TimeUnit.SECONDS));
            interruptedOnEntry(() -> latch.await(-1, TimeUnit.SECONDS));
            count(count, latch.getCount());
        }
    }

    void interrupt_whileWaiting_endsTheOneOnly() {
        CountDownLatch latch = new CountDownLatch(1);
        Task<Object> a = run(() -> latch.await()).parked();
        Task<Boolean> b = call(() -> latch.await(1, TimeUnit.HOURS)).parkedTimed();
        Task<Object> c = run(() -> latch.await()).parked();
        a.interruptThrows(InterruptedException.class);
        b.interruptThrows(InterruptedException.class);
        c.parked();
        count(1, latch.getCount());
        latch.countDown();
        c.result();
    }

    void interrupt_racingWithTheLastCountDown_keepsTheFlagOrThrows() {
        for (int i = 0; i < 50; i++) {
            CountDownLatch latch = new CountDownLatch(1);
            AtomicBoolean interrupted = new AtomicBoolean();
            Task<Object> t = run(() -> {
                latch.await();
                until("interrupt", interrupted::get);
            });
            t.parked();
            Task<Object> other = run(latch::countDown);
            t.thread.interrupt();
            interrupted.set(true);
            other.result();
            t.grantedDespiteInterrupt();
            count(0, latch.getCount());
        }
    }

    // ---------------------------------------------------------------- printing, type, subclasses

    void toString_always_tellsTheCount() {
        CountDownLatch latch = new CountDownLatch(2);
        equal(identity(latch) + "[Count = 2]", latch.toString());
        latch.countDown();
        latch.countDown();
        latch.countDown();
        equal(identity(latch) + "[Count = 0]", latch.toString());
    }

    @Once
    void serialise_always_isImpossible() {
        Object latch = new CountDownLatch(1);
        no(latch instanceof Serializable, "Serializable");
        threw(NotSerializableException.class, () -> copy(latch));
    }

    /** Overrides all that can be overridden; the answers are wrong on purpose. */
    private static final class Recording extends CountDownLatch {
        private final List<String> calls = new ArrayList<>();

        Recording(int count) {
            super(count);
        }

        @Override
        public void await() throws InterruptedException {
            calls.add("await");
            super.await();
        }

        @Override
        public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
            calls.add("timed");
            return super.await(timeout, unit);
        }

        @Override
        public void countDown() {
            calls.add("countDown");
            super.countDown();
        }

        @Override
        public long getCount() {
            calls.add("getCount");
            return super.getCount() + 100;
        }
    }

    void subclass_overridingAll_seesEachCallOnce() throws Exception {
        Recording latch = new Recording(1);
        no(latch.await(0, TimeUnit.SECONDS), "open");
        equal(identity(latch) + "[Count = 1]", latch.toString());
        latch.countDown();
        latch.await();
        count(100, latch.getCount());
        equal(List.of("timed", "countDown", "await", "getCount"), latch.calls);
    }

    // ---------------------------------------------------------------- programs

    void program_startAndDone_publishesWhatWasWritten() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(4);
        int[] input = new int[1];
        int[] output = new int[4];
        for (int i = 0; i < 4; i++) {
            int slot = i;
            run(() -> {
                start.await();
                output[slot] = input[0] + slot;
                done.countDown();
            });
        }
        input[0] = 7;
        start.countDown();
        done.await();
        equal(List.of(7, 8, 9, 10), List.of(output[0], output[1], output[2], output[3]));
    }
}
