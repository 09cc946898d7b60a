// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** The kinds of thread that every test of a blocking method runs on: {@code @MethodSource("dev.heddle.testkit.ThreadKind#available")}. */
public enum ThreadKind {
    PLATFORM {
        @Override
        public Thread unstarted(Runnable task) {
            Thread thread = new Thread(task);
            thread.setDaemon(true); // a test that fails must not keep the JVM alive
            return thread;
        }
    },
    VIRTUAL {
        @Override
        public Thread unstarted(Runnable task) {
            return VirtualFactory.unstarted(task);
        }
    };

    /** A new thread of this kind, not yet started. */
    public abstract Thread unstarted(Runnable task);

    /** A new thread of this kind, started. */
    public Thread start(Runnable task) {
        Thread thread = unstarted(task);
        thread.start();
        return thread;
    }

    /** The kinds this JVM has: one below 21, two from 21 on. */
    public static List<ThreadKind> available() {
        return Runtime.version().feature() >= 21 ? List.of(PLATFORM, VIRTUAL) : List.of(PLATFORM);
    }

    /** Looked up on the public interfaces: the class that implements them is not accessible. */
    private static final class VirtualFactory {
        private static final MethodHandle OF_VIRTUAL;
        private static final MethodHandle UNSTARTED;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
                OF_VIRTUAL = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                        .asType(MethodType.methodType(Object.class));
                UNSTARTED = lookup.findVirtual(
                                builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class))
                        .asType(MethodType.methodType(Thread.class, Object.class, Runnable.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        static Thread unstarted(Runnable task) {
            try {
                Object builder = (Object) OF_VIRTUAL.invokeExact();
                return (Thread) UNSTARTED.invokeExact(builder, task);
            } catch (Throwable e) {
                throw new AssertionError("no virtual thread from " + Runtime.version(), e);
            }
        }
    }
}
