// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers channels 7, 8, 11, 13, 24 for transfers without limit: interrupts, timeouts, removals, and an end of either kind. */
@Timeout(120)
class TransferStormTest {
    private static final int THREADS = 3; // on each side
    private static final int SENDS = 1_500; // of each

    private final Set<Long> sent = ConcurrentHashMap.newKeySet();
    private final Set<Long> takenBack = ConcurrentHashMap.newKeySet();
    private final Set<Long> received = ConcurrentHashMap.newKeySet();
    private final Set<Long> hooked = ConcurrentHashMap.newKeySet();
    private final Workers workers = new Workers();
    private volatile boolean over;

    @ParameterizedTest
    @CsvSource({"1, close", "1, cancel", "2, close", "2, cancel", "32, close", "32, cancel"})
    void everyElement_goesOneWay(int segment, String end) {
        CellChannel<Long> channel =
                Shapes.channel(Channel.UNLIMITED, segment, e -> assertTrue(hooked.add(e), "reported twice"));
        TransferQueue<Long> queue = channel.asTransferQueue();
        List<Thread> senders = new ArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int id = t;
            senders.add(workers.start(() -> sendAll(queue, id)));
            all.add(workers.start(() -> receiveAll(queue, id)));
        }
        Thread remover = workers.start(() -> removeSome(queue));
        all.addAll(senders);
        Thread interrupter = workers.start(() -> interruptSome(all));
        if (end.equals("cancel")) {
            Await.until(() -> received.size() > SENDS / 2);
            channel.cancel();
        } else {
            Await.ended(senders);
            channel.close();
        }
        Await.ended(all);
        over = true;
        Await.ended(remover, interrupter);
        workers.check(channel + " " + channel.window);
        Set<Long> gone = new HashSet<>(received);
        hooked.forEach(e -> assertTrue(gone.add(e), "received, and reported"));
        takenBack.forEach(e -> assertTrue(gone.add(e), "received or reported, and taken back"));
        assertEquals(sent, gone);
        assertTrue(channel.isClosedForReceive());
        assertEquals(0, queue.size());
    }

    private void sendAll(TransferQueue<Long> queue, int id) {
        Random random = new Random(id);
        for (long i = 0; i < SENDS; i++) {
            long e = (long) id << 32 | i;
            sent.add(e);
            try {
                boolean gone = true;
                switch (random.nextInt(5)) {
                    case 0 -> queue.put(e);
                    case 1 -> gone = queue.tryTransfer(e);
                    case 2 -> queue.transfer(e);
                    case 3 -> gone = queue.tryTransfer(e, random.nextInt(100), TimeUnit.MICROSECONDS);
                    default -> gone = queue.tryTransfer(e, 1, TimeUnit.DAYS);
                }
                if (!gone) {
                    assertTrue(takenBack.add(e));
                }
            } catch (InterruptedException reported) {
                assertTrue(hooked.contains(e), "interrupted, but not reported");
            } catch (ChannelClosedException reported) {
                assertTrue(hooked.contains(e), "refused, but not reported");
                return;
            }
        }
    }

    private void receiveAll(TransferQueue<Long> queue, int id) {
        Random random = new Random(id);
        Map<Long, Long> last = new HashMap<>();
        for (; ; ) { // ends: with the channel
            List<Long> got = new ArrayList<>();
            try {
                switch (random.nextInt(4)) {
                    case 0 -> got.add(queue.poll());
                    case 1 -> got.add(queue.poll(random.nextInt(100), TimeUnit.MICROSECONDS));
                    case 2 -> queue.drainTo(got, 2);
                    default -> got.add(queue.take());
                }
            } catch (InterruptedException again) {
                continue;
            } catch (ChannelClosedException end) {
                return;
            }
            got.removeIf(e -> e == null);
            for (long e : got) {
                assertTrue(received.add(e), "received twice");
                Long before = last.put(e >>> 32, e);
                assertTrue(before == null || before < e, "order of a sender");
            }
        }
    }

    private void removeSome(TransferQueue<Long> queue) {
        Random random = new Random(7);
        while (!over) {
            for (var it = queue.iterator(); it.hasNext(); ) {
                Long e = it.next();
                if (random.nextInt(3) == 0 && queue.remove(e)) {
                    assertTrue(received.add(e), "removed, and received");
                }
            }
            LockSupport.parkNanos(20_000);
        }
    }

    private void interruptSome(List<Thread> threads) {
        Random random = new Random(8);
        while (!over) {
            threads.get(random.nextInt(threads.size())).interrupt();
            LockSupport.parkNanos(20_000);
        }
    }
}
