// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.Checkout;
import dev.heddle.tools.ToolException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;

/** One run of {@code benchmarks.jar} in a process of its own, with its progress on the terminal and its log in a file. */
final class JmhProcess {
    private static final Pattern PROGRESS = Pattern.compile("# Run progress: ([0-9.,]+)% complete, ETA (\\S+)");
    private static final int LAST_LINES = 40; // of the log, shown when the run fails

    private final Path java;
    private final Path jar;

    JmhProcess(Path java, Path jar) {
        this.java = java;
        this.jar = jar;
    }

    /**
     * Runs JMH and waits for its end.
     *
     * @param label what the progress bar says
     * @param arguments the arguments of JMH but those for the result file
     * @param json where the results go
     * @param log where everything JMH prints goes
     */
    void run(String label, List<String> arguments, Path json, Path log) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        List<String> last = new ArrayList<>();
        try (ProgressBar bar = Checkout.bar(label, 100);
                BufferedWriter writer = Files.newBufferedWriter(log)) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    writer.append(line).append('\n');
                    last.add(line);
                    if (last.size() > LAST_LINES) {
                        last.remove(0);
                    }
                    show(bar, line);
                }
            }
            if (process.waitFor() != 0) {
                throw new ToolException(
                        "the benchmarks failed; all of " + log + " ends with\n" + String.join("\n", last));
            }
            bar.stepTo(bar.getMax());
        } catch (IOException e) {
            throw new ToolException("cannot run " + jar + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted", e);
        }
    }

    private static void show(ProgressBar bar, String line) {
        Matcher progress = PROGRESS.matcher(line);
        if (progress.find()) {
            bar.stepTo((long) Double.parseDouble(progress.group(1).replace(',', '.')));
            bar.setExtraMessage("JMH expects " + progress.group(2));
        }
    }
}
