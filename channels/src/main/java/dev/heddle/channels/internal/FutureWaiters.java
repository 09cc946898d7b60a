// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The selects that wait for a future by one clause. */
final class FutureWaiters {
    /* Implementation notes
     * Why            A future keeps its dependents until it completes, also those that nobody needs any more. So a clause
     *                leaves one there, when it is first waited for, and selects come and go in a set of the clause's.
     * Handshake      A select enters the set, makes itself WAITING, then asks the future. The dependent runs when the future
     *                is complete, and chooses whom it finds WAITING. One of the two sees the other.
     */
    private final CompletableFuture<?> future;
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean attached;

    FutureWaiters(CompletableFuture<?> future) {
        this.future = future;
    }

    SelectWaiter add(Selection<?> selection, int clause) {
        Waiter waiter = new Waiter(waiting, selection, clause);
        selection.leaves(clause, waiter);
        waiting.add(waiter);
        if (!attached) { // two may attach at once: a select is chosen once, whoever tells it
            Set<Waiter> all = waiting; // the future must not keep the clause
            CompletableFuture<?> unused = future.whenComplete((value, failure) -> all.forEach(Waiter::choose));
            attached = true; // not before: it may fail
        }
        return waiter;
    }

    int size() {
        return waiting.size();
    }

    private record Waiter(Set<Waiter> waiting, Selection<?> selection, int clause) implements SelectWaiter {
        void choose() {
            selection.chooseAndWake(clause);
        }

        @Override
        public void retire() {
            waiting.remove(this);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
