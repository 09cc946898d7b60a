// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.cas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** The agent counts each failure once, and nothing else. */
class CasAgentTest {
    /** Fails twice, succeeds once. */
    static final class Subject implements IntSupplier {
        private final AtomicInteger value = new AtomicInteger();

        @Override
        public int getAsInt() {
            boolean first = value.compareAndSet(1, 2);
            boolean second = value.weakCompareAndSetPlain(3, 4);
            boolean third = value.compareAndSet(0, 7);
            value.getAndAdd(1);
            return first || second || !third ? -1 : value.get();
        }
    }

    private static final class Loader extends ClassLoader {
        Class<?> define(byte[] classFile) {
            return defineClass(Subject.class.getName(), classFile, 0, classFile.length);
        }

        Loader() {
            super(CasAgentTest.class.getClassLoader());
        }
    }

    private static byte[] classFile() throws IOException {
        String name = Subject.class.getName().replace('.', '/') + ".class";
        try (InputStream in = CasAgentTest.class.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void instrument_twoFailuresOneSuccess_countsTwo() throws ReflectiveOperationException, IOException {
        Class<?> subject = new Loader().define(CasAgent.instrument(classFile()));
        var constructor = subject.getDeclaredConstructor();
        constructor.setAccessible(true);
        long before = CasCounter.failed();
        assertEquals(8, ((IntSupplier) constructor.newInstance()).getAsInt());
        assertEquals(2, CasCounter.failed() - before);
    }

    @Test
    void instrument_not_countsNothing() {
        long before = CasCounter.failed();
        assertEquals(8, new Subject().getAsInt());
        assertEquals(0, CasCounter.failed() - before);
    }
}
