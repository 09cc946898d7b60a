// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Pages;
import java.util.Objects;
import java.util.stream.LongStream;

/** Longs in an order, of which there may be more than an array can hold. They do not change. */
public final class PagedLongs {
    private static final int LONGEST = Integer.MAX_VALUE - 8; // array that every JVM makes

    private final Pages pages;
    private final long first;
    private final long length;

    /** All of the pages, which nobody changes from now on. */
    PagedLongs(Pages pages) {
        this(pages, 0, pages.length());
    }

    /** Some of them. */
    PagedLongs(Pages pages, long first, long length) {
        this.pages = pages;
        this.first = first;
        this.length = length;
    }

    /**
     * How many there are.
     *
     * @return that many
     */
    public long length() {
        return length;
    }

    /**
     * One of them.
     *
     * @param index its number, from 0 on
     * @return the long
     * @throws IndexOutOfBoundsException if there is none of that number
     */
    public long get(long index) {
        return at(Objects.checkIndex(index, length));
    }

    private long at(long index) {
        return pages.getOpaque(first + index);
    }

    /**
     * Copies some of them to the beginning of an array.
     *
     * @param start the first to copy
     * @param count how many
     * @param into takes them
     * @throws IndexOutOfBoundsException if there are no such longs, or the array is too short; then nothing is copied
     */
    public void copy(long start, int count, long[] into) {
        Objects.checkFromIndexSize(start, count, length);
        Objects.checkFromIndexSize(0, count, into.length);
        for (int i = 0; i < count; i++) {
            into[i] = at(start + i);
        }
    }

    /**
     * All of them in their order.
     *
     * @return a stream
     */
    public LongStream stream() {
        return LongStream.range(0, length).map(this::at);
    }

    /**
     * All of them in their order.
     *
     * @return a fresh array
     * @throws OutOfMemoryError if they are more than an array holds
     */
    public long[] toArray() {
        if (length > LONGEST) {
            throw new OutOfMemoryError(length + " longs are more than an array holds");
        }
        long[] all = new long[(int) length];
        copy(0, all.length, all);
        return all;
    }

    @Override
    public String toString() {
        return "PagedLongs[" + length + " longs]";
    }
}
