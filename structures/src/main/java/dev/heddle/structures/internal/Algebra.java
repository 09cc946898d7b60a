// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** Union, intersection and difference of two trees. */
public final class Algebra {
    /* Implementation notes
     * Source         Blelloch, Ferizovic, Sun: Just join for parallel ordered sets, SPAA 2016; PaC-trees, PLDI 2022
     * Idea           The larger tree is cut at a separator in the middle of its root, the other one at the same key;
     *                the two halves are independent of each other, and their results are joined. Small trees are merged
     *                as arrays, and a few entries against many are edits.
     * Keys           Of two equal keys the result has that of the left tree, however it is made.
     * Sharing        What meets nothing is taken as it is. A merge that leaves one side as it was gives that side.
     */

    /** What becomes of the keys of two maps. */
    public enum Kind {
        /** All keys. */
        UNION,
        /** Those of both. */
        INTERSECTION,
        /** Those of the left without those of the right. */
        DIFFERENCE
    }

    /** Below so many entries in both, trees are merged as arrays. */
    private static final int GRAIN = 2048;

    /** One side is a few entries against many when the other has so many times as much. */
    private static final int MANY = 8;

    private static final int FEW = 64;

    /** From so many entries in both on, halves are given to two threads. */
    private static final int FORK = 4096;

    private final Kind kind;
    private final BinaryOperator<Object> combine; // of left and right value; null: the left one
    private final Comparator<Object> order;
    private final boolean parallel;

    private Algebra(Kind kind, BinaryOperator<Object> combine, Comparator<Object> order, boolean parallel) {
        this.kind = kind;
        this.combine = combine;
        this.order = order;
        this.parallel = parallel;
    }

    /**
     * The tree of two.
     *
     * @param kind which keys it has
     * @param left a tree
     * @param right another, in the same order
     * @param combine the value of a key of both, from the left and the right value, not null; null for the left one
     * @param order of the keys
     * @param pool who helps, or null
     * @return the tree: one of the two if it has the same entries
     */
    public static Object apply(
            Kind kind,
            Object left,
            Object right,
            BinaryOperator<Object> combine,
            Comparator<Object> order,
            ForkJoinPool pool) {
        Algebra algebra = new Algebra(kind, combine, order, pool != null);
        return in(pool, Nodes.size(left) + (long) Nodes.size(right), () -> algebra.combined(left, right));
    }

    /** Runs a task in a pool, if there is one and enough to do. */
    static Object in(ForkJoinPool pool, long entries, Supplier<Object> task) {
        if (pool == null || entries < FORK) {
            return task.get();
        }
        return pool.invoke(task(task));
    }

    static ForkJoinTask<Object> task(Supplier<Object> task) {
        return new Task(task);
    }

    /** Whether so many entries are worth a second thread. */
    static boolean forks(long entries) {
        return entries >= FORK;
    }

    private Object combined(Object left, Object right) {
        int n = Nodes.size(left);
        int m = Nodes.size(right);
        if (n == 0 || m == 0) {
            return alone(left, right, n);
        }
        if (left == right && combine == null) {
            return kind == Kind.DIFFERENCE ? Nodes.EMPTY : left;
        }
        if (Math.min(n, m) <= FEW && Math.max(n, m) > MANY * Math.min(n, m)) {
            return n < m ? fewLeft(left, right) : fewRight(left, right);
        }
        if (n + m <= GRAIN) {
            Object union = kind == Kind.UNION && order == null ? numbersMerged(left, right, n, m) : null;
            return union == null ? merged(left, right, n) : union;
        }
        Inner larger = (Inner) (n >= m ? left : right);
        int middle = larger.kids.length >> 1;
        Object key = larger.seps[middle - 1];
        Object low = Nodes.part(larger, 0, middle);
        Object high = Nodes.part(larger, middle, larger.kids.length);
        Object smaller = n >= m ? right : left;
        Object lowOther = Joins.head(smaller, key, false, order);
        Object highOther = Joins.tail(smaller, key, true, order);
        Supplier<Object> first = n >= m ? () -> combined(low, lowOther) : () -> combined(lowOther, low);
        Supplier<Object> second = n >= m ? () -> combined(high, highOther) : () -> combined(highOther, high);
        ForkJoinTask<Object> forked =
                parallel && forks(n + (long) m) ? task(second).fork() : null;
        Object lowResult = first.get();
        Object highResult = forked == null ? second.get() : forked.join();
        boolean asLeft = lowResult == (n >= m ? low : lowOther) && highResult == (n >= m ? high : highOther);
        return asLeft ? left : Joins.join(lowResult, highResult);
    }

    private Object alone(Object left, Object right, int n) {
        return switch (kind) {
            case UNION -> n == 0 ? right : left;
            case INTERSECTION -> Nodes.EMPTY;
            case DIFFERENCE -> left;
        };
    }

    private Object both(Object left, Object right) {
        if (combine == null) {
            return left;
        }
        Object value = combine.apply(left, right);
        if (value == null) {
            throw new NullPointerException("the function returned null");
        }
        return value;
    }

    // ---- small ones

    private Object merged(Object left, Object right, int n) {
        Bulk a = Bulk.of(left);
        Bulk b = Bulk.of(right);
        Bulk out = new Bulk(kind == Kind.UNION ? a.count() + b.count() : a.count());
        int i = 0;
        int j = 0;
        boolean asLeft = true; // the result is the left tree so far
        while (i < a.count() && j < b.count()) {
            int c = Order.compare(order, a.key(i), b.key(j));
            if (c < 0) {
                asLeft &= addLeft(out, a, i++);
            } else if (c > 0) {
                asLeft &= addRight(out, b, j++);
            } else {
                if (kind == Kind.DIFFERENCE) {
                    asLeft = false;
                } else {
                    Object value = both(a.value(i), b.value(j));
                    asLeft &= value == a.value(i);
                    out.add(a.key(i), value);
                }
                i++;
                j++;
            }
        }
        while (i < a.count()) {
            asLeft &= addLeft(out, a, i++);
        }
        while (j < b.count()) {
            asLeft &= addRight(out, b, j++);
        }
        return asLeft && out.count() == n ? left : out.build();
    }

