// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Arrays;

/** The channels and the select of jox, by constant method handles, see {@link Jox}. */
final class JoxSelector implements Selecting.Selector {
    private static final Class<?> CLAUSE;
    private static final MethodHandle RECEIVE_CLAUSE;
    private static final MethodHandle SELECT;

    static {
        try {
            Class<?> channel = Class.forName("com.softwaremill.jox.Channel");
            Class<?> select = Class.forName("com.softwaremill.jox.Select");
            CLAUSE = Class.forName("com.softwaremill.jox.SelectClause");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            RECEIVE_CLAUSE = lookup.findVirtual(channel, "receiveClause", MethodType.methodType(CLAUSE))
                    .asType(MethodType.methodType(Object.class, Object.class));
            SELECT = lookup.findStatic(select, "select", MethodType.methodType(Object.class, CLAUSE.arrayType()))
                    .asFixedArity()
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException | UnsupportedClassVersionError e) {
            throw new UnsupportedOperationException("jox needs JDK 21, this is " + Runtime.version(), e);
        }
    }

    private final Object[] sources;
    private final Jox[] channels;

    JoxSelector(int channels, int capacity) {
        this.channels = new Jox[channels];
        Arrays.setAll(this.channels, i -> new Jox(capacity));
        sources = Arrays.stream(this.channels).map(Jox::channel).toArray();
    }

    @Override
    public int channels() {
        return channels.length;
    }

    @Override
    public void send(int channel, Object element) throws InterruptedException {
        channels[channel].send(element);
    }

    @Override
    public Object receive() throws InterruptedException {
        try {
            Object[] clauses = (Object[]) Array.newInstance(CLAUSE, sources.length);
            for (int i = 0; i < clauses.length; i++) {
                clauses[i] = (Object) RECEIVE_CLAUSE.invokeExact(sources[i]);
            }
            return (Object) SELECT.invokeExact(clauses);
        } catch (Throwable t) {
            throw Jox.<RuntimeException>asIs(t);
        }
    }
}
