// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers UF-21: compressed files of several members, whole and damaged. */
class GzipMembersTest {
    private static byte[] member(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Reads by a few bytes from a stream that gives a few bytes and never says how many there are. */
    private static byte[] read(byte[] file, int most) throws IOException {
        var plain = new ByteArrayOutputStream();
        var pipe = new ByteArrayInputStream(file) {
            @Override
            public int read(byte[] into, int start, int length) {
                return super.read(into, start, Math.min(length, most));
            }

            @Override
            public int available() {
                return 0;
            }
        };
        try (var in = new GzipMembers(pipe)) {
            byte[] some = new byte[most];
            for (int n = in.read(some, 0, most); n >= 0; n = in.read(some, 0, most)) {
                plain.write(some, 0, n);
            }
            assertEquals(-1, in.read());
        }
        return plain.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 26, 1 << 20})
    void read_severalMembers_givesAll(int most) throws IOException {
        byte[] first = random(1, 100_000);
        byte[] last = random(2, 33);
        byte[] file = joined(member(first), member(new byte[0]), member(last), member(new byte[0]));
        assertArrayEquals(joined(first, last), read(file, most));
    }

    @Test
    void read_headerWithAllFields_passesOverThem() throws IOException {
        byte[] plain = random(3, 50);
        byte[] member = member(plain);
        member[3] = 2 | 4 | 8 | 16; // a sum of the header, an extra field, a name and a comment
        byte[] extra = {2, 0, 7, 7};
        byte[] names = {'a', 0, 'b', 'c', 0};
        byte[] file = joined(
                Arrays.copyOf(member, 10), extra, names, new byte[2], Arrays.copyOfRange(member, 10, member.length));
        assertArrayEquals(plain, read(file, 7));
        file[3] |= 0x20;
        assertThrows(IOException.class, () -> read(file, 7));
    }

    /** Wherever a file is cut but between members, it is no file. */
    @Test
    void read_cutAnywhere_fails() throws IOException {
        byte[] one = member(random(4, 20));
        byte[] two = joined(one, one);
        for (int length = 1; length < two.length; length++) {
            byte[] cut = Arrays.copyOf(two, length);
            if (length == one.length) {
                assertEquals(20, read(cut, 64).length);
            } else {
                assertThrows(IOException.class, () -> read(cut, 64), "cut at " + length);
                assertThrows(IOException.class, () -> read(cut, 1), "cut at " + length);
            }
        }
    }

    @Test
    void read_moreThanMembers_fails() throws IOException {
        byte[] one = member(random(5, 20));
        for (int length = 1; length < 40; length++) {
            byte[] zeros = new byte[length];
            byte[] letters = new byte[length];
            Arrays.fill(letters, (byte) 'x');
            assertThrows(IOException.class, () -> read(joined(one, zeros), 64));
            assertThrows(IOException.class, () -> read(joined(one, letters), 64));
        }
    }

    /** A changed byte is found by the sums, but for those of the header that mean nothing here. */
    @Test
    void read_changedByte_fails() throws IOException {
        byte[] whole = member(random(6, 20));
        for (int i = 10; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            assertThrows(IOException.class, () -> read(changed, 64), "byte " + i);
        }
    }
}
