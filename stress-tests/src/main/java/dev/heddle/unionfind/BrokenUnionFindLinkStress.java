// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * The broken twin of {@link UnionFindLinkStress}: a link is a look and a write, not a compare-and-set.
 */
@JCStressTest
@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "Both united two sets, and one is left.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A union was lost: this twin must show it.")
@State
public class BrokenUnionFindLinkStress {
    private final int[] parents = {0, 1, 2};

    @Actor
    public void first(ZZI_Result r) {
        r.r1 = unite(0, 2);
    }

    @Actor
    public void second(ZZI_Result r) {
        r.r2 = unite(1, 2);
    }

    @Arbiter
    public void arbiter(ZZI_Result r) {
        r.r3 = sets();
    }

    private boolean unite(int x, int y) {
        int u = root(x);
        int v = root(y);
        if (u == v) {
            return false;
        }
        parents[Math.max(u, v)] = Math.min(u, v); // MUTANT: no compare-and-set
        return true;
    }

    private int root(int x) {
        int at = x;
        while (parents[at] != at) {
            at = parents[at];
        }
        return at;
    }

    private int sets() {
        int count = 0;
        for (int x = 0; x < parents.length; x++) {
            count += parents[x] == x ? 1 : 0;
        }
        return count;
    }
}
