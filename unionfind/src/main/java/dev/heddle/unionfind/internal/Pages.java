// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** An array of longs that may be longer than an array can be. */
public final class Pages {
    /** Cells of a page, as a power of two. */
    public static final int SHIFT = 20;

    private static final int MOST = Integer.MAX_VALUE - 8; // pages

    private final long length;
    private final int shift;
    private final int mask;
    private final long[][] pages;

    /** This many zeros, in pages of 2 to the {@code shift}. */
    public Pages(long length, int shift) {
        if (length < 0) {
            throw new IllegalArgumentException("negative number of members: " + length);
        }
        this.length = length;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
        long count = (length + mask) >>> shift; // also if the sum is beyond the longs
        if (count > MOST) {
            throw new IllegalArgumentException("more members than there are pages for: " + length);
        }
        this.pages = new long[(int) count][];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = new long[(int) Math.min(1L << shift, length - ((long) i << shift))];
        }
    }

    public long length() {
        return length;
    }

    /** This many zeros, in pages as large as these. */
    public Pages ofLength(long otherLength) {
        return new Pages(otherLength, shift);
    }

    // VarHandle mechanics

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Opaque, which also keeps a long whole. */
    public long getOpaque(long i) {
        return (long) CELLS.getOpaque(pages[(int) (i >>> shift)], (int) i & mask);
    }

    /** Volatile. */
    public long get(long i) {
        return (long) CELLS.getVolatile(pages[(int) (i >>> shift)], (int) i & mask);
    }

    /** Opaque. */
    public void setOpaque(long i, long value) {
        CELLS.setOpaque(pages[(int) (i >>> shift)], (int) i & mask, value);
    }

    /** Release. */
    public void setRelease(long i, long value) {
        CELLS.setRelease(pages[(int) (i >>> shift)], (int) i & mask, value);
    }

    /** Volatile. */
    public boolean compareAndSet(long i, long expected, long value) {
        return CELLS.compareAndSet(pages[(int) (i >>> shift)], (int) i & mask, expected, value);
    }
}
