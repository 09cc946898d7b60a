// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What a compressed file holds, of however many members. A member that is cut and what is no member are damage, where the
 * stream of the JDK takes both for the end of the file, and also a pipe that is empty for a moment.
 */
final class GzipMembers extends InputStream {
    /* Implementation notes
     * Source         RFC 1952: a file is members and nothing else; each is a header, deflated data, its sum and its length
     */
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 0x8B1F; // low byte first, as all numbers here
    private static final int DEFLATE = 8;
    private static final int HAS_SUM = 1 << 1; // of the header
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;
    private static final int REST_OF_HEADER = 6; // time and machine

    private final InputStream in;
    private final byte[] bytes = new byte[BUFFER];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private int at;
    private int end;
    private boolean inMember;

    /** Of a stream that begins with a member. */
    GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        while (inMember || beginMember()) { // ends: each round takes bytes of the file, gives some or fails
            int count = inflate(into, start, length);
            sum.update(into, start, count);
            if (count > 0) {
                return count; // what follows it may be damage: first what comes before
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private int inflate(byte[] into, int start, int length) throws IOException {
        if (inflater.needsInput() && !inflater.finished()) {
            if (at == end && !fill()) {
                throw new EOFException();
            }
            inflater.setInput(bytes, at, end - at);
            at = end;
        }
        try {
            int count = inflater.inflate(into, start, length);
            if (inflater.needsDictionary()) {
                throw new ZipException("a dictionary is wanted");
            }
            return count;
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException(e.getMessage()).initCause(e);
        }
    }

    /** False if there is no other member. */
    private boolean beginMember() throws IOException {
        if (at == end && !fill()) {
            return false;
        }
        if (number(2) != MAGIC || next() != DEFLATE) {
            throw new ZipException("not a member");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags");
        }
        number(REST_OF_HEADER);
        if ((flags & HAS_EXTRA) != 0) {
            for (long left = number(2); left > 0; left--) {
                next();
            }
        }
        skipText((flags & HAS_NAME) != 0);
        skipText((flags & HAS_COMMENT) != 0);
        if ((flags & HAS_SUM) != 0) {
            number(2);
        }
        inMember = true;
        return true;
    }

    private void skipText(boolean present) throws IOException {
        for (int c = present ? next() : 0; c != 0; c = next()) {} // ends: each round takes a byte of the file
    }

    private void endMember() throws IOException {
        at = end - inflater.getRemaining();
        long length = inflater.getBytesWritten() & 0xFFFF_FFFFL;
        if (number(4) != sum.getValue() || number(4) != length) {
            throw new ZipException("the sum or the length is wrong");
        }
        inflater.reset();
        sum.reset();
        inMember = false;
    }

    /** The next bytes of the file as a number. */
    private long number(int count) throws IOException {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (long) next() << (Byte.SIZE * i);
        }
        return number;
    }

    private int next() throws IOException {
        if (at == end && !fill()) {
            throw new EOFException();
        }
        return bytes[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(bytes, 0, BUFFER));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
