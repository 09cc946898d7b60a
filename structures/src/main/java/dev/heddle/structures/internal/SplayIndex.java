// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/** The index above the base list of a splay-list, and the counters that shape it. One thread at a time changes it. */
final class SplayIndex {
    /* Implementation notes
     * Source         Aksenov, Alistarh, Drozdova, Mohtashami: The splay-list (DISC 2020).
     * Idea           Depth 1 is the top level, depth b the base with all keys. An entry at depth d
     *                stands for its key and those up to, without, the next one present at depth d; it weighs what
     *                they were hit. A group whose rest is too heavy for depth d lets its second key rise there; two
     *                neighbours that are light together become one by the second sinking.
     * Invariants     SL-1: an entry weighs what the entries (nodes, in the lowest level) it spans one level lower weigh
     *                together; the top level weighs m. SL-2: each level ascends and is a part of the level below it.
     * Deviations     D1 an entry holds the weight including its own key's hits: then no test but those of the base reads
     *                a node. D2 the base is never deepened by a pass; a rebuild sets it from the number of keys.
     *                D3 hits age: without that the height follows the history. D4 one lock for all passes: a rebuild
     *                needs all of them out anyway, and a sample that finds it taken is dropped. D5 the node of a
     *                key that is removed is kept with its entries and hits while it is popular: the key is probably asked
     *                for while it is missing, and comes back. Its hits fall faster. Kept nodes are few, and no neighbours.
     */
    private static final int MAX_DEPTH = 40;

    /** What a group may weigh grows by this power of two with each level up: four entries under one, where they fit. */
    private static final int STEP = 2;

    /** How many removed keys are kept; for an instant, a revival may be counted before the removal. */
    private final AtomicLong kept = new AtomicLong();

    /** Of the keys; null for the natural one. */
    private final Comparator<Object> order;

    /** Accesses per key, on average, at which they are halved. */
    private final double ageing;

    final int saved; // as in SplaySizes; a record here would hide the footprint from JOL
    final int spare;
    private final int popular;

    final SplayNode head = new SplayNode(null, null, null);

    /** Written with release by the holder of the lock; a search in an index that was replaced ends there. */
    private volatile SplayEntry top;

    /** Of each level, the last entry up to the key of the pass under way. */
    private final SplayEntry[] path = new SplayEntry[MAX_DEPTH];

    private int depth; // b
    private int finest; // a group of the lowest level may weigh m / 2^finest
    private long rested; // passes up to the last rebuild
    private long m; // counted accesses: the sum of all hits
    private long n; // counted keys, those that are kept among them
    long passes;
    long promotions;
    long demotions;
    long rebuilds;

    SplayIndex(Comparator<Object> order, double ageing, SplaySizes sizes) {
        this.order = order;
        this.ageing = ageing;
        saved = sizes.saved();
        spare = sizes.spare();
        popular = sizes.popular();
        build(0);
    }

    SplayEntry top() {
        return top;
    }

    int depth() {
        return depth;
    }

    int finest() {
        return finest;
    }

    long total() {
        return m;
    }

    long counted() {
        return n;
    }

    long kept() {
        return kept.get();
    }

    /**
     * How many keys there are of each height: in the base list only, in one level above it, in two, and so on.
     */
    long[] heights() {
        long[] keys = new long[depth];
        SplayEntry level = top;
        long above = 0;
        for (int d = 1; d < depth; d++) {
            long here = 0;
            for (SplayEntry e = level.rightPlain(); e != null; e = e.rightPlain()) { // ends: the level is finite
                here += e.node.isKept() ? 0 : 1;
            }
            keys[depth - d] = here - above;
            above = here;
            level = level.down;
        }
        keys[0] = n - kept() - above;
        return keys;
    }

    // ---- the pass

    /** Counts accesses to a node that is linked: at most as many as make all hits age at once. */
    void pass(SplayNode node, long asked) {
        count(node, Math.min(asked, (long) (ageing * (n + 1))));
    }

    /** Moves the keys on the way up and down as their hits say. */
    private void count(SplayNode node, long hits) {
        passes++;
        m += hits;
        SplayEntry u = top;
        for (int d = 1; d < depth; d++) {
            u = along(u, d, node.key);
            path[d] = u;
            u.weight += hits;
            if (u.key != null && Order.compare(order, u.key, node.key) == 0) {
                for (SplayEntry below = u.down; below != null; below = below.down) { // ends: at the base
                    below.weight += hits;
                }
                hit(u.node, hits);
                return;
            }
            if (d < depth - 1) {
                u = u.down;
            }
        }
        alongBase(u, node.key);
        hit(node, hits);
    }

