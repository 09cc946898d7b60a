// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.MalformedEdgesException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;

/** Bytes of a text file, compressed or not, and the numbers in them. */
final class TextInput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_TEXT = 120; // of a line in an error
    private static final int LONGEST_VALUE = 64;
    private static final int MAGIC = 0x1F8B; // of gzip
    private static final int END = -1;

    private final Path file;
    private final Counted raw;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] value = new byte[LONGEST_VALUE]; // a number that is only passed over
    private int valueEnd;
    private int at;
    private int end;
    private long line = 1;

    TextInput(Path file) {
        this.file = file;
        try {
            raw = new Counted(opened(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            in = unzipped(raw);
        } catch (IOException e) {
            closeAfter(e);
            throw e instanceof EOFException ? damaged(e) : new UncheckedIOException(e);
        }
    }

    /** A stream of {@link Files} would ask a pipe for its position, and fail. */
    private static InputStream opened(Path file) throws IOException {
        boolean ofTheSystem = file.getFileSystem().equals(FileSystems.getDefault());
        return ofTheSystem ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
    }

    private InputStream unzipped(InputStream plain) throws IOException {
        InputStream buffered = new BufferedInputStream(plain, BUFFER);
        buffered.mark(2);
        int magic = (buffered.read() << 8) | buffered.read();
        buffered.reset();
        if (magic < 0
                && String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz")) {
            throw new EOFException(); // no two bytes
        }
        return magic == MAGIC ? new GzipMembers(buffered) : buffered;
    }

    private void closeAfter(IOException failure) {
        try {
            raw.close();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    private MalformedEdgesException damaged(IOException e) {
        var malformed = new MalformedEdgesException(file, line, "", "the compressed file is damaged or ends too early");
        malformed.initCause(e);
        return malformed;
    }

    /** Bytes read from the file so far. */
    long bytesRead() {
        return raw.count;
    }

    /** The next byte, which stays; or -1. */
    int peek() {
        return at < end || fill() ? buffer[at] & 0xFF : END; // 0xFF is no end
    }

    private boolean fill() {
        try {
            at = 0;
            end = Math.max(0, in.read(buffer, 0, BUFFER));
            return end > 0;
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEnd() {
        return peek() == END;
    }

    /** Passes over blanks within the line. */
    void skipBlanks() {
        for (int c = peek(); c == ' ' || c == '\t' || c == '\r'; c = peek()) { // ends: each round takes a byte
            at++;
        }
    }

    /** Whether nothing but blanks is left of the line, which are passed over. */
    boolean isLineEnd() {
        skipBlanks();
        int c = peek();
        return c == '\n' || c == END;
    }

    /** Goes to the next line; nothing but blanks may be left of this one. */
    void endLine() {
        if (!isLineEnd()) {
            throw error("more than there should be");
        }
        if (peek() == '\n') {
            at++;
            line++;
        }
    }

    /** Goes to the next line. */
    void skipLine() {
        for (int c = peek(); c != END; c = peek()) { // ends: each round takes a byte
            at++;
            if (c == '\n') {
                line++;
                return;
            }
        }
    }

    /** Takes the next byte. */
    void skip() {
        at++;
    }

    /** Passes over lines that are blank. */
    void skipBlankLines() {
        while (!isEnd() && isLineEnd()) { // ends: each round takes a line
            endLine();
        }
    }

    /** Passes over lines that are blank or begin with this byte. */
    void skipComments(int mark) {
        while (!isEnd()) { // ends: each round takes a line
            if (peek() == mark) {
                skipLine();
            } else if (isLineEnd()) {
                endLine();
            } else {
                return;
            }
        }
    }

    /** A number from 0 on. */
    long number(String what) {
        skipBlanks();
        int c = peek();
        if (c == '-') {
            throw error("negative " + what);
        }
        if (c < '0' || c > '9') {
            throw error(c == END || c == '\n' ? what + " is missing" : what + " is not a number");
        }
        long value = 0;
        for (; c >= '0' && c <= '9'; c = peek()) { // ends: each round takes a byte
            if (value > (Long.MAX_VALUE - 9) / 10) {
                throw error(what + " is too large");
            }
            value = 10 * value + (c - '0');
            at++;
        }
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != END) {
            throw error(what + " is not a number");
        }
        return value;
    }

    /** The number of a vertex that is written from 1 on, as one from 0 on. */
    long vertex(long count) {
        long id = number("id");
        if (id < 1 || id > count) {
            throw error("id " + id + " is not from 1 to " + count);
        }
        return id - 1;
    }

    /** Passes over a weight. */
    void value(String what) {
        if (!takeValue(what) && !isDecimal()) {
            throw error(what + " is not a number");
        }
    }

    /** Passes over a weight without a fraction. */
    void integer(String what) {
        if (!takeValue(what)) {
            throw error(what + " is not an integer");
        }
    }

    /** Takes a word, and tells whether it is digits, after a sign or not. */
    private boolean takeValue(String what) {
        skipBlanks();
        int length = 0;
        int digits = 0;
        for (int c = peek(); c > ' '; c = peek()) { // ends: each round takes a byte
            if (length == LONGEST_VALUE) {
                throw error("a word is too long");
            }
            digits += c >= '0' && c <= '9' ? 1 : 0;
            value[length++] = (byte) c;
            at++;
        }
        if (length == 0) {
            throw error(what + " is missing");
        }
        valueEnd = length;
        return digits > 0 && digits == length - pastSign(0);
    }

    /** Whether the word is digits with a point or without, after a sign or not, before an exponent or none. */
    private boolean isDecimal() {
        int first = pastSign(0);
        int point = pastDigits(first);
        boolean fraction = point < valueEnd && value[point] == '.';
        int mark = fraction ? pastDigits(point + 1) : point;
        if (mark - first - (fraction ? 1 : 0) == 0) {
            return false; // no digit
        }
        if (mark == valueEnd) {
            return true;
        }
        int exponent = pastSign(mark + 1);
        int last = pastDigits(exponent);
        return (value[mark] | 0x20) == 'e' && last > exponent && last == valueEnd;
    }

    private int pastSign(int i) {
        return i < valueEnd && (value[i] == '-' || value[i] == '+') ? i + 1 : i;
    }

    private int pastDigits(int start) {
        int i = start;
        while (i < valueEnd && value[i] >= '0' && value[i] <= '9') { // ends: with the word
            i++;
        }
        return i;
    }

    /** Takes a letter that is a word; -1 if there is none. */
    int letter() {
        skipBlanks();
        int first = peek();
        if (first <= ' ') {
            return END;
        }
        at++;
        int next = peek();
        return next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == END ? first : END;
    }

    /** What stands before the next blank, as far as it is not too long for a number. */
    String word() {
        skipBlanks();
        StringBuilder text = new StringBuilder();
        for (int c = peek(); c > ' '; c = peek()) { // ends: each round takes a byte
            if (text.length() == LONGEST_VALUE) {
                throw error("a word is too long");
            }
            text.append((char) c);
            at++;
        }
        return text.toString();
    }

    /** What is wrong with the line at hand. */
    MalformedEdgesException error(String problem) {
        return new MalformedEdgesException(file, line, text(), problem);
    }

    /** The line at hand, read once more; as much of it as fits into a message. Of a pipe, what is still in the buffer. */
    private String text() {
        if (!Files.isRegularFile(file)) {
            return buffered();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (TextInput again = new TextInput(file)) {
            while (again.line < line && !again.isEnd()) { // ends: each round takes a line
                again.skipLine();
            }
            for (int c = again.peek(); c != END && c != '\n'; c = again.peek()) { // ends: each round takes a byte
                if (text.size() == LONGEST_TEXT) {
                    return shortened(text.toByteArray());
                }
                text.write(c);
                again.skip();
            }
        } catch (MalformedEdgesException | UncheckedIOException e) {
            return text.toString(StandardCharsets.UTF_8); // as far as it can be read
        }
        return text.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Cut between two characters: not within one of several bytes. */
    private static String shortened(byte[] text) {
        int end = text.length;
        int start = end - 1;
        while (start > 0 && (text[start] & 0xC0) == 0x80) { // ends: where the last character begins
            start--;
        }
        boolean whole = text[start] >= 0 || start + Integer.numberOfLeadingZeros(~(text[start] << 24)) == end;
        return new String(text, 0, whole ? end : start, StandardCharsets.UTF_8) + "...";
    }

    private String buffered() {
        int first = at;
        while (first > 0 && buffer[first - 1] != '\n') { // ends: at the beginning of the buffer
            first--;
        }
        int last = first;
        while (last < end && buffer[last] != '\n' && last - first < LONGEST_TEXT) { // ends: with the buffer
            last++;
        }
        if (last - first == LONGEST_TEXT) {
            return shortened(Arrays.copyOfRange(buffer, first, last));
        }
        return new String(buffer, first, last - first, StandardCharsets.UTF_8).stripTrailing();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count += c < 0 ? 0 : 1;
            return c;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            int read = super.read(bytes, start, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
