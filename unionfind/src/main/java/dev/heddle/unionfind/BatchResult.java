// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Accepted;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** What a batch of edges did. */
public final class BatchResult {
    private final Accepted bits;
    private final long applied;
    private final boolean complete;
    private final long serial;
    private final Guarantee guarantee;

    BatchResult(Accepted bits, long applied, boolean complete, long serial, Guarantee guarantee) {
        this.bits = bits;
        this.applied = applied;
        this.complete = complete;
        this.serial = serial;
        this.guarantee = guarantee;
    }

    /**
     * Whether the edge united two sets.
     *
     * @param edge its number in the source, from 0 on
     * @return true if it did; false if its ends were in one set, or it was not applied
     * @throws IndexOutOfBoundsException if the number is negative
     */
    public boolean accepted(long edge) {
        if (edge < 0) {
            throw new IndexOutOfBoundsException("negative edge: " + edge);
        }
        return bits.contains(edge);
    }

    /**
     * How many edges united two sets.
     *
     * @return that many
     */
    public long acceptedCount() {
        return bits.count();
    }

    /**
     * The edges that united two sets: a spanning forest of what was applied.
     *
     * @return their numbers in the source, ascending
     */
    public LongStream acceptedEdges() {
        var edges = new PrimitiveIterator.OfLong() {
            private long next = bits.next(0);

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public long nextLong() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                long edge = next;
                next = bits.next(edge + 1);
                return edge;
            }
        };
        int traits = Spliterator.ORDERED | Spliterator.SORTED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.longStream(Spliterators.spliterator(edges, bits.count(), traits), false);
    }

    /**
     * How many edges, the first ones in the order of the batch, were applied: all, unless the batch was ended.
     *
     * @return that many
     */
    public long appliedCount() {
        return applied;
    }

    /**
     * Whether the batch was applied to its end.
     *
     * @return false if {@link BatchProgress} ended it before
     */
    public boolean isComplete() {
        return complete;
    }

    /**
     * How many edges one thread had to look at after the other. This depends on the schedule; the nearer to
     * {@link #acceptedCount}, the more was done in parallel. 0 if the algorithm has no such part.
     *
     * @return that many
     */
    public long serialCount() {
        return serial;
    }

    /**
     * What equals a sequential run.
     *
     * @return the level
     */
    public Guarantee guarantee() {
        return guarantee;
    }

    @Override
    public String toString() {
        return "BatchResult[" + applied + " edges applied, " + bits.count() + " accepted]";
    }
}
