// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The greatest number of holds. Slow: it has to be reached by as many calls, 2^31 at most. */
public final class ReadWriteMutexLimitContract extends Contract {
    @Once
    void writeLock_heldAsOftenAsCanBeCounted_isAnErrorAndChangesNothing() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        int most = fill(lock.writeLock());
        count(most, lock.getWriteHoldCount());
        lock.writeLock().unlock();
        count(most - 1, lock.getWriteHoldCount());
        yes(lock.isWriteLockedByCurrentThread(), "isWriteLockedByCurrentThread");
    }

    @Once
    void readLock_heldAsOftenAsCanBeCounted_isAnErrorAndChangesNothing() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        int most = fill(lock.readLock());
        count(most, lock.getReadHoldCount());
        count(most, lock.getReadLockCount());
        lock.readLock().unlock();
        count(most - 1, lock.getReadHoldCount());
        no(lock.writeLock().tryLock(), "upgrade");
    }

    /** Locks until the first error, which must come before the count of an int is passed; returns the holds. */
    private static int fill(Lock lock) {
        int holds = 0;
        try {
            while (holds >= 0) {
                lock.lock();
                holds++;
            }
        } catch (Error e) {
            threw(Error.class, "Maximum lock count exceeded", lock::lock);
            threw(Error.class, "Maximum lock count exceeded", lock::tryLock);
            return holds;
        }
        throw new AssertionError("more holds than an int can count");
    }
}
