// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 7, 8, 13 for the conflated channel: many senders, and receivers that give up. */
@Timeout(120)
class ConflatedChannelStormTest {
    static List<ThreadKind> kinds() {
        return ThreadKind.available();
    }

    /** Sent = received + dropped; and of each sender, nobody receives an older element after a younger one. */
    @ParameterizedTest
    @MethodSource("kinds")
    void storm_nothingIsLostOrDoubledOrReordered(ThreadKind kind) {
        int senders = 2;
        int receivers = 3;
        int each = 20_000;
        ConcurrentLinkedQueue<Integer> lost = new ConcurrentLinkedQueue<>();
        var storm = new ConflatedChannel<Integer>(lost::add, 2);
        List<Outcome<Object>> sending = new ArrayList<>();
        List<Outcome<List<Integer>>> receiving = new ArrayList<>();
        for (int r = 0; r < receivers; r++) {
            receiving.add(Outcome.start(kind, () -> receiveAll(storm)));
        }
        for (int s = 0; s < senders; s++) {
            int sender = s;
            sending.add(Outcome.start(kind, () -> {
                for (int i = 0; i < each; i++) {
                    storm.send(i * senders + sender);
                }
                return null;
            }));
        }
        sending.forEach(Outcome::value);
        storm.close();
        boolean[] seen = new boolean[senders * each];
        lost.forEach(e -> note(seen, e));
        for (var outcome : receiving) {
            int[] last = {-1, -1};
            for (int e : outcome.value()) {
                note(seen, e);
                assertTrue(last[e % senders] < e, "an older element came later");
                last[e % senders] = e;
            }
        }
        for (int e = 0; e < seen.length; e++) {
            assertTrue(seen[e], "lost");
        }
    }

    private static void note(boolean[] seen, int element) {
        assertFalse(seen[element], "doubled");
        seen[element] = true;
    }

    /** Receives until the end, in all the ways there are. */
    private static List<Integer> receiveAll(ConflatedChannel<Integer> from) throws Exception {
        List<Integer> got = new ArrayList<>();
        try {
            for (int i = 0; ; i++) { // ends: when the channel is closed
                Integer element = null;
                switch (i % 4) {
                    case 0 -> element = from.receive();
                    case 1 -> element = from.receive(20, TimeUnit.MICROSECONDS);
                    case 2 -> element = from.tryReceive();
                    default -> element = asyncOrGivenUp(from);
                }
                if (element != null) {
                    got.add(element);
                }
            }
        } catch (ChannelClosedException end) {
            return got;
        }
    }

    private static Integer asyncOrGivenUp(ConflatedChannel<Integer> from) {
        CompletableFuture<Integer> future = from.receiveAsync();
        try {
            return future.cancel(false) ? null : future.join();
        } catch (CompletionException closed) {
            throw (ChannelClosedException) closed.getCause();
        }
    }
}
