// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;

/** A partition of the ints below n as it was at one moment. It does not change. */
public final class Partition {
    private final int[] ids; // of each vertex
    private final int[] starts; // of each id: where its members begin; one more at the end
    private final int[] members; // by id, ascending

    /** From the least member of the set of each vertex. */
    Partition(int[] labels) {
        int n = labels.length;
        ids = new int[n];
        int sets = 0;
        for (int x = 0; x < n; x++) {
            ids[x] = labels[x] == x ? sets++ : ids[labels[x]];
        }
        starts = new int[sets + 1];
        for (int x = 0; x < n; x++) {
            starts[ids[x] + 1]++;
        }
        for (int id = 0; id < sets; id++) {
            starts[id + 1] += starts[id];
        }
        int[] next = Arrays.copyOf(starts, sets);
        members = new int[n];
        for (int x = 0; x < n; x++) {
            members[next[ids[x]]++] = x;
        }
    }

    /**
     * The number of sets.
     *
     * @return how many there are
     */
    public int setCount() {
        return starts.length - 1;
    }

    /**
     * The least member of the set of x.
     *
     * @param x a vertex
     * @return its label
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public int label(int x) {
        return members[starts[ids[x]]];
    }

    /**
     * The label of every vertex: the least member of its set.
     *
     * @return a fresh array
     */
    public int[] labels() {
        int[] labels = new int[ids.length];
        Arrays.setAll(labels, this::label);
        return labels;
    }

    /**
     * A number for the set of every vertex, from 0 on without a gap, in the order of their least members.
     *
     * @return a fresh array
     */
    public int[] componentIds() {
        return ids.clone();
    }

    /**
     * The size of every set, by {@link #componentIds}.
     *
     * @return a fresh array
     */
    public int[] sizes() {
        int[] sizes = new int[setCount()];
        Arrays.setAll(sizes, id -> starts[id + 1] - starts[id]);
        return sizes;
    }

    /**
     * The number of members of the set of x.
     *
     * @param x a vertex
     * @return that many
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public int size(int x) {
        return starts[ids[x] + 1] - starts[ids[x]];
    }

    /**
     * The members of the set of x.
     *
     * @param x a vertex
     * @return a fresh array, ascending
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public int[] members(int x) {
        return Arrays.copyOfRange(members, starts[ids[x]], starts[ids[x] + 1]);
    }

    /**
     * Gives the members of the set of x, ascending.
     *
     * @param x a vertex
     * @param action takes each of them
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public void forEachMember(int x, IntConsumer action) {
        Objects.requireNonNull(action, "action");
        for (int i = starts[ids[x]]; i < starts[ids[x] + 1]; i++) {
            action.accept(members[i]);
        }
    }

    /**
     * Whether two vertices are in one set.
     *
     * @param x a vertex
     * @param y a vertex
     * @return true if they are
     * @throws IndexOutOfBoundsException if there is no such vertex
     */
    public boolean sameSet(int x, int y) {
        return ids[x] == ids[y];
    }

    @Override
    public String toString() {
        return "Partition[" + ids.length + " vertices, " + setCount() + " sets]";
    }
}