    /** The last entry of a level up to a key. The first of the group may rise; those that are passed may sink. */
    private SplayEntry along(SplayEntry start, int d, Object key) {
        SplayEntry u = start;
        boolean first = d > 1;
        SplayEntry x = u.rightPlain();
        while (x != null && Order.compare(order, x.key, key) <= 0) { // ends: the level ascends
            SplayEntry y = x.rightPlain();
            if (first && path[d - 1].weight - u.weight > limit(d - 1)) {
                promote(x.node, x, u.weight, d);
                u = x;
            } else if (y != null && Order.compare(order, y.key, key) <= 0 && u.weight + x.weight <= limit(d)) {
                demotions++;
                u.weight += x.weight;
                u.publishRight(y);
            } else {
                u = x;
                first = false;
            }
            x = y;
        }
        return u;
    }

    private void alongBase(SplayEntry lowest, Object key) {
        SplayNode u = lowest.node;
        SplayNode x = next(u);
        boolean first = true;
        while (x != null && Order.compare(order, x.key, key) <= 0) { // ends: the list ascends
            if (first && path[depth - 1].weight - u.selfPlain() > limit(depth - 1)) {
                promote(x, null, u.selfPlain(), depth);
            } else {
                first = false;
            }
            u = x;
            x = next(u);
        }
    }

    /**
     * Lets the first key behind the start of a group at depth d rise, as far as what lies behind that start is too
     * heavy.
     */
    private void promote(SplayNode node, SplayEntry lower, long remaining, int d) {
        SplayEntry down = lower;
        long left = remaining;
        SplayEntry start = null;
        for (int t = d - 1; t >= 1; t--) {
            SplayEntry p = path[t];
            if ((start != null && p.down != start) || p.weight - left <= limit(t)) {
                return;
            }
            SplayEntry risen = new SplayEntry(node, down, p.rightPlain(), p.weight - left);
            p.weight = left;
            p.publishRight(risen);
            path[t] = risen;
            start = p;
            down = risen;
            promotions++;
        }
    }

    /** A group at a depth may weigh this much. */
    private long limit(int d) {
        return m >> shift(d);
    }

    /** The logarithm of the share of a group at a depth, negated. */
    int shift(int d) {
        return finest - STEP * (depth - 1 - d);
    }

    private void hit(SplayNode node, long hits) {
        if (node.selfPlain() == 0) {
            n++;
        }
        node.setSelf(node.selfPlain() + hits);
    }

    // ---- removal

    /**
     * Keeps a removed key with its hits and entries, if it was popular, there are few such keys, and none is a neighbour: a
     * walk along the base list passes at most one for each other key.
     */
    boolean keep(SplayNode v) {
        boolean stays = v.state() == SplayNode.DEAD
                && isPopular(v.selfPlain())
                && kept() < n >> spare
                && standsAlone(v)
                && v.casValue(SplayNode.DEAD, SplayNode.KEPT);
        if (stays) {
            kept.incrementAndGet();
        }
        return stays;
    }

    private boolean isPopular(long hits) {
        return hits / popular > m / (n + 1);
    }

    /** A writer has brought a key back that was kept. */
    void revived() {
        kept.decrementAndGet();
    }

    private boolean standsAlone(SplayNode v) {
        SplayNode after = next(v);
        return (after == null || !after.isKept()) && !before(v.key).isKept();
    }

    /** The last node before a key. */
    private SplayNode before(Object key) {
        SplayEntry u = top;
        while (true) { // ends: goes right and down
            SplayEntry x = u.rightPlain();
            if (x != null && Order.compare(order, x.key, key) < 0) {
                u = x;
            } else if (u.down == null) {
                return lastBefore(u.node, key);
            } else {
                u = u.down;
            }
        }
    }

    /** Takes a cut node out of all levels and out of the base list. */
    void drop(SplayNode v) {
        SplayNode cut = v;
        while (cut != null) { // ends: after the second, as no two that are kept were neighbours
            SplayNode before = takeOut(cut);
            SplayNode after = next(before);
            cut = before.isKept() && after != null && cut(after) ? after : null;
        }
    }

    /** That a kept node, unless it is revived, is cut. */
    private boolean cut(SplayNode node) {
        if (!node.casValue(SplayNode.KEPT, SplayNode.CUT)) {
            return false;
        }
        kept.decrementAndGet();
        return true;
    }

    /** Returns the node before it. */
    private SplayNode takeOut(SplayNode v) {
        long self = v.selfPlain();
        SplayEntry u = top;
        for (int d = 1; d < depth; d++) {
            SplayEntry x = u.rightPlain();
            int c = -1;
            while (x != null && (c = Order.compare(order, x.key, v.key)) < 0) { // ends: the level ascends
                u = x;
                x = u.rightPlain();
            }
            if (x != null && c == 0) {
                u.weight += x.weight;
                u.publishRight(x.rightPlain());
            }
            u.weight -= self;
            if (d < depth - 1) {
                u = u.down;
            }
        }
        m -= self;
        n -= self > 0 ? 1 : 0;
        v.setSelf(0);
        Arrays.fill(path, null); // GC: it may hold the entries that were taken out (SL-8)
        return lastBefore(u.node, v.key); // unlinks the cut ones on its way
    }

