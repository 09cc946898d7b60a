// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Overflow;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 7, 9: senders that take elements out of a full channel to make room. */
@Tag("lincheck")
class DroppingChannelInterleavingTest {
    /** A receiver makes room while a sender, which found the channel full, makes room too: only one of them may. */
    static final class MakeRoom extends Race {
        @Override
        public void run() {
            List<Integer> dropped = new ArrayList<>();
            var cells = new CellChannel<Integer>(2, 2, null);
            var channel = new DroppingChannel<Integer>(cells, Overflow.DROP_OLDEST, dropped::add);
            channel.trySend(1);
            channel.trySend(2);
            Thread sender = start(() -> channel.trySend(3));
            Integer received = channel.tryReceive();
            join(sender);
            boolean receiverFirst = received == 1;
            expect(
                    dropped.equals(receiverFirst ? List.of() : List.of(1)),
                    "received " + received + ", lost " + dropped);
            expect(channel.size() == (receiverFirst ? 2 : 1), channel);
        }
    }

    @Test
    void dropOldest_receiveMakesRoom_nothingIsDropped() {
        Checks.interleave(new MakeRoom());
    }

    @Test
    @Tag("mutant")
    void oldestIsTakenThoughThereIsRoom_isRejected() {
        var mutant =
                Mutant.of(DroppingChannel.class, "E oldest = cells.evictIfFull();", "E oldest = cells.tryReceive();");
        Checks.interleavingRejected(mutant.body(MakeRoom.class), Checks.EXCEPTION);
    }
}
