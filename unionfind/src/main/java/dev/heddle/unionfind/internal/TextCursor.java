// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeCursor;

/** A pass over a text file: formats differ in how they find the next edge. */
abstract class TextCursor implements EdgeCursor {
    final TextInput in;
    long x; // the edge found last
    long y;
    private RuntimeException failure; // thrown when there is nothing to give before it
    private boolean ended;

    TextCursor(TextInput in) {
        this.in = in;
    }

    /** Finds the next edge; false at the end, which must be the right one. */
    abstract boolean find();

    @Override
    public final int next(long[] from, long[] to, int most) {
        int count = 0;
        try {
            while (count < most && !ended && failure == null) { // ends: each round finds an edge
                if (find()) {
                    from[count] = x;
                    to[count++] = y;
                } else {
                    ended = true;
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
        if (count == 0 && failure != null) {
            throw failure;
        }
        return count;
    }

    @Override
    public final long bytesRead() {
        return in.bytesRead();
    }

    @Override
    public final void close() {
        ended = true;
        failure = null;
        in.close();
    }
}
