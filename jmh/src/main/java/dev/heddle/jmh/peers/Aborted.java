// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;

/** A channel of which all operations of one side gave up, and the next exchange. */
public interface Aborted {
    /** One operation of the side in question waits and gives up. */
    void abort();

    /** An element is exchanged: the other side comes first and meets what the aborted ones left. */
    void exchange();

    /** Returns an empty rendezvous channel. */
    static Aborted of(String impl, String side) {
        boolean senders = switch (side) {
            case "send" -> true;
            case "receive" -> false;
            default -> throw new IllegalArgumentException("side must be send or receive: " + side);
        };
        return switch (impl) {
            case "heddle" -> senders ? new Senders() : new Receivers();
            case "kotlinx" -> new OfKotlinx(senders);
            default -> throw Gates.unknown(impl);
        };
    }

    /** Ours; sends give up. */
    final class Senders implements Aborted {
        private final Channel<Object> channel = Channel.rendezvous();

        @Override
        public void abort() {
            if (!channel.sendAsync(this).cancel(false)) {
                throw new IllegalStateException("sent to nobody");
            }
        }

        @Override
        public void exchange() {
            var received = channel.receiveAsync();
            if (!channel.trySend(this) || received.join() != this) {
                throw new IllegalStateException("nothing was exchanged");
            }
        }
    }

    /** Ours; receives give up. */
    final class Receivers implements Aborted {
        private final Channel<Object> channel = Channel.rendezvous();

        @Override
        public void abort() {
            if (!channel.receiveAsync().cancel(false)) {
                throw new IllegalStateException("received from nobody");
            }
        }

        @Override
        public void exchange() {
            var sent = channel.sendAsync(this);
            if (channel.tryReceive() != this || !sent.isDone()) {
                throw new IllegalStateException("nothing was exchanged");
            }
        }
    }

    /** Coroutines that are cancelled where they wait. */
    final class OfKotlinx implements Aborted {
        private final KotlinxAborted channel;

        OfKotlinx(boolean senders) {
            channel = new KotlinxAborted(senders);
        }

        @Override
        public void abort() {
            channel.abort();
        }

        @Override
        public void exchange() {
            if (!channel.exchange()) {
                throw new IllegalStateException("nothing was exchanged");
            }
        }
    }
}
