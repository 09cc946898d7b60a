// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The greatest number of holds. Slow: it has to be reached by as many calls. */
public final class MutexLimitContract extends Contract {
    @Once
    void lock_heldAsOftenAsCanBeCounted_isAnErrorAndChangesNothing() {
        ReentrantLock lock = new ReentrantLock(fair);
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            lock.lock();
        }
        threw(Error.class, "Maximum lock count exceeded", lock::lock);
        threw(Error.class, "Maximum lock count exceeded", lock::lockInterruptibly);
        threw(Error.class, "Maximum lock count exceeded", lock::tryLock);
        threw(Error.class, "Maximum lock count exceeded", () -> lock.tryLock(1, TimeUnit.SECONDS));
        count(Integer.MAX_VALUE, lock.getHoldCount());
        lock.unlock();
        count(Integer.MAX_VALUE - 1, lock.getHoldCount());
        lock.lock();
        count(Integer.MAX_VALUE, lock.getHoldCount());
        yes(lock.isHeldByCurrentThread(), "isHeldByCurrentThread");
    }
}
