// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;

/**
 * A ring of the Disruptor between one producer and one consumer, as far as it is like a channel: it is bounded, the
 * consumer blocks while it is empty. Unlike a channel's, its producer polls while it is full, by parking for a nanosecond
 * at a time, and every consumer it has would see every element. Its consumer looks at the cursor only when it has used up
 * what it saw there, which is what the ring is made for.
 */
final class Disrupted implements Pipe {
    private final RingBuffer<Slot> ring;
    private final SequenceBarrier barrier;
    private final Sequence consumed = new Sequence();
    private long next; // the consumer's own
    private long available = -1; // the consumer's own

    Disrupted(int capacity) {
        ring = RingBuffer.createSingleProducer(Slot::new, capacity, new BlockingWaitStrategy());
        barrier = ring.newBarrier();
        ring.addGatingSequences(consumed);
    }

    @Override
    public void send(Object element) {
        long ticket = ring.next();
        ring.get(ticket).element = element;
        ring.publish(ticket);
    }

    @Override
    public Object receive() throws InterruptedException {
        while (available < next) { // ends: the producer comes
            available = await();
        }
        Slot slot = ring.get(next);
        Object element = slot.element;
        slot.element = null;
        consumed.set(next++);
        return element;
    }

    private long await() throws InterruptedException {
        try {
            return barrier.waitFor(next);
        } catch (AlertException | TimeoutException e) {
            throw new IllegalStateException("nobody alerts, and nothing is timed", e);
        }
    }

    /** What a ring holds in advance. */
    private static final class Slot {
        private Object element;
    }
}
