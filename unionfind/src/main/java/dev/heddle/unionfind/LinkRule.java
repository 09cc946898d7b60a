// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Links;
import dev.heddle.unionfind.internal.Links.Kind;

/**
 * Which of two roots is linked under the other when their sets are united. It decides which member represents a set and how
 * long the paths are; partition, labels and sizes do not depend on it.
 */
public final class LinkRule {
    /** The larger set wins; of two of one size that whose root has the smaller id. Paths are at most log₂ n long. */
    public static final LinkRule SIZE = new LinkRule(new Links(Kind.SIZE, 0), "SIZE");

    /** The root with the smaller id wins, so a set is represented by its least member. */
    public static final LinkRule INDEX = new LinkRule(new Links(Kind.INDEX, 0), "INDEX");

    private final Links links;
    private final String name;

    private LinkRule(Links links, String name) {
        this.links = links;
        this.name = name;
    }

    /**
     * Roots in a random order that the seed fixes, the same in every release. Paths are O(log n) long with high probability,
     * whatever the edges, if they do not depend on the seed.
     *
     * @param seed chooses the order
     * @return the rule
     */
    public static LinkRule hashed(long seed) {
        return new LinkRule(new Links(Kind.HASHED, seed), "hashed(" + seed + ")");
    }

    Links links() {
        return links;
    }

    @Override
    public String toString() {
        return name;
    }
}
