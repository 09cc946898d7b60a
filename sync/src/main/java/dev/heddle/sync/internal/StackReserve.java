// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.util.concurrent.ThreadLocalRandom;

/** Touches the stack below the caller, so that a {@code StackOverflowError} comes now or not at all. */
final class StackReserve {
    /* Implementation notes
     * Idea        A recursion of few wide frames: calls cost time, width does not. A frame has room for all that may
     *             ever live in it, so the locals that make it wide need to be loaded only now and then, by chance: a
     *             branch that is never taken would be left out of compiled code, and with it the width.
     * Why so wide The reserve is compiled long before the seldom code that relies on it, whose interpreted frames are
     *             the widest of all.
     * Complexity  about 4 ns a frame; the frames of a reserve have no effect on a stack that is deep enough
     */
    private static final int FRAMES = 8; // of 600 bytes compiled, 1,200 interpreted; StackOverflowTest fails with half
    private static final int CHANCE = 128; // a power of two

    private static final long[] ZEROS = new long[64];

    private StackReserve() {}

    /** Fails now if there is less than {@code times} the stack that a slow path needs. */
    static void probe(int times) {
        descend(times * FRAMES, ThreadLocalRandom.current().nextInt() & (CHANCE - 1));
    }

    /** Too long to be inlined into itself, which would merge frames. */
    private static long descend(int frames, int wide) {
        if (frames == 0) {
            return 0;
        }
        if (frames != wide) {
            return descend(frames - 1, wide);
        }
        long[] f = ZEROS;
        long v0 = f[0], v1 = f[1], v2 = f[2], v3 = f[3], v4 = f[4], v5 = f[5], v6 = f[6], v7 = f[7];
        long v8 = f[8], v9 = f[9], v10 = f[10], v11 = f[11], v12 = f[12], v13 = f[13], v14 = f[14], v15 = f[15];
        long v16 = f[16], v17 = f[17], v18 = f[18], v19 = f[19], v20 = f[20], v21 = f[21], v22 = f[22], v23 = f[23];
        long v24 = f[24], v25 = f[25], v26 = f[26], v27 = f[27], v28 = f[28], v29 = f[29], v30 = f[30], v31 = f[31];
        long v32 = f[32], v33 = f[33], v34 = f[34], v35 = f[35], v36 = f[36], v37 = f[37], v38 = f[38], v39 = f[39];
        long v40 = f[40], v41 = f[41], v42 = f[42], v43 = f[43], v44 = f[44], v45 = f[45], v46 = f[46], v47 = f[47];
        long v48 = f[48], v49 = f[49], v50 = f[50], v51 = f[51], v52 = f[52], v53 = f[53], v54 = f[54], v55 = f[55];
        long v56 = f[56], v57 = f[57], v58 = f[58], v59 = f[59], v60 = f[60], v61 = f[61], v62 = f[62], v63 = f[63];
        long below = descend(frames - 1, wide); // all of them live across this call, so they have a place in the frame
        return below + v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11 + v12 + v13 + v14 + v15 + v16 + v17
                + v18 + v19 + v20 + v21 + v22 + v23 + v24 + v25 + v26 + v27 + v28 + v29 + v30 + v31 + v32 + v33 + v34
                + v35 + v36 + v37 + v38 + v39 + v40 + v41 + v42 + v43 + v44 + v45 + v46 + v47 + v48 + v49 + v50 + v51
                + v52 + v53 + v54 + v55 + v56 + v57 + v58 + v59 + v60 + v61 + v62 + v63;
    }
}
