// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.MalformedEdgesException;
import dev.heddle.unionfind.RandomAccessEdges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe has no length
            throw new UncheckedIOException(new IOException(file + ": pairs are mapped, which takes a regular file"));
        }
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
    public EdgeCursor open() {
        return new EdgeCursor() {
            private long read;
            private boolean closed;

            @Override
            public int next(long[] from, long[] to, int most) {
                int edges = closed ? 0 : (int) Math.min(most, count - read);
                copyAny(read, edges, from, to);
                int good = 0;
                while (good < edges && isId(from[good]) && isId(to[good])) { // ends: with the edges
                    good++;
                }
                if (good < edges && good == 0) {
                    throw malformed(read, from[0], to[0]); // nothing to give before it
                }
                read += good;
                return good;
            }

            @Override
            public long bytesRead() {
                return read * (wide ? 2 * Long.BYTES : 2 * Integer.BYTES);
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public void copy(long first, int edges, long[] from, long[] to) {
        copyAny(first, edges, from, to);
        for (int i = 0; i < edges; i++) {
            if (!isId(from[i]) || !isId(to[i])) {
                throw malformed(first + i, from[i], to[i]);
            }
        }
    }

    /** Of the greatest long no number of vertices is greater. */
    private static boolean isId(long id) {
        return id >= 0 && id != Long.MAX_VALUE;
    }

    private MalformedEdgesException malformed(long edge, long from, long to) {
        String which = isId(from) ? "second id" : "id";
        boolean negative = (isId(from) ? to : from) < 0;
        return new MalformedEdgesException(
                file, edge, from + " " + to, negative ? "negative " + which : which + " is too large");
    }

    /** As {@link #copy}, but ids may be any numbers. */
    void copyAny(long first, int edges, long[] from, long[] to) {
        Objects.checkFromIndexSize(first, edges, count);
        int done = 0;
        while (done < edges) { // ends: each round copies from one window
            ByteBuffer part = part(first + done, edges - done);
            done += wide ? copyLongs(part, done, from, to) : copyInts(part, done, from, to);
        }
    }

    /** The same for a file of ints, without a detour through longs. {@code pairs} has room for one edge or more. */
    void copyAny(long first, int edges, int[] pairs, int[] from, int[] to) {
        Objects.checkFromIndexSize(first, edges, count);
        int done = 0;
        while (done < edges) { // ends: each round copies from one window
            IntBuffer ints =
                    part(first + done, Math.min(edges - done, pairs.length / 2)).asIntBuffer();
            int most = ints.remaining() / 2;
            ints.get(pairs, 0, 2 * most); // at once: a read of a buffer costs more than that of an array
            for (int i = 0; i < most; i++) {
                from[done + i] = pairs[2 * i];
                to[done + i] = pairs[2 * i + 1];
            }
            done += most;
        }
    }

    /** Edges from this one on, as many as the window has and at most these. */
    private ByteBuffer part(long first, int edges) {
        int start = (int) (first & ((1L << shift) - 1));
        int most = Math.min(edges, (1 << shift) - start);
        int bytes = wide ? 2 * Long.BYTES : 2 * Integer.BYTES;
        return windows[(int) (first >>> shift)]
                .slice(start * bytes, most * bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int copyInts(ByteBuffer part, int done, long[] from, long[] to) {
        int most = part.remaining() / (2 * Integer.BYTES);
        for (int i = 0; i < most; i++) {
            from[done + i] = part.getInt(2 * Integer.BYTES * i);
            to[done + i] = part.getInt(2 * Integer.BYTES * i + Integer.BYTES);
        }
        return most;
    }

    private static int copyLongs(ByteBuffer part, int done, long[] from, long[] to) {
        int most = part.remaining() / (2 * Long.BYTES);
        for (int i = 0; i < most; i++) {
            from[done + i] = part.getLong(2 * Long.BYTES * i);
            to[done + i] = part.getLong(2 * Long.BYTES * i + Long.BYTES);
        }
        return most;
    }

    /** Whether the file has ints. */
    boolean isNarrow() {
        return !wide;
    }

    /** What is wrong with an edge that leads to a vertex that there is not: the file, or else what the caller says. */
    Throwable failureOf(long edge, Throwable otherwise) {
        try {
            copy(edge, 1, new long[1], new long[1]);
            return otherwise;
        } catch (MalformedEdgesException e) {
            return e;
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
