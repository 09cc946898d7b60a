// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes one allocation after the other fail. A {@link #loader} gives copies of our classes that ask before they allocate:
 * at each {@code new}, and at each call into the JDK that is known to allocate.
 */
public final class Allocations {
    private static final int OFF = 0;
    private static final Map<String, Set<String>> ALLOCATING = Map.of(
            Type.getInternalName(CompletableFuture.class),
                    Set.of("completedFuture", "completeExceptionally", "cancel", "thenRun"),
            Type.getInternalName(ThreadLocal.class), Set.of("get", "set"),
            Type.getInternalName(java.util.Arrays.class), Set.of("copyOf"));

    private static volatile Thread victim;
    private static int left; // allocations of the victim until the first that fails; the victim's
    private static int failing; // how many fail in a row

    private Allocations() {}

    /**
     * Runs the operation with one allocation, of the calling thread, that fails, and {@code more} after it.
     *
     * @param number of the allocation, from 1
     * @return whether the operation came that far
     */
    public static boolean fail(int number, int more, Runnable operation) {
        left = number;
        failing = 1 + more;
        victim = Thread.currentThread();
        try {
            operation.run();
        } finally {
            victim = null;
        }
        boolean reached = left <= OFF;
        left = OFF;
        return reached;
    }

    /** Called by the copies where they allocate. */
    public static void ask() {
        if (Thread.currentThread() != victim) {
            return;
        }
        left--;
        if (left <= OFF && left > OFF - failing) {
            throw new OutOfMemoryError("injected");
        }
    }

    /** Loads copies of the classes of a package: as they are if they are tests, else such that ask. */
    public static ClassLoader loader(String packageName, Class<?> test) {
        String tests = test.getProtectionDomain().getCodeSource().getLocation().toString();
        return new Copies(packageName + ".", tests);
    }

    private static final class Copies extends ClassLoader {
        private final String prefix;
        private final String tests;

        Copies(String prefix, String tests) {
            super(Allocations.class.getClassLoader());
            this.prefix = prefix;
            this.tests = tests;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : copy(name);
            }
        }

        private Class<?> copy(String name) throws ClassNotFoundException {
            URL url = getResource(name.replace('.', '/') + ".class");
            if (url == null) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream in = url.openStream()) {
                byte[] bytes = in.readAllBytes();
                byte[] copy = url.toString().startsWith(tests) ? bytes : asking(bytes);
                return defineClass(name, copy, 0, copy.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] asking(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] ex) {
                        MethodVisitor next = super.visitMethod(access, name, type, generic, ex);
                        return name.equals("<clinit>") ? next : new Asking(next); // an error there would be for ever
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Asking extends MethodVisitor {
        Asking(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        private void insertAsk() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Allocations.class), "ask", "()V", false);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.ANEWARRAY) {
                insertAsk();
            }
            super.visitTypeInsn(opcode, type);
            if (opcode == Opcodes.NEW) { // after it, as stack maps name the place of a new
                insertAsk();
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY) {
                insertAsk();
            }
            super.visitIntInsn(opcode, operand);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            insertAsk();
            super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            if (ALLOCATING.getOrDefault(owner, Set.of()).contains(name)) {
                insertAsk();
            }
            super.visitMethodInsn(opcode, owner, name, type, isInterface);
        }
    }
}
