// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A channel of jox, whose class files need JDK 21: reached by constant method handles, which compile to direct calls, so
 * that one jar, compiled for 17, runs on every JDK.
 */
final class Jox implements Pipe {
    private static final String NAME = "com.softwaremill.jox.Channel";
    private static final MethodHandle RENDEZVOUS;
    private static final MethodHandle BUFFERED;
    private static final MethodHandle UNLIMITED_ONE;
    private static final MethodHandle SEND;
    private static final MethodHandle RECEIVE;

    static {
        try {
            Class<?> type = Class.forName(NAME);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodType make = MethodType.methodType(type);
            MethodType made = MethodType.methodType(Object.class);
            RENDEZVOUS = lookup.findStatic(type, "newRendezvousChannel", make).asType(made);
            UNLIMITED_ONE = lookup.findStatic(type, "newUnlimitedChannel", make).asType(made);
            BUFFERED = lookup.findStatic(type, "newBufferedChannel", make.appendParameterTypes(int.class))
                    .asType(made.appendParameterTypes(int.class));
            SEND = lookup.findVirtual(type, "send", MethodType.methodType(void.class, Object.class))
                    .asType(MethodType.methodType(void.class, Object.class, Object.class));
            RECEIVE = lookup.findVirtual(type, "receive", MethodType.methodType(Object.class))
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException | UnsupportedClassVersionError e) {
            throw new UnsupportedOperationException("jox needs JDK 21, this is " + Runtime.version(), e);
        }
    }

    private final Object channel;

    Jox(int capacity) {
        channel = channel(capacity);
    }

    /** The channel itself. */
    Object channel() {
        return channel;
    }

    /** Returns a new channel. */
    static Object channel(int capacity) {
        try {
            return switch (capacity) {
                case 0 -> (Object) RENDEZVOUS.invokeExact();
                case UNLIMITED -> (Object) UNLIMITED_ONE.invokeExact();
                default -> (Object) BUFFERED.invokeExact(capacity);
            };
        } catch (Throwable t) {
            throw Jox.<RuntimeException>asIs(t);
        }
    }

    @Override
    public void send(Object element) throws InterruptedException {
        try {
            SEND.invokeExact(channel, element);
        } catch (Throwable t) {
            throw Jox.<RuntimeException>asIs(t);
        }
    }

    @Override
    public Object receive() throws InterruptedException {
        try {
            return (Object) RECEIVE.invokeExact(channel);
        } catch (Throwable t) {
            throw Jox.<RuntimeException>asIs(t);
        }
    }

    /** Throws what the channel threw, an InterruptedException as well. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException asIs(Throwable t) throws X {
        throw (X) t;
    }
}
