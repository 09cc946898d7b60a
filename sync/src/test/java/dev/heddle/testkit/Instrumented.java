// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.lang.instrument.Instrumentation;
import org.jetbrains.lincheck.datastructures.StressCTestConfiguration;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.jvm.agent.InstrumentationMode;
import org.jetbrains.lincheck.jvm.agent.LincheckInstrumentation;

/**
 * Lincheck's instrumentation of classes, held over all checks of a JVM and changed if a check is of the other kind. By
 * itself Lincheck transforms classes at the beginning of a check and back at its end, which throws away what is
 * compiled: a third of the time of all checks. It leaves them alone if its agent came with the JVM, for which it takes
 * this one.
 */
final class Instrumented {
    private static final LincheckInstrumentation AGENT = LincheckInstrumentation.INSTANCE;
    private static InstrumentationMode held; // Lincheck runs one check at a time

    static {
        AGENT.attachJavaAgentStatically(attach());
    }

    private Instrumented() {}

    /** Classes tell of each access to shared memory. To be called just before the check: its options cannot. */
    static void forModels() {
        hold(InstrumentationMode.MODEL_CHECKING);
    }

    /** Classes tell only where they suspend, and run at their own speed. */
    private static void forStress() {
        hold(InstrumentationMode.STRESS);
    }

    private static void hold(InstrumentationMode mode) {
        if (mode == held) {
            return;
        }
        if (held != null) {
            AGENT.uninstall();
        }
        AGENT.install(mode);
        held = mode;
    }

    /** Reflective, as javac does not find what the agent's class is annotated with. */
    private static Instrumentation attach() {
        try {
            Class<?> attacher = Class.forName("net.bytebuddy.agent.ByteBuddyAgent");
            return (Instrumentation) attacher.getMethod("install").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Instruments for stress when a check begins. */
    static final class Stress extends StressOptions {
        @Override
        public StressCTestConfiguration createTestConfigurations(Class<?> subject) {
            forStress();
            return super.createTestConfigurations(subject);
        }
    }
}
