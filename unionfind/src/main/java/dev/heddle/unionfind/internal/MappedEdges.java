// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.MalformedEdgesException;
import dev.heddle.unionfind.RandomAccessEdges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Pairs of little-endian numbers in a file that is mapped into memory. */
final class MappedEdges implements RandomAccessEdges {
    static final int WINDOW_SHIFT = 26; // edges of a window: at most a gibibyte

    private final Path file;
    private final boolean wide;
    private final long count;
    private final int shift;
    private final ByteBuffer[] windows;

    MappedEdges(Path file, EdgeFormat format) {
        this(file, format, WINDOW_SHIFT);
    }

    /** For tests: small windows. */
    MappedEdges(Path file, EdgeFormat format, int shift) {
        this.file = file;
        this.wide = format == EdgeFormat.INT64_PAIRS;
        this.shift = shift;
        int bytes = wide ? 2 * Long.BYTES : 2 * Integer.BYTES;
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            count = size / bytes;
            if (size % bytes != 0) {
                throw new MalformedEdgesException(file, count, "", size % bytes + " bytes after the last edge");
            }
            windows = new ByteBuffer[Math.toIntExact((count + (1L << shift) - 1) >>> shift)];
            for (int i = 0; i < windows.length; i++) {
                long first = (long) i << shift;
                long edges = Math.min(1L << shift, count - first);
                windows[i] = channel.map(FileChannel.MapMode.READ_ONLY, first * bytes, edges * bytes)
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long edgeCount() {
        return count;
    }

    @Override
    public void copy(long first, int edges, long[] from, long[] to) {
        Objects.checkFromIndexSize(first, edges, count);
        int done = 0;
        while (done < edges) { // ends: each round copies from one window
            long at = first + done;
            ByteBuffer window = windows[(int) (at >>> shift)];
            int start = (int) (at & ((1L << shift) - 1));
            int most = Math.min(edges - done, (1 << shift) - start);
            if (wide) {
                copyLongs(window, start, done, most, from, to);
            } else {
                copyInts(window, start, done, most, from, to);
            }
            done += most;
        }
    }

    private static void copyInts(ByteBuffer window, int start, int done, int most, long[] from, long[] to) {
        for (int i = 0; i < most; i++) {
            int at = (start + i) * 2 * Integer.BYTES;
            from[done + i] = window.getInt(at);
            to[done + i] = window.getInt(at + Integer.BYTES);
        }
    }

    private static void copyLongs(ByteBuffer window, int start, int done, int most, long[] from, long[] to) {
        for (int i = 0; i < most; i++) {
            int at = (start + i) * 2 * Long.BYTES;
            from[done + i] = window.getLong(at);
            to[done + i] = window.getLong(at + Long.BYTES);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
