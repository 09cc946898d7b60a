// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;

/** Objects as bytes, which somebody may have changed. */
final class SerialForm {
    private SerialForm() {}

    /** What is read of what was written. */
    @SuppressWarnings("unchecked") // a copy is of the same type
    static <T> T copied(T object) throws IOException, ClassNotFoundException {
        return (T) read(bytes(object));
    }

    /** What is read where another text, a byte a character, stands in the place of one that was written once. */
    static Object edited(Object object, String text, String other) throws IOException, ClassNotFoundException {
        String written = new String(bytes(object), StandardCharsets.ISO_8859_1);
        int at = written.indexOf(text);
        if (at < 0 || at != written.lastIndexOf(text)) {
            throw new AssertionError("not written exactly once: " + text);
        }
        return read(written.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
