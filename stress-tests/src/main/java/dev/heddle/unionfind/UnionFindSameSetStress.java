// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Covers UF-5, litmus L6. The root of a set changes between the two walks of a query: its answer must not be false, since
 * 1 and 2 are in one set all the time.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The two were in one set all the time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Said to be apart.")
@State
public class UnionFindSameSetStress {
    private final ConcurrentUnionFind sets = new ConcurrentUnionFind(3);

    /** 1 and 2 are one set. */
    public UnionFindSameSetStress() {
        sets.unite(1, 2);
    }

    @Actor
    public void unite(ZZ_Result r) {
        r.r1 = sets.unite(0, 1);
    }

    @Actor
    public void ask(ZZ_Result r) {
        r.r2 = sets.sameSet(1, 2);
    }
}
