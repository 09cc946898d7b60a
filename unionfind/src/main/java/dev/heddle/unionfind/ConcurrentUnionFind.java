// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Links;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Disjoint sets of the ints from 0 to n - 1, which any number of threads unite and query at once. At first every int is
 * alone. Four bytes a member.
 *
 * <p>{@link #unite}, {@link #sameSet}, {@link #find} and {@link #setCount} are linearizable: each takes effect at one moment
 * between its call and its return. No call waits for another thread: every step moves towards the root, so a call ends after
 * O(n) steps of its own whatever others do, and with {@link LinkRule#hashed} after O(log n) with high probability, if the
 * order of the calls does not depend on the seed.
 *
 * <p>The partition depends on the pairs alone; which calls of {@code unite} return true depends on the schedule.
 *
 * <p>No memory effects are promised: that a call has seen a union does not mean that its thread sees what the uniting thread
 * wrote before.
 */
public final class ConcurrentUnionFind {
    /* Implementation notes
     * Source         Jayanti, Tarjan, PODC 2016; Alistarh, Fedorov, Koval, OPODIS 2019 (blind stores in compaction)
     * Idea           A root points to itself. A link is a compare-and-set of the loser's cell from itself to the winner, by a
     *                priority that never changes; compaction only ever writes an ancestor into the cell of a non-root.
     * Invariants     UF-1 no cycle: the priority rises along every step. A late store may put a lower ancestor back.
     *                UF-2 only a link writes a root's cell, and a former root never becomes one again
     *                UF-3 each successful unite takes one root away
     * Linearization  unite true: the compare-and-set. unite false, sameSet true: the read that shows the common root.
     *                sameSet false: the read of the second root's cell; the first was seen to be a root afterwards, so it was
     *                one then. find: the last read. setCount: roots only go, one at a time, so the number read lies between
     *                those at the call and at the return, and there was a moment for it.
     * Ordering       Walks and compaction are opaque: cells are monotone, and each read must be a fresh one. The decisive
     *                reads of a negative answer are volatile and come after the walks (fence): jcstress UnionFindSameSetStress
     * Progress       wait-free: a failed compare-and-set proves that the loser has a parent, and the walk goes on from there
     */
    private final int[] parents;
    private final Links links;

    /**
     * The ints below n, each alone, linked by {@link LinkRule#INDEX}.
     *
     * @param n how many
     * @throws IllegalArgumentException if n is negative
     */
    public ConcurrentUnionFind(int n) {
        this(n, LinkRule.INDEX);
    }

    /**
     * The ints below n, each alone.
     *
     * @param n how many
     * @param rule which root wins: {@link LinkRule#INDEX} or {@link LinkRule#hashed}. By size, whose order changes, it would
     *     be left open which member represents a set
     * @throws IllegalArgumentException if n is negative, or the rule is {@link LinkRule#SIZE}
     */
    public ConcurrentUnionFind(int n, LinkRule rule) {
        if (n < 0) {
            throw new IllegalArgumentException("negative number of members: " + n);
        }
        if (!rule.links().isFixed()) {
            throw new IllegalArgumentException("no fixed order: " + rule);
        }
        links = rule.links();
        parents = new int[n];
        for (int x = 0; x < n; x++) {
            parents[x] = x;
        }
    }

    /**
     * Unites the sets of x and y.
     *
     * @param x a member
     * @param y a member
     * @return true if this call united them; false if they were one set
     * @throws IndexOutOfBoundsException if x or y is not from 0 to n - 1
     */
    public boolean unite(int x, int y) {
        int u = walk(Objects.checkIndex(x, parents.length));
        int v = walk(Objects.checkIndex(y, parents.length));
        while (u != v) { // ends: each round one of the two has risen
            boolean down = links.loses(u, v);
            int loser = down ? u : v;
            int winner = down ? v : u;
            if (casParent(loser, loser, winner)) { // LP
                return true;
            }
            u = walk(loser);
            v = walk(winner);
        }
        return false;
    }

    /**
     * Whether x and y are in one set.
     *
     * @param x a member
     * @param y a member
     * @return true if they are
     * @throws IndexOutOfBoundsException if x or y is not from 0 to n - 1
     */
    public boolean sameSet(int x, int y) {
        int u = walk(Objects.checkIndex(x, parents.length));
        int v = walk(Objects.checkIndex(y, parents.length));
        while (u != v) { // ends: each round one of the two has risen
            VarHandle.acquireFence(); // the walks come first
            if (isRoot(v) && isRoot(u)) { // LP: the read of v's cell; u was a root then, since it is one later
                return false;
            }
            u = walk(u);
            v = walk(v);
        }
        return true;
    }

    /**
     * The member that represents the set of x: the one that comes first by the link rule, with {@link LinkRule#INDEX} the
     * least. It did so at one moment of the call, and may not do so any more at the return: two equal results show that two
     * members are in one set, two different ones show nothing; ask {@link #sameSet}.
     *
     * @param x a member
     * @return the one that represents its set
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     */
    public int find(int x) {
        int root = walk(Objects.checkIndex(x, parents.length));
        VarHandle.acquireFence();
        while (!isRoot(root)) { // ends: the root has risen; LP: the read that finds it one
            root = walk(root);
            VarHandle.acquireFence();
        }
        return root;
    }

    /**
     * The number of sets at one moment of the call. It looks at every member, so it takes time in proportion to n.
     *
     * @return how many sets there are
     */
    public int setCount() {
        int count = 0;
        for (int x = 0; x < parents.length; x++) {
            count += isRoot(x) ? 1 : 0;
        }
        return count;
    }

    /**
     * For every member the least of its set. While others unite, the labels may be of different moments: two members with
     * one label are in one set, two with different labels may be too. When no {@code unite} is under way they are exact.
     *
     * @return a fresh array of n labels
     */
    public int[] labels() {
        int[] roots = new int[parents.length];
        for (int x = 0; x < roots.length; x++) {
            roots[x] = walk(x);
        }
        int[] least = new int[parents.length]; // by root, plus one
        for (int x = 0; x < roots.length; x++) {
            int root = roots[x];
            if (least[root] == 0) {
                least[root] = x + 1;
            }
            roots[x] = least[root] - 1;
        }
        return roots;
    }

    /**
     * The sets, with their sizes and members, as exact as {@link #labels}.
     *
     * @return a snapshot that later unions do not change
     */
    public Partition partition() {
        return new Partition(labels());
    }

    /**
     * The number of members.
     *
     * @return n
     */
    public int memberCount() {
        return parents.length;
    }

    @Override
    public String toString() {
        return "ConcurrentUnionFind[" + parents.length + " members]";
    }

    /** A vertex that was seen to be the root of x's tree; halves the path to it. */
    private int walk(int x) {
        int at = x;
        while (true) { // ends: every step rises
            int parent = parentOpaque(at);
            if (parent == at) {
                return at;
            }
            int next = parentOpaque(parent);
            if (next == parent) {
                return parent;
            }
            setParentOpaque(at, next); // an ancestor of a non-root: harmless at any time (UF-1)
            at = next;
        }
    }

    // VarHandle mechanics

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(int[].class);

    private boolean isRoot(int x) {
        return (int) CELLS.getVolatile(parents, x) == x;
    }

    /** Opaque: a walk needs fresh values, not their order. */
    private int parentOpaque(int x) {
        return (int) CELLS.getOpaque(parents, x);
    }

    /** Opaque: whoever reads it, and whoever misses it, gets an ancestor. */
    private void setParentOpaque(int x, int ancestor) {
        CELLS.setOpaque(parents, x, ancestor);
    }

    private boolean casParent(int x, int expected, int winner) {
        return CELLS.compareAndSet(parents, x, expected, winner);
    }
}
