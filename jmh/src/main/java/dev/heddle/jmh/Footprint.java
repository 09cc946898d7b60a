// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.channels.Channel;
import dev.heddle.jmh.peers.KotlinxTransfers;
import dev.heddle.jmh.peers.Pipes;
import dev.heddle.sync.BlockingPool;
import dev.heddle.sync.Mutex;
import dev.heddle.sync.ReadWriteMutex;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import kotlinx.coroutines.sync.MutexKt;
import kotlinx.coroutines.sync.SemaphoreKt;
import org.openjdk.jol.info.GraphLayout;

/** Prints the bytes that an idle instance of each primitive keeps alive, one {@code name bytes} a line. */
public final class Footprint {
    private Footprint() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        PrintStream out = System.out; // this program's product is its standard output
        idle().forEach((name, make) -> out.println(name + " " + bytes(make.get())));
    }

    private static long bytes(Object instance) {
        return GraphLayout.parseInstance(instance).totalSize();
    }

    private static Map<String, Supplier<Object>> idle() {
        Map<String, Supplier<Object>> idle = new LinkedHashMap<>();
        idle.put("semaphore/heddle", () -> new dev.heddle.sync.Semaphore(1, true));
        idle.put("semaphore/jdk-fair", () -> new Semaphore(1, true));
        idle.put("semaphore/kotlinx", () -> SemaphoreKt.Semaphore(1, 0));
        idle.put("mutex/heddle", () -> new Mutex(true));
        idle.put("mutex/jdk-fair", () -> new ReentrantLock(true));
        idle.put("mutex/kotlinx", () -> MutexKt.Mutex(false));
        idle.put("read-write/heddle", ReadWriteMutex::new);
        idle.put("read-write/jdk-fair", () -> new ReentrantReadWriteLock(true));
        idle.put("latch/heddle", () -> new dev.heddle.sync.CountDownLatch(1));
        idle.put("latch/jdk", () -> new CountDownLatch(1));
        idle.put("barrier/heddle", () -> new dev.heddle.sync.CyclicBarrier(2));
        idle.put("barrier/jdk", () -> new CyclicBarrier(2));
        idle.put("pool/heddle-fifo", BlockingPool::fifo);
        idle.put("pool/heddle-lifo", BlockingPool::lifo);
        idle.put("pool/linked", LinkedBlockingQueue::new);
        channels(idle);
        return idle;
    }

    private static void channels(Map<String, Supplier<Object>> idle) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        kinds.put("rendezvous", 0);
        kinds.put("buffered", 64);
        kinds.put("wide", 1024);
        kinds.put("unlimited", Channel.UNLIMITED);
        kinds.forEach((kind, capacity) -> {
            String name = "channel-" + kind;
            idle.put(
                    name + "/heddle", () -> Channel.builder().capacity(capacity).build());
            if (Threads.VIRTUAL.available()) { // as jox, which needs JDK 21
                idle.put(name + "/jox", () -> Pipes.idleJox(capacity));
            }
            idle.put(name + "/kotlinx", () -> KotlinxTransfers.idle(capacity));
        });
        idle.put("channel-conflated/heddle", Channel::conflated);
        idle.put("channel-conflated/kotlinx", () -> KotlinxTransfers.idle(KotlinxTransfers.CONFLATED));
        idle.put("channel-rendezvous/synchronous-fair", () -> new SynchronousQueue<>(true));
        idle.put("channel-buffered/array", () -> new ArrayBlockingQueue<>(64));
        idle.put("channel-wide/array", () -> new ArrayBlockingQueue<>(1024));
        idle.put("channel-unlimited/linked", LinkedBlockingQueue::new);
    }
}
