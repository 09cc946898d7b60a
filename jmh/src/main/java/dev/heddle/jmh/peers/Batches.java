// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** Elements that one thread puts into a buffer of their number and takes out again. */
public interface Batches {
    /** Puts all in and takes all out; returns how many came out. */
    int move() throws InterruptedException;

    /** Returns a batch of so many elements. */
    static Batches of(String impl, int elements) {
        return switch (impl) {
            case "heddle" -> new InOne(elements);
            case "singles" -> new Singles(elements);
            case "array" -> new Drained(elements);
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours, a batch in one operation. */
    final class InOne implements Batches {
        private final Channel<Object> channel;
        private final List<Object> in;
        private final List<Object> out;

        InOne(int elements) {
            channel = Channel.buffered(elements);
            in = new ArrayList<>(Collections.nCopies(elements, this));
            out = new ArrayList<>(elements);
        }

        @Override
        public int move() throws InterruptedException {
            out.clear();
            channel.sendAll(in);
            return channel.receiveMany(out, in.size());
        }
    }

    /** Ours, one after the other. */
    final class Singles implements Batches {
        private final Channel<Object> channel;
        private final List<Object> in;
        private final List<Object> out;

        Singles(int elements) {
            channel = Channel.buffered(elements);
            in = new ArrayList<>(Collections.nCopies(elements, this));
            out = new ArrayList<>(elements);
        }

        @Override
        public int move() throws InterruptedException {
            out.clear();
            for (Object element : in) {
                channel.send(element);
            }
            for (int i = 0; i < in.size(); i++) {
                out.add(channel.receive());
            }
            return out.size();
        }
    }

    /** The JDK has a batch for the taker only. */
    final class Drained implements Batches {
        private final ArrayBlockingQueue<Object> queue;
        private final List<Object> in;
        private final List<Object> out;

        Drained(int elements) {
            queue = new ArrayBlockingQueue<>(elements);
            in = new ArrayList<>(Collections.nCopies(elements, this));
            out = new ArrayList<>(elements);
        }

        @Override
        public int move() throws InterruptedException {
            out.clear();
            for (Object element : in) {
                queue.put(element);
            }
            return queue.drainTo(out);
        }
    }
}
