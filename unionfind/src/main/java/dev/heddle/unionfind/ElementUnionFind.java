// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Disjoint sets of objects, told apart by {@code equals}: the operations of {@code org.jgrapht.alg.util.UnionFind}, by the
 * same names, so that code moves over by a change of the import. For one thread at a time. Elements get dense numbers when
 * they are added; a set costs eight bytes an element beside the map from elements to numbers. Null is no element: it is refused
 * by a {@code NullPointerException}.
 *
 * @param <T> the type of the elements
 */
public final class ElementUnionFind<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> elements = new ArrayList<>();
    private int[] cells = new int[16]; // of a root: its size, negative; else an ancestor
    private int sets;

    /** No elements yet. */
    public ElementUnionFind() {}

    /**
     * The elements, each alone.
     *
     * @param elements the elements
     */
    public ElementUnionFind(Set<? extends T> elements) {
        elements.forEach(this::addElement);
    }

    /**
     * Adds an element in a set of its own.
     *
     * @param element the element
     * @throws IllegalArgumentException if it is there already
     */
    public void addElement(T element) {
        Objects.requireNonNull(element, "element");
        int number = elements.size();
        if (numbers.putIfAbsent(element, number) != null) {
            throw new IllegalArgumentException("there already: " + element);
        }
        elements.add(element);
        if (number == cells.length) {
            cells = Arrays.copyOf(cells, 2 * number);
        }
        cells[number] = -1;
        sets++;
    }

    /**
     * The element that represents the set of another. It stays the same until the set is united with another.
     *
     * @param element an element
     * @return the one that represents its set
     * @throws IllegalArgumentException if it was not added
     */
    public T find(T element) {
        return elements.get(root(element));
    }

    /**
     * Unites the sets of two elements.
     *
     * @param first an element
     * @param second an element
     * @throws IllegalArgumentException if one of them was not added
     */
    public void union(T first, T second) {
        int u = root(first);
        int v = root(second);
        if (u == v) {
            return;
        }
        int loser = cells[u] > cells[v] ? u : v; // the smaller set
        int winner = loser == u ? v : u;
        cells[winner] += cells[loser];
        cells[loser] = winner;
        sets--;
    }

    /**
     * Whether two elements are in one set.
     *
     * @param first an element
     * @param second an element
     * @return true if they are
     * @throws IllegalArgumentException if one of them was not added
     */
    public boolean inSameSet(T first, T second) {
        return root(first) == root(second);
    }

    /**
     * The number of elements of the set of an element.
     *
     * @param element an element
     * @return that many
     * @throws IllegalArgumentException if it was not added
     */
    public int size(T element) {
        return -cells[root(element)];
    }

    /**
     * The number of sets.
     *
     * @return how many there are
     */
    public int numberOfSets() {
        return sets;
    }

    /**
     * The number of elements.
     *
     * @return how many were added
     */
    public int size() {
        return elements.size();
    }

    /** Makes every element alone again. */
    public void reset() {
        Arrays.fill(cells, 0, elements.size(), -1);
        sets = elements.size();
    }

    private int root(T element) {
        Integer number = numbers.get(Objects.requireNonNull(element, "element"));
        if (number == null) {
            throw new IllegalArgumentException("not an element: " + element);
        }
        int at = number;
        while (cells[at] >= 0) { // ends: every step rises
            int parent = cells[at];
            if (cells[parent] >= 0) {
                cells[at] = cells[parent];
            }
            at = parent;
        }
        return at;
    }

    @Override
    public String toString() {
        return "ElementUnionFind[" + elements.size() + " elements, " + sets + " sets]";
    }
}
