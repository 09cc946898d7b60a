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
 * Covers UF-2, UF-3, litmus L6. Two threads link one root under different ones: neither link is lost.
 */
@JCStressTest
@Outcome(id = "true, true, 1", expect = Expect.ACCEPTABLE, desc = "Both united two sets, and one is left.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A union was lost.")
@State
public class UnionFindLinkStress {
    private final ConcurrentUnionFind sets = new ConcurrentUnionFind(3);

    @Actor
    public void first(ZZI_Result r) {
        r.r1 = sets.unite(0, 2);
    }

    @Actor
    public void second(ZZI_Result r) {
        r.r2 = sets.unite(1, 2);
    }

    @Arbiter
    public void arbiter(ZZI_Result r) {
        r.r3 = sets.setCount();
    }
}
