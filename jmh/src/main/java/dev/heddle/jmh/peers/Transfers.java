// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Crew;
import dev.heddle.jmh.Pot;
import dev.heddle.jmh.Threads;
import dev.heddle.jmh.Work;

/** A pipe with its threads: elements that some send and others receive, shared out among them. */
public interface Transfers extends AutoCloseable {
    /** Sends and receives {@code total} elements. */
    void move(int total) throws InterruptedException;

    @Override
    void close();

    /** Returns transfers through one pipe; with {@code work}, each member works before it sends and after it received. */
    static Transfers of(String impl, int capacity, Threads kind, int senders, int receivers, boolean work) {
        if (impl.equals("kotlinx")) {
            if (kind == Threads.PLATFORM) {
                throw Gates.unknown("kotlinx on platform threads");
            }
            return new OfCoroutines(new KotlinxTransfers(capacity), senders, receivers, work);
        }
        return new OfThreads(Pipes.of(impl, capacity), kind, senders, receivers, work);
    }

    /** Threads that call a blocking pipe. */
    final class OfThreads implements Transfers {
        private final Pipe pipe;
        private final Crew crew;
        private final int senders;
        private final int receivers;
        private final Work[] works;

        OfThreads(Pipe pipe, Threads kind, int senders, int receivers, boolean work) {
            this.pipe = pipe;
            this.senders = senders;
            this.receivers = receivers;
            this.crew = new Crew(kind, senders + receivers);
            this.works = work ? Work.of(senders + receivers) : new Work[senders + receivers];
        }

        @Override
        public void move(int total) throws InterruptedException {
            Pot in = new Pot(total, senders);
            Pot out = new Pot(total, receivers);
            crew.play(member -> {
                if (member < senders) {
                    send(pipe, in, works[member]);
                } else {
                    receive(pipe, out, works[member]);
                }
            });
        }

        @Override
        public void close() {
            crew.close();
        }

        private static void send(Pipe pipe, Pot pot, Work work) throws InterruptedException {
            for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
                for (int i = 0; i < helping; i++) {
                    if (work != null) {
                        work.some();
                    }
                    pipe.send(pot);
                }
            }
        }

        private static void receive(Pipe pipe, Pot pot, Work work) throws InterruptedException {
            for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
                for (int i = 0; i < helping; i++) {
                    if (pipe.receive() == null) {
                        throw new IllegalStateException("received nothing");
                    }
                    if (work != null) {
                        work.some();
                    }
                }
            }
        }
    }

    /** Coroutines on the default dispatcher: what kotlinx.coroutines has in place of virtual threads. */
    final class OfCoroutines implements Transfers {
        private final KotlinxTransfers transfers;
        private final int senders;
        private final int receivers;
        private final Work[] works;

        OfCoroutines(KotlinxTransfers transfers, int senders, int receivers, boolean work) {
            this.transfers = transfers;
            this.senders = senders;
            this.receivers = receivers;
            this.works = work ? Work.of(senders + receivers) : new Work[senders + receivers];
        }

        @Override
        public void move(int total) throws InterruptedException {
            Pot in = new Pot(total, senders);
            Pot out = new Pot(total, receivers);
            Rounds.await(transfers.move(senders, receivers, in, out, works));
        }

        @Override
        public void close() {
            // the dispatcher is the library's own and its threads are daemons
        }
    }
}
