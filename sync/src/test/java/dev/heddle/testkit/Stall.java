// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A thread that stops before a chosen one of its steps: accesses of volatile fields, of cells, and wake-ups. What is
 * stopped is an operation of copies of the library's classes in which {@link #step} precedes each of them. So a test can
 * stop an operation at every place there is, one after the other, and look whom that stops.
 */
public final class Stall {
    private static final String OURS = "dev/heddle/";
    private static final String TESTKIT = "dev.heddle.testkit.";

    private static volatile Stall current; // one at a time

    private final int at;
    private final Thread thread;
    private int passed; // by its thread
    private volatile boolean stopped;
    private volatile boolean released;
    private volatile Throwable failure;

    private Stall(int at, Runnable operation) {
        this.at = at;
        this.thread = ThreadKind.PLATFORM.unstarted(() -> {
            try {
                operation.run();
            } catch (Throwable t) { // shown by release()
                failure = t;
            }
        });
    }

    /** Runs the operation in a thread until it has ended, or is about to make its step of this number, from 0 on. */
    public static Stall start(int at, Runnable operation) {
        Stall stall = new Stall(at, operation);
        current = stall;
        stall.thread.start();
        Await.until(() -> stall.stopped || !stall.thread.isAlive());
        return stall;
    }

    /** Whether it was stopped; false: it had fewer steps. */
    public boolean isStopped() {
        return stopped;
    }

    /** Lets the operation go on, and waits for its end. */
    public void release() {
        release(() -> {});
    }

    /** As {@link #release()}, and does what the operation may wait for as often as it has to. */
    public void release(Runnable help) {
        released = true;
        LockSupport.unpark(thread);
        Await.until(() -> {
            help.run();
            return !thread.isAlive();
        });
        if (failure != null) {
            throw new AssertionError("the operation that was stopped failed later", failure);
        }
    }

    /** Called by the copies. */
    public static void step() {
        Stall stall = current;
        if (stall != null && stall.thread == Thread.currentThread() && stall.passed++ == stall.at) {
            stall.stop();
        }
    }

    private void stop() {
        stopped = true;
        while (!released) { // ends: by release
            LockSupport.park(this);
        }
    }

    // ---- copies

    /** A copy of a class of tests that uses copies of the library's classes. */
    public static Class<?> copy(Class<?> subject) {
        return copy(subject, null);
    }

    /** The same, with the fault of a mutant in it; or null for none. */
    public static Class<?> copy(Class<?> subject, Mutant mutant) {
        try {
            return new Copies(subject.getName(), mutant).loadClass(subject.getName());
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static final class Copies extends ClassLoader {
        private final String subject;
        private final Mutant mutant; // or null
        private final Map<String, Map<String, Boolean>> volatiles = new HashMap<>(); // by class, then by field

        Copies(String subject, Mutant mutant) {
            super(Stall.class.getClassLoader());
            this.subject = subject;
            this.mutant = mutant;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean copied = name.replace('.', '/').startsWith(OURS) && !name.startsWith(TESTKIT);
            if (!copied && !name.equals(subject)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) { // reason: as every class loader does
                Class<?> done = findLoadedClass(name);
                return done != null ? done : define(name);
            }
        }

        private Class<?> define(String name) {
            String path = name.replace('.', '/');
            ClassReader reader = new ClassReader(code(path));
            ClassWriter writer = new ClassWriter(0);
            reader.accept(isTest(path) ? writer : new Stepping(writer), 0);
            byte[] code = writer.toByteArray();
            return defineClass(name, code, 0, code.length);
        }

        private boolean isTest(String path) {
            URL file = getResource(path + ".class");
            return file != null && file.getPath().contains("/test-classes/");
        }

        private byte[] code(String path) {
            byte[] faulty = mutant == null ? null : mutant.code(path);
            if (faulty != null) {
                return faulty;
            }
            try (InputStream in = getResourceAsStream(path + ".class")) {
                if (in == null) {
                    throw new NoClassDefFoundError(path);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isVolatile(String owner, String field) {
            for (String c = owner; c != null && c.startsWith(OURS); c = new ClassReader(code(c)).getSuperName()) {
                Boolean known = volatiles.computeIfAbsent(c, this::fields).get(field);
                if (known != null) {
                    return known;
                }
            }
            return false;
        }

        private Map<String, Boolean> fields(String owner) {
            Map<String, Boolean> all = new HashMap<>();
            new ClassReader(code(owner))
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public FieldVisitor visitField(
                                        int access, String name, String type, String generics, Object value) {
                                    all.put(name, (access & Opcodes.ACC_VOLATILE) != 0);
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE);
            return all;
        }

        /** Puts a call of {@link #step} before each access. */
        private final class Stepping extends ClassVisitor {
            Stepping(ClassVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String type, String generics, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, type, generics, exceptions)) {
                    @Override
                    public void visitFieldInsn(int opcode, String owner, String field, String fieldType) {
                        if (isVolatile(owner, field)) {
                            step();
                        }
                        super.visitFieldInsn(opcode, owner, field, fieldType);
                    }

                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String method, String methodType, boolean itf) {
                        if (owner.equals("java/lang/invoke/VarHandle") || method.equals("unpark")) {
                            step();
                        }
                        super.visitMethodInsn(opcode, owner, method, methodType, itf);
                    }

                    private void step() {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/heddle/testkit/Stall", "step", "()V", false);
                    }
                };
            }
        }
    }
}
