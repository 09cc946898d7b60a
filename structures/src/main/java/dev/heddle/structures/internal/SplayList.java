// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** The algorithm of the splay-list: a base list that takes all effects, under an index that follows the accesses. */
public final class SplayList {
    /* Implementation notes
     * Source         Aksenov, Alistarh, Drozdova, Mohtashami: The splay-list (DISC 2020); deletion by markers as in
     *                Harris (DISC 2001).
     * State machine  of a node's value: SplayNode.
     * Invariants     I1 the base list ascends. I2 a node that is not cut is linked, or was never; so a search that
     *                starts from a node seen not cut misses no key that was there when the search began. I3 only the
     *                holder of the lock cuts, and changes the index and the counters.
     * Linearization  a read: the read of the value, or of the link or value that shows that the key is not there;
     *                put: the CAS of the value or of the link before a fresh node; remove: the CAS of the value to DEAD.
     * Progress       reads are wait-free but for insertions just ahead of them: they go right and down, at most twice,
     *                and store nothing. Writers are lock-free up to their effect; what comes after it: SplayUpkeep.
     * Memory order   A value is read volatile. A node is published by a CAS, an entry by a release.
     */

    private final Comparator<Object> order;
    private final SplayIndex index;
    private final SplayNode head;
    private final SplayUpkeep upkeep;
    private final SplayCount live = new SplayCount();

    /**
     * An empty list.
     *
     * @param order of the keys; null for the natural one
     * @param period of how many accesses one is counted, on average
     * @param ageing the accesses per key, on average, at which they are halved
     */
    public SplayList(Comparator<Object> order, int period, double ageing) {
        this(order, period, ageing, SplaySizes.USUAL);
    }

    /** A list with other sizes, for tests, which keeps removed keys as others do. */
    public SplayList(Comparator<Object> order, int period, double ageing, int saved, int maxPending) {
        this(
                order,
                period,
                ageing,
                new SplaySizes(saved, maxPending, SplaySizes.USUAL.popular(), SplaySizes.USUAL.spare()));
    }

    /** A list with other sizes, for tests. */
    public SplayList(Comparator<Object> order, int period, double ageing, SplaySizes sizes) {
        this.order = order;
        index = new SplayIndex(order, ageing, sizes);
        head = index.head;
        upkeep = new SplayUpkeep(index, period, sizes.maxPending());
    }

    SplayUpkeep upkeep() {
        return upkeep;
    }

    /**
     * The order of the keys.
     *
     * @return the comparator, or null for the natural order
     */
    public Comparator<Object> order() {
        return order;
    }

    // ---- reading

    /**
     * The value of a key; may count the access.
     *
     * @param key the key
     * @return its value, or null
     */
    public Object get(Object key) {
        SplayNode node = find(key);
        if (node == null) {
            return null;
        }
        Object value = node.value();
        if (value != null) {
            upkeep.sample(node);
        }
        return value;
    }

    /**
     * The node of a key. It may be dead, and another one may take its place later.
     *
     * @param key the key
     * @return its node, or null if there is none
     */
    public SplayNode find(Object key) {
        int kind = order == null ? SplayEntry.kind(key) : SplayEntry.OTHER;
        long number = SplayEntry.number(key);
        SplayEntry e = index.top();
        Object bound = null; // a key known to be greater
        while (true) { // ends: goes right and down
            SplayEntry r = e.rightAcquire();
            if (r != null && r.key != bound) {
                int c = r.compare(order, key, kind, number);
                if (c > 0) {
                    e = r;
                    continue;
                }
                if (c < 0) {
                    bound = r.key;
                } else {
                    SplayNode node = r.node;
                    if (!node.isCut()) {
                        return node;
                    }
                }
            }
            if (e.down == null) {
                return findInBase(e.node, key, bound);
            }
            e = e.down;
        }
    }

    private SplayNode findInBase(SplayNode lowest, Object key, Object bound) {
        SplayNode x = (lowest.isCut() ? lowestBefore(key, true) : lowest).successor();
        while (x != null && x.key != bound) { // ends: the list ascends
            int c = Order.compare(order, key, x.key);
            if (c < 0) {
                return null;
            }
            if (c == 0 && !x.isCut()) {
                return x;
            }
            x = x.successor();
        }
        return null;
    }

    /** A node before a key, and not cut at a moment of this search (I2). */
    private SplayNode before(Object key) {
        SplayNode lowest = lowestBefore(key, false);
        return lowest.isCut() ? lowestBefore(key, true) : lowest;
    }

