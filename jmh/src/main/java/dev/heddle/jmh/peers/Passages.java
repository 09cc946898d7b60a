// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Crew;
import dev.heddle.jmh.Pot;
import dev.heddle.jmh.Threads;
import dev.heddle.jmh.Work;
import kotlinx.coroutines.sync.MutexKt;
import kotlinx.coroutines.sync.SemaphoreKt;

/** A contended gate with its threads: the batch "work, enter, work, leave", shared out among them. */
public abstract class Passages implements AutoCloseable {
    private final Work[] works;

    Passages(int threads) {
        works = Work.of(threads);
    }

    /** Returns the batch on a semaphore. */
    public static Passages semaphore(String impl, int permits, Threads kind, int threads) {
        if (impl.equals("kotlinx")) {
            return kotlinx(new KotlinxGates.OfSemaphore(SemaphoreKt.Semaphore(permits, 0)), kind, threads);
        }
        if (impl.equals("raw")) { // the price of counting, with permits for all: nobody may wait there
            return new OfThreads(Gates.semaphore(impl, threads), kind, threads);
        }
        return new OfThreads(Gates.semaphore(impl, permits), kind, threads);
    }

    /** Returns the batch on a mutex. */
    public static Passages mutex(String impl, Threads kind, int threads) {
        if (impl.equals("kotlinx")) {
            return kotlinx(new KotlinxGates.OfMutex(MutexKt.Mutex(false)), kind, threads);
        }
        return new OfThreads(Gates.mutex(impl), kind, threads);
    }

    /** Passes the gate {@code total} times. */
    public abstract void pass(int total) throws InterruptedException;

    @Override
    public abstract void close();

    final Work work(int member) {
        return works[member];
    }

    private static Passages kotlinx(KotlinxGates gate, Threads kind, int threads) {
        return kind == Threads.PLATFORM ? new OfEventLoops(gate, threads) : new OfCoroutines(gate, threads);
    }

    /** Threads that call a blocking gate. */
    private static final class OfThreads extends Passages {
        private final Gate gate;
        private final Crew crew;

        OfThreads(Gate gate, Threads kind, int threads) {
            super(threads);
            this.gate = gate;
            this.crew = new Crew(kind, threads);
        }

        @Override
        public void pass(int total) throws InterruptedException {
            Pot pot = crew.pot(total);
            crew.play(member -> loop(gate, pot, work(member)));
        }

        @Override
        public void close() {
            crew.close();
        }

        private static void loop(Gate gate, Pot pot, Work work) throws InterruptedException {
            for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
                for (int i = 0; i < helping; i++) {
                    work.some();
                    gate.enter();
                    work.some();
                    gate.leave();
                }
            }
        }
    }

    /** Platform threads that each run one coroutine in an event loop of their own, for the whole batch. */
    private static final class OfEventLoops extends Passages {
        private final KotlinxGates gate;
        private final Crew crew;

        OfEventLoops(KotlinxGates gate, int threads) {
            super(threads);
            this.gate = gate;
            this.crew = new Crew(Threads.PLATFORM, threads);
        }

        @Override
        public void pass(int total) throws InterruptedException {
            Pot pot = crew.pot(total);
            crew.play(member -> gate.loopBlocking(pot, work(member)));
        }

        @Override
        public void close() {
            crew.close();
        }
    }

    /** Coroutines on the default dispatcher: what kotlinx.coroutines has in place of virtual threads. */
    private static final class OfCoroutines extends Passages {
        private final KotlinxGates gate;
        private final int coroutines;

        OfCoroutines(KotlinxGates gate, int coroutines) {
            super(coroutines);
            this.gate = gate;
            this.coroutines = coroutines;
        }

        @Override
        public void pass(int total) throws InterruptedException {
            gate.launchAndJoin(coroutines, new Pot(total, coroutines), this::work);
        }

        @Override
        public void close() {
            // the dispatcher is the library's own and its threads are daemons
        }
    }
}
