// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import dev.heddle.sync.internal.Segment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** What an object of the library keeps alive. */
public final class Reach {
    /** The most segments that the queues of a primitive at rest may keep: the ends of two queues, and their neighbours. */
    public static final int FEW = 8;

    private Reach() {}

    /** Segments reachable from {@code root} through objects of the library. */
    public static int segments(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> left = new ArrayDeque<>();
        left.add(root);
        int segments = 0;
        while (!left.isEmpty()) {
            Object next = left.remove();
            if (!seen.add(next)) {
                continue;
            }
            segments += next instanceof Segment ? 1 : 0;
            if (next instanceof Object[] cells) {
                for (Object cell : cells) {
                    follow(cell, left);
                }
            }
            for (Class<?> c = next.getClass(); c != null; c = c.getSuperclass()) {
                if (isOurs(c)) {
                    fields(next, c, left);
                }
            }
        }
        return segments;
    }

    private static void fields(Object holder, Class<?> declaring, Deque<Object> left) {
        for (Field field : declaring.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                try {
                    follow(field.get(holder), left);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private static void follow(Object target, Deque<Object> left) {
        if (target instanceof Object[] || (target != null && isOurs(target.getClass()))) {
            left.add(target);
        }
    }

    private static boolean isOurs(Class<?> c) {
        return c.getName().startsWith("dev.heddle.") && !c.isHidden();
    }
}
