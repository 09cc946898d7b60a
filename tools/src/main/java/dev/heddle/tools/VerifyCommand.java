// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs what continuous integration runs; its output is shown as it comes. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Runs what continuous integration runs: the build with its tests, then the deeper stages.",
            "Needs a second JDK of version 21 or newer; takes up to 40 minutes on two cores."
        })
final class VerifyCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        Checkout checkout = Checkout.current();
        try {
            return new ProcessBuilder("bash", ".ci/run")
                    .directory(checkout.root().toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ToolException("cannot run .ci/run: " + e.getMessage(), e);
        }
    }
}
