// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.cas;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Adds a call of {@link CasCounter#count} after each compare-and-set of the classes under comparison. */
public final class CasAgent {
    private static final String[] SUBJECTS = {
        "dev/heddle/sync/",
        "java/util/concurrent/Semaphore",
        "java/util/concurrent/locks/AbstractQueuedSynchronizer",
        "java/util/concurrent/locks/ReentrantLock",
        "kotlinx/coroutines/sync/",
        "kotlinx/coroutines/internal/ConcurrentLinkedList",
        "kotlinx/coroutines/internal/Segment",
    };

    private CasAgent() {}

    /** Entry point of the agent. */
    public static void premain(String arguments, Instrumentation instrumentation)
            throws UnmodifiableClassException, IOException {
        loadAllThatTransformingNeeds();
        instrumentation.addTransformer(new Transformer(), true);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (isSubject(loaded.getName().replace('.', '/')) && instrumentation.isModifiableClass(loaded)) {
                instrumentation.retransformClasses(loaded);
            }
        }
    }

    /** A class that was first loaded inside the transformer would be circular. */
    private static void loadAllThatTransformingNeeds() throws IOException {
        String self = CasAgent.class.getName().replace('.', '/');
        try (InputStream in = CasAgent.class.getClassLoader().getResourceAsStream(self + ".class")) {
            instrument(in.readAllBytes());
        }
    }

    private static boolean isSubject(String internalName) {
        if (internalName != null) {
            for (String subject : SUBJECTS) { // no stream: this runs while streams are being loaded
                if (internalName.startsWith(subject)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the class with the calls added. */
    static byte[] instrument(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0); // the call takes a boolean and leaves one: frames stay valid
        reader.accept(new CasVisitor(writer), 0);
        return writer.toByteArray();
    }

    private static final class Transformer implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
            return isSubject(name) ? instrument(classFile) : null;
        }
    }

    private static final class CasVisitor extends ClassVisitor {
        CasVisitor(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            return new CallVisitor(super.visitMethod(access, name, type, generic, thrown));
        }
    }

    private static final class CallVisitor extends MethodVisitor {
        CallVisitor(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            super.visitMethodInsn(opcode, owner, name, type, isInterface);
            if (isCompareAndSet(owner, name, type)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/heddle/jmh/cas/CasCounter", "count", "(Z)Z", false);
            }
        }

        private static boolean isCompareAndSet(String owner, String name, String type) {
            boolean atomic = owner.equals("java/lang/invoke/VarHandle")
                    || owner.equals("jdk/internal/misc/Unsafe")
                    || owner.startsWith("java/util/concurrent/atomic/");
            boolean cas = name.startsWith("compareAndSet") || name.startsWith("weakCompareAndSet");
            return atomic && cas && type.endsWith(")Z");
        }
    }
}
