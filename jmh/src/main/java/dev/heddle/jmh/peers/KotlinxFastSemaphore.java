// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.sync.Semaphore;
import kotlinx.coroutines.sync.SemaphoreKt;

/** The semaphore of kotlinx.coroutines called from Java where permits last, so that it never suspends. */
final class KotlinxFastSemaphore implements Gate, Continuation<Unit> {
    private final Semaphore semaphore;

    KotlinxFastSemaphore(int permits) {
        semaphore = SemaphoreKt.Semaphore(permits, 0);
    }

    @Override
    public void enter() {
        if (semaphore.acquire(this) == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
            throw new IllegalStateException("this adapter cannot wait: more threads than permits");
        }
    }

    @Override
    public void leave() {
        semaphore.release();
    }

    @Override
    public CoroutineContext getContext() {
        return EmptyCoroutineContext.INSTANCE;
    }

    @Override
    public void resumeWith(Object result) {
        throw new IllegalStateException("resumed without having been suspended");
    }
}