    /** The last node before a key, seen from one before it; all cut nodes up to the key, its own included, are unlinked. */
    private SplayNode lastBefore(SplayNode from, Object key) {
        SplayNode p = from;
        SplayNode x = next(p);
        while (x != null && Order.compare(order, x.key, key) < 0) { // ends: the list ascends
            p = x;
            x = next(p);
        }
        return p;
    }

    /** What follows a node that is not cut, once the cut ones there are unlinked. Nobody else can cut: it is no marker. */
    private static SplayNode next(SplayNode p) {
        while (true) { // ends: each turn unlinks a node, or is lost to an insertion behind p or to who helps
            SplayNode x = p.next();
            if (x == null || !x.isCut()) {
                return x;
            }
            p.casNext(x, x.markedSuccessor());
        }
    }

    // ---- rebuild

    /** Rebuilds if the hits or the number of keys ask for it. */
    void maintain() {
        if (isOld()
                && passes - rested >= n >> 3) { // a few keys of great weight must not have all laid out again and again
            while (isOld()) { // ends: a hit that is halved, rounded up, falls to 1, and ageing is at least 2
                age();
            }
            rebuild();
        } else if (isOff(n)) {
            rebuild();
        }
    }

    private boolean isOld() {
        return n > 0 && m >= ageing * n;
    }

    /** Whether the levels are too few or too many: by more than rounding makes them, lest two sizes take turns. */
    private boolean isOff(long count) {
        long fit = 1L << (finest + saved);
        return count * 4 > fit * 7 || (finest > 0 && count * 16 < fit * 9);
    }

    private void age() {
        long sum = 0;
        for (SplayNode v = next(head); v != null; v = next(v)) { // ends: the list ascends
            v.setSelf((v.selfPlain() + 1) >> 1); // never back to 0: a key without weight would get no entry for ever
            sum += v.selfPlain();
        }
        m = sum;
    }

    /** Lays the index out anew for the hits as they are; compares no keys. */
    void rebuild() {
        rebuilds++;
        rested = passes;
        recount();
        ageKept();
        build(Math.max(0, roundedLog(n) - saved));
    }

    private void recount() {
        long sum = 0;
        long count = 0;
        for (SplayNode v = next(head); v != null; v = next(v)) { // ends: the list ascends
            sum += v.selfPlain();
            count += v.selfPlain() > 0 ? 1 : 0;
        }
        m = sum;
        n = count;
    }

    /**
     * Halves the hits of kept nodes, once more if all have been; who is popular no more goes. All go if keys have become few, and
     * of two neighbours, which only an error leaves, the second.
     */
    private void ageKept() {
        boolean areMany = kept() > n >> spare;
        SplayNode p = head;
        for (SplayNode x = next(p); x != null; x = next(p)) { // ends: the list ascends
            long left = x.isKept() ? (x.selfPlain() + 1) >> 1 : x.selfPlain();
            if ((areMany || p.isKept() || !isPopular(left)) && cut(x)) {
                m -= x.selfPlain();
                n--;
                x.setSelf(0); // the next turn unlinks it
            } else {
                m -= x.selfPlain() - left;
                x.setSelf(left);
                p = x;
            }
        }
    }

    private static int roundedLog(long count) {
        return count < 2 ? 0 : (int) Math.round(Math.log((double) count) / Math.log(2));
    }

    private void build(int lowestShift) {
        Arrays.fill(path, null); // GC: it holds entries of the levels that are replaced
        finest = lowestShift;
        depth = 1 + Math.max(1, (finest + STEP - 1) / STEP);
        SplayEntry level = lowest(limit(depth - 1));
        for (int d = depth - 2; d >= 1; d--) {
            level = above(level, limit(d));
        }
        top = level;
    }

    private SplayEntry lowest(long limit) {
        SplayEntry start = new SplayEntry(head, null, null, 0);
        SplayEntry last = start;
        for (SplayNode v = next(head); v != null; v = next(v)) { // ends: the list ascends
            long self = v.selfPlain();
            if (self == 0 || last.weight + self <= limit) {
                last.weight += self;
            } else {
                last = append(last, v, null, self);
            }
        }
        return start;
    }

    private SplayEntry above(SplayEntry lower, long limit) {
        SplayEntry start = new SplayEntry(head, lower, null, lower.weight);
        SplayEntry last = start;
        for (SplayEntry v = lower.rightPlain(); v != null; v = v.rightPlain()) { // ends: the level is finite
            if (last.weight + v.weight <= limit) {
                last.weight += v.weight;
            } else {
                last = append(last, v.node, v, v.weight);
            }
        }
        return start;
    }

    private static SplayEntry append(SplayEntry last, SplayNode node, SplayEntry down, long weight) {
        SplayEntry entry = new SplayEntry(node, down, null, weight);
        last.publishRight(entry);
        return entry;
    }
}
