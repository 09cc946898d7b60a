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
import java.util.concurrent.locks.LockSupport;
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
            case "jctools-mpmc-polled" -> new Polled(new MpmcVarHandleArrayQueue<>(capacity));
            case "jctools-mpsc-polled" -> new Polled(new MpscVarHandleArrayQueue<>(capacity));
            case "disruptor" -> new Disrupted(capacity);
            case "bare" -> new BareRendezvous(capacity);
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

    /**
     * A queue that cannot wait, polled: its callers spin, then yield, then park for a microsecond at a time until it lets
     * them. Virtual threads that yield for ever may keep others from running: they come back to the queue of their
     * carrier, others stand in that of the scheduler.
     */
    static final class Polled implements Pipe {
        private static final int SPINS = 64;
        private static final int YIELDS = 16;
        private static final int PARK_NANOS = 1000;

        private final Queue<Object> queue;

        Polled(Queue<Object> queue) {
            this.queue = queue;
        }

        @Override
        public void send(Object element) {
            for (int i = 0; !queue.offer(element); i++) { // ends: a consumer makes room
                pause(i);
            }
        }

        @Override
        public Object receive() {
            Object element = queue.poll();
            for (int i = 0; element == null; i++) { // ends: a producer comes
                pause(i);
                element = queue.poll();
            }
            return element;
        }

        @SuppressWarnings("ThreadPriorityCheck")
        private void pause(int i) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (i < SPINS + YIELDS) {
                Thread.yield(); // reason: nobody wakes the caller, and another may need its processor
            } else {
                LockSupport.parkNanos(this, PARK_NANOS);
            }
        }
    }
}
