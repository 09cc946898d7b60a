// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Pages;
import java.util.Objects;
import java.util.function.LongConsumer;

/** As {@link Partition}, of the longs below n: as they were at one moment. It does not change. Up to 24 bytes a vertex. */
public final class LongPartition {
    private final Pages ids; // of each vertex
    private final Pages starts; // of each id: where its members begin; one more at the end
    private final Pages members; // by id, ascending

    /** From the least member of the set of each vertex; the labels are used up. */
    LongPartition(Pages labels) {
        long n = labels.length();
        long sets = number(labels);
        ids = labels;
        starts = labels.ofLength(sets + 1);
        for (long x = 0; x < n; x++) {
            long id = ids.getOpaque(x);
            starts.setOpaque(id, starts.getOpaque(id) + 1);
        }
        long end = 0;
        for (long id = 0; id <= sets; id++) {
            end += starts.getOpaque(id);
            starts.setOpaque(id, end); // moves down to where the members begin
        }
        members = labels.ofLength(n);
        for (long x = n - 1; x >= 0; x--) {
            long id = ids.getOpaque(x);
            long at = starts.getOpaque(id) - 1;
            starts.setOpaque(id, at);
            members.setOpaque(at, x);
        }
    }

    /** Puts numbers of sets in the place of labels, and returns how many sets there are. */
    private static long number(Pages labels) {
        long sets = 0;
        for (long x = 0; x < labels.length(); x++) {
            long label = labels.getOpaque(x);
            labels.setOpaque(x, label == x ? sets++ : labels.getOpaque(label)); // whose turn was before
        }
        return sets;
    }

    /**
     * The number of sets.
     *
     * @return how many there are
     */
    public long setCount() {
        return starts.length() - 1;
    }

    /**
     * The least member of the set of x.
     *
     * @param x a vertex
     * @return its label
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public long label(long x) {
        return members.getOpaque(starts.getOpaque(id(x)));
    }

    /**
     * The label of every vertex: the least member of its set. Takes eight more bytes a vertex.
     *
     * @return the labels
     */
    public PagedLongs labels() {
        Pages labels = ids.ofLength(ids.length());
        for (long x = 0; x < labels.length(); x++) {
            labels.setOpaque(x, label(x));
        }
        return new PagedLongs(labels);
    }

    /**
     * A number for the set of every vertex, from 0 on without a gap, in the order of their least members.
     *
     * @return the numbers
     */
    public PagedLongs componentIds() {
        return new PagedLongs(ids);
    }

    /**
     * The size of every set, by {@link #componentIds}. Takes eight more bytes a set.
     *
     * @return the sizes
     */
    public PagedLongs sizes() {
        Pages sizes = starts.ofLength(setCount());
        for (long id = 0; id < sizes.length(); id++) {
            sizes.setOpaque(id, sizeOf(id));
        }
        return new PagedLongs(sizes);
    }

    /**
     * The number of members of the set of x.
     *
     * @param x a vertex
     * @return that many
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public long size(long x) {
        return sizeOf(id(x));
    }

    /**
     * The members of the set of x, ascending.
     *
     * @param x a vertex
     * @return a view that takes no memory of its own
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public PagedLongs members(long x) {
        long id = id(x);
        return new PagedLongs(members, starts.getOpaque(id), sizeOf(id));
    }

    /**
     * Gives the members of the set of x, ascending.
     *
     * @param x a vertex
     * @param action takes each of them
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public void forEachMember(long x, LongConsumer action) {
        Objects.requireNonNull(action, "action");
        members(x).stream().forEachOrdered(action);
    }

    /**
     * Whether two vertices are in one set.
     *
     * @param x a vertex
     * @param y a vertex
     * @return true if they are
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public boolean sameSet(long x, long y) {
        return id(x) == id(y);
    }

    @Override
    public String toString() {
        return "LongPartition[" + ids.length() + " vertices, " + setCount() + " sets]";
    }

    private long id(long x) {
        return ids.getOpaque(Objects.checkIndex(x, ids.length()));
    }

    private long sizeOf(long id) {
        return starts.getOpaque(id + 1) - starts.getOpaque(id);
    }
}
