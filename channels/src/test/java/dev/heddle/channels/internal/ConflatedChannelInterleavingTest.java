// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 7, 11, 13: parked receivers of a conflated channel against interrupts, deadlines, sends and the end. */
@Tag("lincheck")
class ConflatedChannelInterleavingTest {
    /** An element and an interrupt race for one receiver. The interrupt comes before it can end, so its flag is kept. */
    static final class Interrupt extends Race {
        @Override
        public void run() {
            var channel = new ConflatedChannel<Integer>(null, 1);
            Integer[] got = new Integer[1];
            boolean[] flag = new boolean[1];
            Thread receiver = start(() -> {
                try {
                    got[0] = channel.receive(new Alarm(), true); // it never rings
                    flag[0] = Thread.interrupted();
                } catch (InterruptedException e) {
                    flag[0] = true;
                }
            });
            receiver.interrupt();
            channel.trySend(7);
            join(receiver);
            expect((got[0] == null) != channel.isEmpty(), "got " + got[0] + ", " + channel);
            expect(flag[0], "the interrupt is gone");
            expect(channel.waitingReceivers() == 0, channel);
        }
    }

    /** An element and the end of the time race for the first of two receivers; the second must get what is left. */
    static final class TimeOut extends Race {
        @Override
        public void run() {
            var channel = new ConflatedChannel<Integer>(null, 1);
            Integer[] got = new Integer[2];
            Alarm alarm = new Alarm();
            Thread first = start(() -> got[0] = channel.receive(alarm, true));
            Thread second = start(() -> got[1] = channel.receive(new Alarm(), true));
            alarm.ring(first);
            channel.trySend(1);
            join(first);
            if (got[0] != null) {
                channel.trySend(2);
            }
            join(second);
            expect(got[1] != null && !got[1].equals(got[0]), got[0] + " " + got[1]);
            expect(channel.isEmpty(), channel);
        }
    }

    /** A receiver arrives while an element is sent, and while the channel is closed by another thread. */
    static final class Close extends Race {
        @Override
        public void run() {
            var channel = new ConflatedChannel<Integer>(null, 2);
            Integer[] got = new Integer[1];
            boolean[] sent = new boolean[1];
            Thread receiver = start(() -> {
                try {
                    got[0] = channel.receive(new Alarm(), true);
                } catch (ChannelClosedException end) {
                    expect(channel.isClosedForReceive(), channel);
                }
            });
            Thread closer = start(channel::close);
            try {
                sent[0] = channel.trySend(7);
            } catch (ChannelClosedException end) {
                expect(channel.isClosedForSend(), channel);
            }
            join(receiver, closer);
            expect(sent[0] == (got[0] != null), "sent " + sent[0] + ", got " + got[0]);
        }
    }

    /** An element and a cancel race for the first of two futures. */
    static final class Cancel extends Race {
        @Override
        public void run() {
            var channel = new ConflatedChannel<Integer>(null, 1);
            CompletableFuture<Integer> first = channel.receiveAsync();
            CompletableFuture<Integer> second = channel.receiveAsync();
            boolean[] left = new boolean[1];
            Thread canceller = start(() -> left[0] = first.cancel(false));
            channel.trySend(1);
            join(canceller);
            expect(
                    second.isDone() == left[0] && first.isCancelled() == left[0] && first.isDone(),
                    first + " " + second);
            expect((left[0] ? second : first).join() == 1, first + " " + second);
        }
    }

    @Test
    void receiveAsync_cancelRacesWithSend_losesNothing() {
        Checks.interleave(new Cancel());
    }

    @Test
    void receive_interruptRacesWithSend_losesNothing() {
        Checks.interleave(new Interrupt());
    }

    @Test
    void receive_timeOutRacesWithSend_losesNothing() {
        Checks.interleave(new TimeOut());
    }

    @Test
    void receive_closeRacesWithSend_everybodyIsTold() {
        Checks.interleave(new Close());
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void abortIgnoresTheElement_isRejected() {
        rejected(
                SlotWaiter.class,
                "if (failure != null && verdict == ABORTED) {",
                "if (interrupted) { return ABORTED; }" + " if (failure != null && verdict == ABORTED) {",
                Interrupt.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void cancelIgnoresTheElement_isRejected() {
        rejected(
                SlotWaiter.class,
                "if (w == null || !w.abort()) {",
                "if (w == null || !w.abort() && w == null) {",
                Cancel.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void interruptIsSwallowed_isRejected() {
        rejected(
                SlotWaiter.class,
                "Thread.currentThread().interrupt(); // channels 13",
                "interrupted = false; // channels 13",
                Interrupt.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void senderServesAReceiverThatLeft_isRejected() {
        rejected(
                ReceiverLine.class,
                "boolean won = first.claim(element);",
                "boolean won = first.claim(element) || true;",
                TimeOut.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void receiverIsNotTold_isRejected() {
        rejected(
                ConflatedChannel.class,
                "AbortableFuture<?> chain = line.close(ended.end, ended.exception());",
                "AbortableFuture<?> chain = null;",
                Close.class,
                Checks.HUNG);
    }

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> race, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(race), kind);
    }
}
