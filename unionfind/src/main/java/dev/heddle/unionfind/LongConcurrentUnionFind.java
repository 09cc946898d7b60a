// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Links;
import dev.heddle.unionfind.internal.Pages;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * Disjoint sets of the longs from 0 to n - 1, which any number of threads unite and query at once. At first every long is
 * alone. Eight bytes a member, in pages, so that there may be more of them than an array can hold. What
 * {@link ConcurrentUnionFind} says of its operations holds here too.
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
public final class LongConcurrentUnionFind {
    // Implementation notes: step by step as ConcurrentUnionFind, over pages.

    private static final int PAGE_SHIFT = Pages.SHIFT;

    private final Pages parents;
    private final Links links;

    /**
     * The longs below n, each alone, linked by {@link LinkRule#INDEX}.
     *
     * @param n how many
     * @throws IllegalArgumentException if n is negative, or more than there are pages for, which is 2⁵⁰
     */
    public LongConcurrentUnionFind(long n) {
        this(n, LinkRule.INDEX);
    }

    /**
     * The longs below n, each alone.
     *
     * @param n how many
     * @param rule which root wins: {@link LinkRule#INDEX} or {@link LinkRule#hashed}. By size, whose order changes, it would
     *     be left open which member represents a set
     * @throws IllegalArgumentException if n is negative, or more than there are pages for, or the rule is {@link LinkRule#SIZE}
     */
    public LongConcurrentUnionFind(long n, LinkRule rule) {
        this(n, rule, PAGE_SHIFT);
    }

    /** For tests: small pages. */
    LongConcurrentUnionFind(long n, LinkRule rule, int pageShift) {
        if (!rule.links().isFixed()) {
            throw new IllegalArgumentException("no fixed order: " + rule);
        }
        links = rule.links();
        parents = new Pages(n, pageShift);
        for (long x = 0; x < n; x++) {
            parents.setOpaque(x, x);
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
    public boolean unite(long x, long y) {
        long u = walk(Objects.checkIndex(x, parents.length()));
        long v = walk(Objects.checkIndex(y, parents.length()));
        while (u != v) { // ends: each round one of the two has risen
            boolean down = links.loses(u, v, 0, 0);
            long loser = down ? u : v;
            long winner = down ? v : u;
            if (parents.compareAndSet(loser, loser, winner)) { // LP
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
    public boolean sameSet(long x, long y) {
        long u = walk(Objects.checkIndex(x, parents.length()));
        long v = walk(Objects.checkIndex(y, parents.length()));
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
    public long find(long x) {
        long root = walk(Objects.checkIndex(x, parents.length()));
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
    public long setCount() {
        long count = 0;
        for (long x = 0; x < parents.length(); x++) {
            count += isRoot(x) ? 1 : 0;
        }
        return count;
    }

    /**
     * For every member the least of its set. While others unite, the labels may be of different moments: two members with
     * one label are in one set, two with different labels may be too. When no {@code unite} is under way they are exact.
     * Takes eight more bytes a member, and as many again meanwhile.
     *
     * @return n labels
     */
    public PagedLongs labels() {
        return new PagedLongs(least());
    }

    /**
     * The sets, as exact as {@link #labels}.
     *
     * @return a snapshot that later unions do not change
     */
    public LongPartition partition() {
        return new LongPartition(least());
    }

    private Pages least() {
        Pages roots = parents.ofLength(parents.length());
        Pages least = parents.ofLength(parents.length()); // by root, plus one
        for (long x = 0; x < roots.length(); x++) {
            long root = walk(x);
            if (least.getOpaque(root) == 0) {
                least.setOpaque(root, x + 1);
            }
            roots.setOpaque(x, least.getOpaque(root) - 1);
        }
        return roots;
    }

    /**
     * The number of members.
     *
     * @return n
     */
    public long memberCount() {
        return parents.length();
    }

    @Override
    public String toString() {
        return "LongConcurrentUnionFind[" + parents.length() + " members]";
    }

    /** A vertex that was seen to be the root of x's tree; halves the path to it. */
    private long walk(long x) {
        long at = x;
        while (true) { // ends: every step rises
            long parent = parents.getOpaque(at);
            if (parent == at) {
                return at;
            }
            long next = parents.getOpaque(parent);
            if (next == parent) {
                return parent;
            }
            parents.setOpaque(at, next); // an ancestor of a non-root: harmless at any time (UF-1)
            at = next;
        }
    }

    private boolean isRoot(long x) {
        return parents.get(x) == x;
    }
}
