// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A spliterator over neighbouring entries of one tree, chosen when it is first asked; splits in the middle, by rank.
 *
 * @param <T> what is made of an entry
 */
public final class Parts<T> implements Spliterator<T> {
    /**
     * A run of entries of a tree.
     *
     * @param root the tree
     * @param from how many stand before it
     * @param to how many stand before its end
     */
    public record Run(Object root, int from, int to) {}

    private final Function<Run, Iterator<T>> steps;
    private final Comparator<? super T> comparator;
    private final int characteristics;
    private final boolean descending;
    private Supplier<Run> source; // null once it was asked
    private Object root;
    private int from; // ascending, as entries of the tree
    private int to;
    private Iterator<T> walk; // at the next entry; null before the first

    /**
     * Makes one.
     *
     * @param source asked once, late
     * @param descending whether to go down the keys
     * @param steps goes through a run
     * @param characteristics to be reported
     * @param comparator to be reported if it is sorted
     */
    public Parts(
            Supplier<Run> source,
            boolean descending,
            Function<Run, Iterator<T>> steps,
            int characteristics,
            Comparator<? super T> comparator) {
        this.source = source;
        this.descending = descending;
        this.steps = steps;
        this.characteristics = characteristics;
        this.comparator = comparator;
    }

    private void bind() {
        if (source != null) {
            Run run = source.get();
            source = null;
            root = run.root();
            from = run.from();
            to = Math.max(run.from(), run.to());
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Objects.requireNonNull(action);
        bind();
        if (from == to) {
            return false;
        }
        T made = walk().next();
        if (descending) {
            to--;
        } else {
            from++;
        }
        action.accept(made);
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super T> action) {
        Objects.requireNonNull(action);
        bind();
        if (from < to) {
            Iterator<T> rest = walk();
            from = to;
            rest.forEachRemaining(action);
        }
    }

    private Iterator<T> walk() {
        if (walk == null) {
            walk = steps.apply(new Run(root, from, to));
        }
        return walk;
    }

    @Override
    public Spliterator<T> trySplit() {
        bind();
        if (to - from < 2) {
            return null;
        }
        walk = null; // found again by rank
        int middle = (from + to) >>> 1;
        Run first = descending ? new Run(root, middle, to) : new Run(root, from, middle);
        if (descending) {
            to = middle;
        } else {
            from = middle;
        }
        return new Parts<>(() -> first, descending, steps, characteristics, comparator);
    }

    @Override
    public long estimateSize() {
        bind();
        return (long) to - from;
    }

    @Override
    public int characteristics() {
        return characteristics;
    }

    @Override
    public Comparator<? super T> getComparator() {
        if (!hasCharacteristics(SORTED)) {
            throw new IllegalStateException("not sorted");
        }
        return comparator;
    }
}
