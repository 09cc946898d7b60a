// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for asynchronous rounds. */
final class Rounds {
    private Rounds() {}

    /** Waits for the end of a round, once a batch. */
    static <T> T await(CompletableFuture<T> round) throws InterruptedException {
        try {
            return round.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a member failed", e.getCause());
        }
    }
}
