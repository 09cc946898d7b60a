// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.lang.reflect.Field;

/** What only white-box tests may see: the epoch of a semaphore and its words. */
final class Epochs {
    private static final Field FAST = field(PermitEpoch.class, "fast");

    private Epochs() {}

    static PermitQueue of(Semaphore semaphore) {
        return semaphore.epoch();
    }

    static long fast(PermitQueue epoch) {
        return (long) get(FAST, epoch);
    }

    static void setFast(PermitQueue epoch, long word) {
        try {
            FAST.set(epoch, word);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Object get(Field field, Object target) {
        try {
            return field.get(target);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
