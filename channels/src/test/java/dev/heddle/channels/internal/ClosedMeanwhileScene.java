// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Stall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * A receiver stops at one place of its operation; meanwhile an element is sent and the channel is closed; then it goes on.
 * The element is received once, unless its sender is told that it was not sent. Runs as a copy, see {@link Stall}.
 */
class ClosedMeanwhileScene implements IntFunction<String> {
    private static final int ELEMENT = 1;

    private final CellChannel<Integer> channel;
    private volatile CompletableFuture<Integer> receive;

    ClosedMeanwhileScene(int capacity, int segment) {
        this.channel = new CellChannel<>(capacity, segment, element -> {});
    }

    /** Null: the operation has no such step. Else what became of the element: "received", or "refused". */
    @Override
    public String apply(int at) {
        Stall stall = Stall.start(at, () -> receive = channel.receiveAsync());
        boolean stopped = stall.isStopped();
        CompletableFuture<Void> send;
        try {
            send = channel.sendAsync(ELEMENT);
            channel.close();
        } finally {
            stall.release(() -> {});
        }
        List<Integer> received = new ArrayList<>();
        receive.thenAccept(received::add); // it is complete: its sender came, or the channel was closed
        drainTo(received);
        String outcome = send.isCompletedExceptionally() ? "refused" : "received";
        if (!received.equals(send.isCompletedExceptionally() ? List.of() : List.of(ELEMENT))) {
            throw new AssertionError(outcome + ", and yet the receivers have " + received + ", step " + at);
        }
        return stopped ? outcome : null;
    }

    private void drainTo(List<Integer> received) {
        while (!channel.isClosedForReceive()) { // ends: there is one element at most
            try {
                Integer element = channel.tryReceive();
                if (element != null) {
                    received.add(element);
                }
            } catch (ChannelClosedException closed) {
                return;
            }
        }
    }
}