    /** Where the index leads before a key; with care, it steps on no cut key. */
    private SplayNode lowestBefore(Object key, boolean careful) {
        int kind = order == null ? SplayEntry.kind(key) : SplayEntry.OTHER;
        long number = SplayEntry.number(key);
        SplayEntry e = index.top();
        Object bound = null; // a key known not to be less
        while (true) { // ends: goes right and down
            SplayEntry r = e.rightAcquire();
            if (r != null && r.key != bound) {
                if (r.compare(order, key, kind, number) <= 0) {
                    bound = r.key;
                } else if (!careful || !r.node.isCut()) {
                    e = r;
                    continue;
                }
            }
            if (e.down == null) {
                return e.node;
            }
            e = e.down;
        }
    }

    // ---- writing

    /**
     * Maps a key to a value.
     *
     * @param key the key
     * @param value the value
     * @param onlyIfAbsent whether to leave another value alone
     * @return the value before, or null
     */
    public Object put(Object key, Object value, boolean onlyIfAbsent) {
        return put(key, value, onlyIfAbsent, 1);
    }

    /**
     * Maps a key to a value that is expected to be asked for often.
     *
     * @param key the key
     * @param value the value
     * @param onlyIfAbsent whether to leave another value alone
     * @param hits for a key that is not there: as how many accesses its insertion counts
     * @return the value before, or null
     */
    public Object put(Object key, Object value, boolean onlyIfAbsent, long hits) {
        SplayNode node = atOrBefore(key);
        if (node == head || Order.compare(order, key, node.key) != 0) {
            node = linked(key, value, hits, node);
        }
        while (node != null) { // ends: each turn lost is a change of this value by another thread
            Object old = node.state();
            if (old == SplayNode.CUT) {
                node = linked(key, value, hits, before(key));
            } else if (old == SplayNode.DEAD || old == SplayNode.KEPT) {
                if (revive(node, old, value, hits)) {
                    return null;
                }
            } else if (onlyIfAbsent || node.casValue(old, value)) { // LP of an overwrite
                upkeep.sample(node);
                return old;
            }
        }
        return null;
    }

    private boolean revive(SplayNode node, Object removed, Object value, long hits) {
        SplayUpkeep.Pending change = hits > 1 ? new SplayUpkeep.Pending(node, hits) : null; // it has one or more
        if (!node.casValue(removed, value)) { // LP of an insertion that finds the node of the removed key
            return false;
        }
        live.add(1);
        if (removed == SplayNode.KEPT) {
            index.revived();
        }
        if (change != null) {
            upkeep.settle(change);
        }
        return true;
    }

    /** A node of a key, met in the index, or one before it; not cut at a moment of this search (I2). */
    private SplayNode atOrBefore(Object key) {
        int kind = order == null ? SplayEntry.kind(key) : SplayEntry.OTHER;
        long number = SplayEntry.number(key);
        SplayEntry e = index.top();
        Object bound = null; // a key known to be greater
        while (true) { // ends: goes right and down
            SplayEntry r = e.rightAcquire();
            if (r != null && r.key != bound) {
                int c = r.compare(order, key, kind, number);
                if (c > 0) {
                    e = r;
                    continue;
                }
                SplayNode met = c == 0 ? r.node : null;
                if (met != null && !met.isCut()) {
                    return met;
                }
                bound = c < 0 ? r.key : bound;
            }
            if (e.down == null) {
                return e.node.isCut() ? lowestBefore(key, true) : e.node;
            }
            e = e.down;
        }
    }

    /** Links a fresh node behind one before it, and has it settled; or returns the node of its key that is there. */
    private SplayNode linked(Object key, Object value, long hits, SplayNode from) {
        SplayNode p = from;
        while (true) { // ends: each turn lost is a link changed by another thread
            SplayNode x = p.next();
            if (x != null && x.key == null) {
                p = before(key); // p is being unlinked
            } else if (x != null && x.isCut()) {
                p.casNext(x, x.markedSuccessor()); // a node of this key may come only after the cut one has gone
            } else {
                int c = x == null ? compareAtEnd(key, p) : Order.compare(order, key, x.key);
                if (c == 0) {
                    return x;
                } else if (c > 0) {
                    p = x;
                } else {
                    SplayNode fresh = new SplayNode(key, value, x);
                    SplayUpkeep.Pending change = new SplayUpkeep.Pending(fresh, hits);
                    if (p.casNext(x, fresh)) { // LP of an insertion
                        live.add(1);
                        upkeep.settle(change);
                        return null;
                    }
                }
            }
        }
    }

    /** That a key belongs at the end; one that can't be compared fails in an empty list too. */
    private int compareAtEnd(Object key, SplayNode last) {
        if (last == head) {
            Order.compare(order, key, key);
        }
        return -1;
    }

