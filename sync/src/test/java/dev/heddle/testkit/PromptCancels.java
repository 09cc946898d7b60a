// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.CTestStructure;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.RandomExecutionGenerator;
import org.jetbrains.lincheck.datastructures.CTestConfiguration;
import org.jetbrains.lincheck.datastructures.RandomProvider;

/**
 * For suspending operations whose partner can't take back what it did: a coroutine may be cancelled between the exchange
 * and the resumption that tells it. Its result is the same as that of one that was cancelled before; so every cancel of a
 * random scenario is prompt, which allows for either.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Inherited
public @interface PromptCancels {
    /** Makes such scenarios. */
    final class Generator extends RandomExecutionGenerator {
        /** As Lincheck calls it. */
        public Generator(CTestConfiguration configuration, CTestStructure structure, RandomProvider random) {
            super(configuration, structure, random);
        }

        @Override
        public ExecutionScenario nextExecution() {
            ExecutionScenario random = super.nextExecution();
            return new ExecutionScenario(
                    prompt(random.getInitExecution()),
                    random.getParallelExecution().stream()
                            .map(Generator::prompt)
                            .toList(),
                    prompt(random.getPostExecution()),
                    random.getValidationFunction());
        }

        private static List<Actor> prompt(List<Actor> actors) {
            return actors.stream().map(Generator::prompt).toList();
        }

        private static Actor prompt(Actor a) {
            return new Actor(
                    a.getMethod(),
                    a.getArguments(),
                    a.getCancelOnSuspension(),
                    a.getBlocking(),
                    a.getCausesBlocking(),
                    a.getCancelOnSuspension());
        }
    }
}
