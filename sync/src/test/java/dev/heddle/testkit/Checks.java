// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Every budget of Lincheck in one place. The property {@code heddle.scale} multiplies the number of scenarios and of
 * interleavings: 1 in a build, 10 in a weekly run.
 *
 * <p>A checker is worth nothing until it has rejected a mutant: see {@link #rejected}.
 */
public final class Checks {
    /** How a failure is named in the first line of Lincheck's report; a mutant must fail in the stated way. */
    public static final String INVALID_RESULTS = "Invalid execution results";

    /** No thread could go on, or a loop passed its bound. */
    public static final String HUNG = "has hung";

    /** The body of an interleaving test threw. */
    public static final String EXCEPTION = "Concurrent test failed";

    /** The check of obstruction freedom failed. */
    public static final String NOT_OBSTRUCTION_FREE = "Obstruction-freedom is required";

    /** The method marked {@code @Validate} threw. */
    public static final String INVALID_STATE = "Validation function";

    private static final int SCALE = scale();

    /** How many schedules of a {@link Scenario} are explored. */
    private static final int RACES = 50 * SCALE;

    private Checks() {}

    /** Model checking of operations that never wait, with the check of obstruction freedom. */
    public static ModelCheckingOptions model() {
        return model(10, 500, 2, 3, 1, 1).checkObstructionFreedom(true);
    }

    /** As {@link #model} with three threads of two operations each. */
    public static ModelCheckingOptions wide() {
        return model(10, 300, 3, 2, 1, 0).checkObstructionFreedom(true);
    }

    /** As {@link #model} for operations that are long: fewer scenarios, two operations for each of two threads. */
    public static ModelCheckingOptions brief() {
        return model(6, 150, 2, 2, 1, 1).checkObstructionFreedom(true);
    }

    /** As {@link #brief} with three threads. */
    public static ModelCheckingOptions briefWide() {
        return model(3, 150, 3, 2, 1, 0).checkObstructionFreedom(true);
    }

    /**
     * Model checking of suspending operations against a sequential specification: the {@link Scenario}s of the subject,
     * and some that are made up.
     */
    public static void waiting(Class<?> subject, Class<?> specification) {
        directed(subject, specification, RACES).check(subject);
        ModelCheckingOptions random = model(2, 30, 3, 2, 0, 0).sequentialSpecification(specification);
        generating(random, subject).check(subject);
    }

    /** As {@link #waiting}, the {@link Scenario}s only: for operations that mean something at rest and not beside others. */
    public static void directed(Class<?> subject, Class<?> specification) {
        directed(subject, specification, RACES).check(subject);
    }

    /** A small run of suspending operations on real threads. */
    public static void stressed(Class<?> subject, Class<?> specification) {
        StressOptions options = stress().iterations(3 * SCALE)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .sequentialSpecification(specification);
        generating(options, subject).check(subject);
    }

    private static <O extends Options<O, ?>> O generating(O options, Class<?> subject) {
        return subject.isAnnotationPresent(PromptCancels.class)
                ? options.executionGenerator(PromptCancels.Generator.class)
                : options;
    }

    /** Asserts that twice as many schedules of its {@link Scenario}s reject a subject, with wrong results. */
    public static void waitingRejected(Class<?> subject, Class<?> specification) {
        waitingRejected(subject, specification, INVALID_RESULTS);
    }

    /** As before, but rejected in the given way. */
    public static void waitingRejected(Class<?> subject, Class<?> specification, String kind) {
        rejected(directed(subject, specification, 2 * RACES).minimizeFailedScenario(false), subject, kind);
    }

    private static ModelCheckingOptions directed(Class<?> subject, Class<?> specification, int invocations) {
        ModelCheckingOptions options = model(0, invocations, 1, 1, 0, 0).sequentialSpecification(specification);
        List<ExecutionScenario> scenarios = Scenario.Parser.of(subject);
        if (scenarios.isEmpty()) {
            throw new AssertionError("no scenario in " + subject);
        }
        scenarios.forEach(options::addCustomScenario);
        return options;
    }

    /** A small run on real threads; no minimisation, which costs minutes here. */
    public static StressOptions stress() {
        return new StressOptions()
                .iterations(5 * SCALE)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .minimizeFailedScenario(false);
    }

    /** The budget of {@link #model} for its mutants. */
    public static ModelCheckingOptions mutant() {
        return model().minimizeFailedScenario(false);
    }

    /** How many interleavings of a free-form test are explored. */
    public static int interleavings() {
        return 250 * SCALE;
    }

    /** Runs the body, which starts its own threads, under {@link #interleavings} schedules. */
    public static void interleave(Runnable body) {
        Lincheck.runConcurrentTest(interleavings(), body);
    }

    /** Asserts that the class is rejected, and in the given way: a loop bound must not pass for a verdict. */
    public static void rejected(Options<?, ?> options, Class<?> mutant, String kind) {
        rejected(() -> options.check(mutant), kind);
    }

    /** Asserts that the interleaving test is rejected by twice as many schedules, and in the given way. */
    public static void interleavingRejected(Runnable body, String kind) {
        rejected(() -> Lincheck.runConcurrentTest(2 * interleavings(), body), kind);
    }

    private static void rejected(Runnable check, String kind) {
        var failure = assertThrows(LincheckAssertionError.class, check::run, "the mutant survived its budget");
        String report = String.valueOf(failure.getMessage());
        assertTrue(headline(report).contains(kind), () -> "not \"" + kind + "\":\n" + report);
    }

    /** The first line of the report that says anything. */
    private static String headline(String report) {
        return report.lines()
                .filter(line -> line.strip().startsWith("="))
                .findFirst()
                .orElse(report);
    }

    private static ModelCheckingOptions model(
            int scenarios, int invocations, int threads, int operations, int before, int after) {
        return new ModelCheckingOptions()
                .iterations(scenarios * SCALE)
                .invocationsPerIteration(invocations)
                .threads(threads)
                .actorsPerThread(operations)
                .actorsBefore(before)
                .actorsAfter(after)
                // Shares nothing with other threads, and is a big part of the steps to trace.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(Threads.class.getName())
                        .allMethods()
                        .ignore())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(Untraced.class.getName())
                        .allMethods()
                        .ignore())
                // The JDK's own; its dependents run in one step with the completion.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(CompletableFuture.class.getName())
                        .allMethods()
                        .treatAsAtomic());
    }

    private static int scale() {
        int scale = Integer.getInteger("heddle.scale", 1);
        if (scale < 1) {
            throw new IllegalArgumentException("heddle.scale must be at least 1: " + scale);
        }
        return scale;
    }
}