    /**
     * Removes a key.
     *
     * @param key the key
     * @return the value it had, or null
     */
    public Object remove(Object key) {
        SplayNode node = find(key);
        while (node != null) { // ends: each turn lost is a change of this value by another thread
            Object old = node.value();
            if (old == null) {
                return null;
            }
            if (kill(node, old)) {
                return old;
            }
        }
        return null;
    }

    /**
     * Removes the key of a node if its value is still the given one.
     *
     * @param node the node
     * @param old the value, which the node had before
     * @return whether it was removed
     */
    public boolean kill(SplayNode node, Object old) {
        SplayUpkeep.Pending change = new SplayUpkeep.Pending(node, 0);
        if (!node.casValue(old, SplayNode.DEAD)) { // LP of a removal
            return false;
        }
        live.add(-1);
        upkeep.settle(change);
        return true;
    }

    /**
     * Replaces the value of a node if it is still the given one.
     *
     * @param node the node
     * @param old the value, which the node had before
     * @param value the value to put in its place
     * @return whether it was replaced
     */
    public boolean replace(SplayNode node, Object old, Object value) {
        if (!node.casValue(old, value)) { // LP of a replacement
            return false;
        }
        upkeep.sample(node);
        return true;
    }

    // ---- neighbours

    /**
     * A key that was there with its value at a moment of the call that found it.
     *
     * @param node where the key is
     * @param value what it was mapped to
     */
    public record Found(SplayNode node, Object value) {}

    /**
     * The first key behind a node that is there.
     *
     * @param node the node
     * @return what was found, or null
     */
    public static Found liveAfter(SplayNode node) {
        return liveFrom(node.successor());
    }

    private static Found liveFrom(SplayNode from) {
        for (SplayNode x = from; x != null; x = x.successor()) { // ends: the list ascends
            Object value = x.value();
            if (value != null) {
                return new Found(x, value);
            }
        }
        return null;
    }

    /**
     * The least key that is not below a limit.
     *
     * @param key the limit; null for none
     * @param with whether the limit itself counts
     * @return what was found, or null
     */
    public Found atLeast(Object key, boolean with) {
        if (key == null) {
            return liveFrom(head.successor());
        }
        SplayNode x = before(key).successor();
        while (x != null && isBelow(x, key, with)) { // ends: the list ascends
            x = x.successor();
        }
        return liveFrom(x);
    }

    private boolean isBelow(SplayNode x, Object key, boolean with) {
        int c = Order.compare(order, x.key, key);
        return c < 0 || (c == 0 && !with);
    }

    /**
     * The greatest key that is not above a limit.
     *
     * @param key the limit; null for none
     * @param with whether the limit itself counts
     * @return what was found, or null
     */
    public Found atMost(Object key, boolean with) {
        Object limit = key;
        boolean counts = with;
        while (true) { // ends: the limit sinks
            SplayNode start = limit == null ? nearEnd() : before(limit);
            Found found = lastLive(start, limit, counts);
            if (found != null || start == head) {
                return found;
            }
            limit = start.key;
            counts = false;
        }
    }

    private Found lastLive(SplayNode start, Object limit, boolean with) {
        SplayNode found = null;
        Object itsValue = null;
        for (SplayNode x = start; x != null; x = x.successor()) { // ends: the list ascends
            if (x != head && limit != null && !isBelow(x, limit, !with)) {
                break;
            }
            Object value = x.value(); // null in the head
            if (value != null) {
                found = x;
                itsValue = value;
            }
        }
        return found == null ? null : new Found(found, itsValue);
    }

    private SplayNode nearEnd() {
        SplayEntry e = index.top();
        while (true) { // ends: goes right and down
            SplayEntry r = e.rightAcquire();
            if (r != null && !r.node.isCut()) {
                e = r;
            } else if (e.down == null) {
                return e.node;
            } else {
                e = e.down;
            }
        }
    }

    /**
     * How many keys there are: a sum that is exact while nobody writes.
     *
     * @return the number
     */
    public long size() {
        return Math.max(0, live.sum());
    }

    // ---- inspection

    /**
     * How many keys there are of each height.
     *
     * @return first those in the base list only, then those in one level above it, and so on
     */
    public long[] heights() {
        return upkeep.inspect(SplayIndex::heights);
    }

    /**
     * What has been counted.
     *
     * @return passes, skipped samples, risings, sinkings, rebuilds, hits, levels with the base, in this order
     */
    public long[] tally() {
        return upkeep.inspect(i ->
                new long[] {i.passes, upkeep.skipped(), i.promotions, i.demotions, i.rebuilds, i.total(), i.depth()});
    }

    /**
     * The counted accesses to a key, since they aged.
     *
     * @param key the key
     * @return their number, 0 if the key is not there
     */
    public long hits(Object key) {
        SplayNode node = find(key);
        return node == null || node.value() == null ? 0 : node.selfOpaque();
    }
}
