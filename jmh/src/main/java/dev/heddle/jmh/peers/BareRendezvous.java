// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.util.concurrent.locks.LockSupport;

/**
 * The floor of a chain of threads that park: a field for the element, one for each thread that may be parked, and nothing else.
 * For one sender and one receiver only, which cannot be interrupted.
 */
final class BareRendezvous implements Pipe {
    private volatile Object element;
    private volatile Thread sender;
    private volatile Thread receiver;

    BareRendezvous(int capacity) {
        if (capacity != 0) {
            throw new IllegalArgumentException("a bare rendezvous has no capacity of " + capacity);
        }
    }

    @Override
    public void send(Object e) {
        sender = Thread.currentThread(); // before the element: who takes that reads this
        element = e;
        unpark(receiver);
        while (element != null) { // ends: the receiver takes it
            LockSupport.park(this);
        }
        sender = null;
    }

    @Override
    public Object receive() {
        Object e = element;
        if (e == null) {
            receiver = Thread.currentThread(); // before the second look
            while ((e = element) == null) { // ends: the sender comes
                LockSupport.park(this);
            }
            receiver = null;
        }
        Thread waiting = sender;
        element = null;
        unpark(waiting);
        return e;
    }

    private static void unpark(Thread thread) {
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
