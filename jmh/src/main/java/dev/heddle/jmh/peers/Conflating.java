// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;

/** A channel that keeps the latest element only. */
public interface Conflating {
    /** Replaces what nobody has received. */
    void send(Object element) throws InterruptedException;

    /** Returns an empty one. */
    static Conflating of(String impl) {
        return switch (impl) {
            case "heddle" -> new Heddle();
            case "kotlinx" -> new OfKotlinx();
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours. */
    final class Heddle implements Conflating {
        private final Channel<Object> channel = Channel.conflated();

        @Override
        public void send(Object element) throws InterruptedException {
            channel.send(element);
        }
    }

    /** That of kotlinx.coroutines, by the operation that needs no coroutine. */
    final class OfKotlinx implements Conflating {
        private final KotlinxConflated channel = new KotlinxConflated();

        @Override
        public void send(Object element) {
            channel.send(element);
        }
    }
}
