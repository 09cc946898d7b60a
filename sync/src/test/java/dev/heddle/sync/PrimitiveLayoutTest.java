// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.GraphLayout;

/** Covers sync 19: the bytes that an idle instance keeps alive. */
class PrimitiveLayoutTest {
    static {
        System.setProperty("jol.magicFieldOffset", "true"); // JOL: fields of records and hidden classes too
    }

    static Stream<Arguments> primitives() {
        return Stream.of(
                Arguments.of("Semaphore", new Semaphore(1, true), new java.util.concurrent.Semaphore(1, true)),
                Arguments.of("Mutex", new Mutex(true), new ReentrantLock(true)),
                Arguments.of("ReadWriteMutex", new ReadWriteMutex(true), new ReentrantReadWriteLock(true)),
                Arguments.of("CountDownLatch", new CountDownLatch(1), new java.util.concurrent.CountDownLatch(1)),
                Arguments.of("CyclicBarrier", new CyclicBarrier(2), new java.util.concurrent.CyclicBarrier(2)),
                Arguments.of("fifo", BlockingPool.fifo(), new LinkedBlockingQueue<Integer>()),
                Arguments.of("lifo", BlockingPool.lifo(), new LinkedBlockingQueue<Integer>()));
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void idle_besideTheJdk_isNotMuchLarger(String name, Object ours, Object theirs) {
        long bytes = bytes(ours);
        long peer = bytes(theirs);
        assertTrue(bytes <= 1.5 * peer, () -> name + ": " + bytes + " bytes, the JDK's " + peer);
    }

    static Stream<Object> small() {
        return Stream.of(new Semaphore(1), new Semaphore(1, false), new Mutex(), new Mutex(false));
    }

    @ParameterizedTest
    @MethodSource
    void small(Object primitive) {
        assertTrue(bytes(primitive) <= 64, () -> primitive + ": " + bytes(primitive) + " bytes");
    }

    private static long bytes(Object instance) {
        return GraphLayout.parseInstance(instance).totalSize();
    }
}