    /**
     * The union of trees whose keys are numbers, or null. Which entry is the least is a coin toss for the processor, so
     * that is found out without a branch.
     */
    private Object numbersMerged(Object left, Object right, int n, int m) {
        Bulk in = new Bulk(n + m); // both, end to end
        in.addAll(left);
        in.addAll(right);
        long[] numbers = in.numbers();
        if (numbers == null) {
            return null;
        }
        int[] sources = new int[n + m];
        int i = 0;
        int j = n;
        int count = 0;
        while (i < n && j < n + m) {
            long difference = numbers[i] - numbers[j];
            int takesLeft = (int) ((difference - 1) >>> 63);
            int takesRight = (int) (~difference >>> 63);
            sources[count++] = (j + ((i - j) & -takesLeft)) | (takesLeft & takesRight) << 31;
            i += takesLeft;
            j += takesRight;
        }
        while (i < n) {
            sources[count++] = i++;
        }
        while (j < n + m) {
            sources[count++] = j++;
        }
        return gathered(in, sources, count, left, n);
    }

    /**
     * The tree of the entries at places, left ones below n; the sign says that the next right one has an equal key. Each
     * goes right into its leaf: there is no array of all between.
     */
    private Object gathered(Bulk in, int[] sources, int count, Object left, int n) {
        Level out = new Level(0);
        boolean asLeft = count == n;
        int next = n;
        int k = 0;
        int leaves = Level.leaves(count);
        for (int i = 1; i <= leaves; i++) {
            int from = k;
            int size = Level.start(count, leaves, i) - from;
            Object[] leaf = new Object[2 * size];
            for (int j = 0; j < size; j++) {
                int source = sources[from + j] & Integer.MAX_VALUE;
                Object value = in.value(source);
                if (sources[from + j] < 0) {
                    Object together = both(value, in.value(next++));
                    asLeft &= together == value;
                    value = together;
                } else {
                    next += source >= n ? 1 : 0;
                }
                leaf[j] = in.key(source);
                leaf[size + j] = value;
            }
            k = from + size;
            out.add(leaf[0], leaf);
        }
        return asLeft ? left : out.root();
    }

    private boolean addLeft(Bulk out, Bulk a, int i) {
        if (kind == Kind.INTERSECTION) {
            return false;
        }
        out.add(a.key(i), a.value(i));
        return true;
    }

    private boolean addRight(Bulk out, Bulk b, int j) {
        if (kind != Kind.UNION) {
            return true;
        }
        out.add(b.key(j), b.value(j));
        return false;
    }

    /** A few on the right: edits of the left tree, or look-ups. */
    private Object fewRight(Object left, Object right) {
        Bulk few = Bulk.of(right);
        if (kind == Kind.INTERSECTION) {
            Bulk out = new Bulk(few.count());
            for (int i = 0; i < few.count(); i++) {
                Map.Entry<Object, Object> found = Seek.atMost(left, few.key(i), true, order);
                if (found != null && Order.compare(order, found.getKey(), few.key(i)) == 0) {
                    out.add(found.getKey(), both(found.getValue(), few.value(i)));
                }
            }
            return out.build();
        }
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < few.count(); i++) {
            edits.add(
                    kind == Kind.DIFFERENCE ? new Edit.Remove(few.key(i)) : new Blend(few.key(i), few.value(i), false));
        }
        return edit(left, edits);
    }

    /** A few on the left: edits of the right tree, or look-ups. */
    private Object fewLeft(Object left, Object right) {
        Bulk few = Bulk.of(left);
        if (kind == Kind.UNION) {
            List<Edit> edits = new ArrayList<>();
            for (int i = 0; i < few.count(); i++) {
                edits.add(new Blend(few.key(i), few.value(i), true));
            }
            return edit(right, edits);
        }
        Bulk out = new Bulk(few.count());
        boolean asLeft = true;
        for (int i = 0; i < few.count(); i++) {
            Object other = Tree.get(right, few.key(i), order);
            if (kind == Kind.DIFFERENCE) {
                asLeft &= other == null;
                if (other == null) {
                    out.add(few.key(i), few.value(i));
                }
            } else {
                Object value = other == null ? null : both(few.value(i), other);
                asLeft &= value == few.value(i);
                if (value != null) {
                    out.add(few.key(i), value);
                }
            }
        }
        return asLeft ? left : out.build();
    }

    private Object edit(Object root, List<Edit> edits) {
        Edit[] array = edits.toArray(new Edit[0]);
        return Batches.apply(root, array, new Object[array.length], order);
    }

    /** A value that meets another one. */
    private final class Blend extends Edit {
        private final Object value;
        private final boolean onLeft;

        Blend(Object key, Object value, boolean onLeft) {
            super(key);
            this.value = value;
            this.onLeft = onLeft;
        }

        @Override
        boolean bringsKey() {
            return onLeft;
        }

        @Override
        Object change(Object old) {
            if (old == null) {
                return value;
            }
            return onLeft ? both(value, old) : both(old, value);
        }
    }

    /** A piece of work; the state of a computation is never written to a stream. */
    @SuppressWarnings("serial")
    private static final class Task extends RecursiveTask<Object> {
        private final transient Supplier<Object> work;

        Task(Supplier<Object> work) {
            this.work = work;
        }

        @Override
        protected Object compute() {
            return work.get();
        }
    }
}
