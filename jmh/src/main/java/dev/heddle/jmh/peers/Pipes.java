// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TransferQueue;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/** The pipes by name. */
public final class Pipes {
    private Pipes() {}

    /** Returns an empty pipe; 0 elements of capacity make it a rendezvous. */
    public static Pipe of(String impl, int capacity) {
        return switch (impl) {
            case "heddle" -> new Heddle(capacity);
            case "jox" -> new Jox(capacity);
            case "synchronous-fair" -> new OfQueue(rendezvous(impl, capacity, true));
            case "synchronous-unfair" -> new OfQueue(rendezvous(impl, capacity, false));
            case "transfer" -> transfer(capacity);
            case "array" -> new OfQueue(new ArrayBlockingQueue<>(capacity));
            case "linked" -> new OfQueue(new LinkedBlockingQueue<>(capacity));
            case "jctools-mpmc-spinning" -> new Spinning(new MpmcVarHandleArrayQueue<>(capacity));
            case "jctools-mpsc-spinning" -> new Spinning(new MpscVarHandleArrayQueue<>(capacity));
            case "raw" -> new RawPipes.TwoOne(capacity);
            case "raw-2-2" -> new RawPipes.TwoTwo(capacity);
            case "raw-3-3" -> new RawPipes.ThreeThree(capacity);
            default -> throw Gates.unknown(impl);
        };
    }

    /** Returns an empty channel of jox itself, to be weighed. */
    public static Object idleJox(int capacity) {
        return Jox.channel(capacity);
    }

    private static BlockingQueue<Object> rendezvous(String impl, int capacity, boolean fair) {
        if (capacity != 0) {
            throw new IllegalArgumentException(impl + " has no capacity of " + capacity);
        }
        return new SynchronousQueue<>(fair);
    }

    private static Pipe transfer(int capacity) {
        return switch (capacity) {
            case 0 -> new Transfer(new LinkedTransferQueue<>());
            case Pipe.UNLIMITED -> new OfQueue(new LinkedTransferQueue<>());
            default -> throw new IllegalArgumentException("transfer has no capacity of " + capacity);
        };
    }

    /** Ours. */
    static final class Heddle implements Pipe {
        private final Channel<Object> channel;

        Heddle(int capacity) {
            channel = Channel.builder().capacity(capacity).build();
        }

        @Override
        public void send(Object element) throws InterruptedException {
            channel.send(element);
        }

        @Override
        public Object receive() throws InterruptedException {
            return channel.receive();
        }
    }

    /** A blocking queue of the JDK. */
    static class OfQueue implements Pipe {
        private final BlockingQueue<Object> queue;

        OfQueue(BlockingQueue<Object> queue) {
            this.queue = queue;
        }

        @Override
        public void send(Object element) throws InterruptedException {
            queue.put(element);
        }

        @Override
        public Object receive() throws InterruptedException {
            return queue.take();
        }
    }

    /** A queue of the JDK whose producers wait for the consumer. */
    static final class Transfer extends OfQueue {
        private final TransferQueue<Object> queue;

        Transfer(TransferQueue<Object> queue) {
            super(queue);
            this.queue = queue;
        }

        @Override
        public void send(Object element) throws InterruptedException {
            queue.transfer(element);
        }
    }

    /** A queue that cannot wait: its callers burn the processor until it lets them, and never park. */
    static final class Spinning implements Pipe {
        private static final int SPINS = 64;

        private final Queue<Object> queue;

        Spinning(Queue<Object> queue) {
            this.queue = queue;
        }

        @Override
        public void send(Object element) {
            for (int i = 1; !queue.offer(element); i++) { // ends: a consumer makes room
                pause(i);
            }
        }

        @Override
        public Object receive() {
            Object element = queue.poll();
            for (int i = 1; element == null; i++) { // ends: a producer comes
                pause(i);
                element = queue.poll();
            }
            return element;
        }

        @SuppressWarnings("ThreadPriorityCheck")
        private static void pause(int i) {
            if (i % SPINS == 0) {
                Thread.yield(); // reason: there are more threads than processors, and none of them ever parks
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
