// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The kinds of thread a benchmark may run on. Virtual threads are found by method handle, so that one jar, compiled
 * for 17, runs on every JDK; below 21 asking for one is an error that says so.
 */
public enum Threads {
    PLATFORM,
    VIRTUAL;

    /** Stack of a platform thread, in bytes: benchmarks park up to thousands of them and never recurse. */
    private static final long STACK = 256 * 1024;

    /** Returns whether this JDK can start threads of this kind. */
    public boolean available() {
        return this == PLATFORM || Virtual.BUILDER != null;
    }

    /** Returns the kind named in lower case; thrown errors name the value. */
    public static Threads of(String name) {
        for (Threads kind : values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind must be platform or virtual: " + name);
    }

    /** Returns the cheapest kind this JDK has, for waiters that only stand in a queue. */
    public static Threads cheapest() {
        return VIRTUAL.available() ? VIRTUAL : PLATFORM;
    }

    /** Returns a new thread of this kind, not started, that never keeps the JVM alive. */
    public Thread unstarted(String name, Runnable body) {
        if (this == PLATFORM) {
            Thread thread = new Thread(null, body, name, STACK);
            thread.setDaemon(true);
            return thread;
        }
        if (!available()) {
            throw new UnsupportedOperationException("virtual threads need JDK 21, this is " + Runtime.version());
        }
        try {
            Object builder = Virtual.BUILDER.invoke();
            return (Thread) Virtual.UNSTARTED.invoke(builder, body);
        } catch (Throwable t) {
            throw new IllegalStateException("no virtual thread could be made", t);
        }
    }

    /** The handles, looked up once on the public interfaces; null where the JDK has none. */
    private static final class Virtual {
        static final MethodHandle BUILDER;
        static final MethodHandle UNSTARTED;

        static {
            MethodHandle builder = null;
            MethodHandle unstarted = null;
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
                Class<?> general = Class.forName("java.lang.Thread$Builder");
                builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
                unstarted =
                        lookup.findVirtual(general, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException absent) {
                builder = null; // below 21, or 19 and 20 without the preview: platform threads only
            }
            BUILDER = builder;
            UNSTARTED = unstarted;
        }
    }
}
