// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelWindowStress}: the window is moved by a look and a store, so the step of one of the two is
 * lost.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both steps count.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A dead cell, or a receive, is forgotten: this twin must show it.")
@State
public class BrokenChannelWindowStress {
    private record Window(int next, int gap) {}

    private volatile Window window = new Window(0, 0);

    @Actor
    public void sender() {
        Window w = window;
        window = new Window(w.next, w.gap + 1); // MUTANT: no compare-and-set
    }

    @Actor
    public void receiver() {
        Window w = window;
        window = new Window(w.next + 1, w.gap); // MUTANT
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = window.next;
        r.r2 = window.gap;
    }
}
