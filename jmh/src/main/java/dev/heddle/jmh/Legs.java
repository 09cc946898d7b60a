// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs JMH again and again in one process: each line of the standard input is one command line of JMH, its arguments
 * apart by tabs, and is answered, after all that JMH prints, by a line {@code @leg ok} or {@code @leg failed} with the
 * reason. So a report can let implementations alternate, fork by fork, without paying for a start of JMH each time.
 */
public final class Legs {
    private Legs() {}

    /** Reads, runs and answers until the input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out; // the answers are this program's product
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(run(line.split("\t")));
            out.flush();
        }
    }

    private static String run(String[] arguments) {
        try {
            int records = new Runner(new CommandLineOptions(arguments)).run().size();
            return records == 1 ? "@leg ok" : "@leg failed: " + records + " results where one was expected";
        } catch (RunnerException | CommandLineOptionException e) {
            return "@leg failed: " + firstLine(e);
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null || root.getSuppressed().length > 0) { // ends: causes form a tree
            root = root.getCause() != null ? root.getCause() : root.getSuppressed()[0];
        }
        return root.toString().lines().findFirst().orElse("no reason given");
    }
}
