// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The broken twin of {@link UnionFindSameSetStress}: a negative answer is given without a second look at the roots.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The two were in one set all the time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Said to be apart: this twin must show it.")
@State
public class BrokenUnionFindSameSetStress {
    private final ConcurrentUnionFind sets = new ConcurrentUnionFind(3);

    /** 1 and 2 are one set. */
    public BrokenUnionFindSameSetStress() {
        sets.unite(1, 2);
    }

    @Actor
    public void unite(ZZ_Result r) {
        r.r1 = sets.unite(0, 1);
    }

    @Actor
    public void ask(ZZ_Result r) {
        r.r2 = sets.find(1) == sets.find(2); // MUTANT: no second look
    }
}
