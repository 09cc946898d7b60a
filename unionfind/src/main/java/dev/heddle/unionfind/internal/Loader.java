// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.RandomAccessEdges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a source into arrays: of ints, as long as its ids are. */
public final class Loader {
    private static final int CHUNK = 1 << 16;

    private final List<int[]> ints = new ArrayList<>(); // from and to of each chunk, in turns
    private final List<long[]> longs = new ArrayList<>();
    private long greatest = -1;
    private long count;

    private Loader() {}

    /** All edges of the source. */
    public static RandomAccessEdges load(EdgeSource source) {
        Loader loader = new Loader();
        try (EdgeCursor cursor = source.open()) {
            long[] from = new long[CHUNK];
            long[] to = new long[CHUNK];
            for (int more = cursor.next(from, to, CHUNK); more > 0; more = cursor.next(from, to, CHUNK)) {
                loader.add(from, to, more);
            }
        }
        long declared = source.vertexCount();
        return loader.result(declared != EdgeSource.UNKNOWN ? declared : loader.greatest + 1);
    }

    private void add(long[] from, long[] to, int more) {
        boolean small = true;
        for (int i = 0; i < more; i++) {
            greatest = Math.max(greatest, Math.max(from[i], to[i]));
            if (greatest == Long.MAX_VALUE) {
                throw new Block.NoSuchVertexException(count + i, greatest, greatest);
            }
            small &= from[i] == (int) from[i] && to[i] == (int) to[i];
        }
        count += more;
        if (small) {
            ints.add(narrow(from, more));
            ints.add(narrow(to, more));
            longs.add(null);
            longs.add(null);
        } else {
            ints.add(null);
            ints.add(null);
            longs.add(Arrays.copyOf(from, more));
            longs.add(Arrays.copyOf(to, more));
        }
    }

    private static int[] narrow(long[] values, int more) {
        int[] narrow = new int[more];
        for (int i = 0; i < more; i++) {
            narrow[i] = (int) values[i];
        }
        return narrow;
    }

    private RandomAccessEdges result(long vertices) {
        if (count > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError(count + " edges are more than an array holds");
        }
        if (longs.stream().allMatch(chunk -> chunk == null)) {
            return new Pairs.OfInts(joinInts(0), joinInts(1), vertices);
        }
        return new Pairs.OfLongs(joinLongs(0), joinLongs(1), vertices);
    }

    private int[] joinInts(int side) {
        int[] all = new int[(int) count];
        int at = 0;
        for (int c = side; c < ints.size(); c += 2) {
            int[] chunk = ints.set(c, null);
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }

    private long[] joinLongs(int side) {
        long[] all = new long[(int) count];
        int at = 0;
        for (int c = side; c < ints.size(); c += 2) {
            int[] narrow = ints.get(c);
            long[] wide = longs.get(c);
            int more = narrow == null ? wide.length : narrow.length;
            for (int i = 0; i < more; i++) {
                all[at++] = narrow == null ? wide[i] : narrow[i];
            }
        }
        return all;
    }
}
