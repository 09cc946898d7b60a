// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Crew;
import dev.heddle.jmh.Threads;
import dev.heddle.jmh.Work;

/** Elements sent through one of several channels and received by a select over all of them. */
public interface Selecting extends AutoCloseable {
    /** Sends and receives so many elements. */
    void pass(int elements) throws InterruptedException;

    @Override
    void close();

    /** Returns channels with room for one element each; the caller sends and selects by turns. */
    static Selecting alone(String impl, int channels) {
        if (impl.equals("kotlinx")) {
            return new OfCoroutines(new KotlinxSelecting(channels, 1), false);
        }
        return new Alone(Selector.of(impl, channels, 1));
    }

    /** Returns channels without a buffer; one virtual thread sends, another selects. */
    static Selecting waiting(String impl, int channels) {
        if (impl.equals("kotlinx")) {
            return new OfCoroutines(new KotlinxSelecting(channels, 0), true);
        }
        return new Waiting(Selector.of(impl, channels, 0));
    }

    /** The channels, and the select of their library. */
    interface Selector {
        /** How many channels there are. */
        int channels();

        /** Sends to one of them. */
        void send(int channel, Object element) throws InterruptedException;

        /** Receives from the first of them that has an element. */
        Object receive() throws InterruptedException;

        /** Returns channels of a library. */
        static Selector of(String impl, int channels, int capacity) {
            return switch (impl) {
                case "heddle" -> new HeddleSelector(channels, capacity);
                case "jox" -> new JoxSelector(channels, capacity);
                default -> throw Gates.unknown(impl);
            };
        }
    }

    /** One thread: nothing waits. */
    final class Alone implements Selecting {
        private final Selector selector;

        Alone(Selector selector) {
            this.selector = selector;
        }

        @Override
        public void pass(int elements) throws InterruptedException {
            for (int i = 0; i < elements; i++) {
                selector.send(i % selector.channels(), this);
                expect(this, selector.receive());
            }
        }

        @Override
        public void close() {
            // nothing is left
        }
    }

    /** A thread that sends and one that selects. */
    final class Waiting implements Selecting {
        private final Selector selector;
        private final Crew crew = new Crew(Threads.VIRTUAL, 2);
        private final Work random = new Work(0);

        Waiting(Selector selector) {
            this.selector = selector;
        }

        @Override
        public void pass(int elements) throws InterruptedException {
            crew.play(member -> {
                for (int i = 0; i < elements; i++) {
                    if (member == 0) {
                        selector.send(random.pick(selector.channels()), this);
                    } else {
                        expect(this, selector.receive());
                    }
                }
            });
        }

        @Override
        public void close() {
            crew.close();
        }
    }

    /** Coroutines: those that wait on the default dispatcher, the one that does not where it is called. */
    final class OfCoroutines implements Selecting {
        private final KotlinxSelecting channels;
        private final boolean waiting;
        private final Work random = new Work(0);

        OfCoroutines(KotlinxSelecting channels, boolean waiting) {
            this.channels = channels;
            this.waiting = waiting;
        }

        @Override
        public void pass(int elements) throws InterruptedException {
            Rounds.await(waiting ? channels.waiting(elements, random) : channels.alone(elements));
        }

        @Override
        public void close() {
            // the dispatcher is the library's own and its threads are daemons
        }
    }

    private static void expect(Object sent, Object received) {
        if (received != sent) {
            throw new IllegalStateException("received " + received);
        }
    }
}
