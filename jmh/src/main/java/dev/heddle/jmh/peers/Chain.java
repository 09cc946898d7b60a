// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Crew;
import dev.heddle.jmh.Threads;
import java.util.Arrays;

/** Virtual threads in a row, a pipe between each two: the first sends, the last receives, the others hand on. */
public interface Chain extends AutoCloseable {
    /** Sends so many elements through the chain. */
    void pass(int elements) throws InterruptedException;

    @Override
    void close();

    /** Returns a chain of so many members. */
    static Chain of(String impl, int capacity, int members) {
        if (impl.equals("kotlinx")) {
            KotlinxChain chain = new KotlinxChain(capacity, members);
            return new Chain() {
                @Override
                public void pass(int elements) throws InterruptedException {
                    Rounds.await(chain.pass(elements));
                }

                @Override
                public void close() {
                    // the dispatcher is the library's own and its threads are daemons
                }
            };
        }
        return new OfThreads(impl, capacity, members);
    }

    /** Threads that call blocking pipes. */
    final class OfThreads implements Chain {
        private final Pipe[] pipes;
        private final Crew crew;

        OfThreads(String impl, int capacity, int members) {
            pipes = new Pipe[members - 1];
            Arrays.setAll(pipes, i -> Pipes.of(impl, capacity));
            crew = new Crew(Threads.VIRTUAL, members);
        }

        @Override
        public void pass(int elements) throws InterruptedException {
            crew.play(member -> {
                for (int i = 0; i < elements; i++) {
                    Object element = member == 0 ? crew : pipes[member - 1].receive();
                    if (member < pipes.length) {
                        pipes[member].send(element);
                    }
                }
            });
        }

        @Override
        public void close() {
            crew.close();
        }
    }
}
