// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import dev.heddle.tools.components.ComponentsRun;
import dev.heddle.tools.components.Settings;
import dev.heddle.unionfind.Algorithm;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.EdgeOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Finds the connected components of graphs in files. */
@Command(
        name = "components",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the connected components of graphs, taken as undirected, in parallel.",
            "The result is that of a sequential run, whatever the number of threads.",
            "Exit codes: 0 done, 1 a file could not be read or written, 2 the call was wrong, 130 interrupted."
        })
final class ComponentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "edges, text also compressed by gzip")
    private List<Path> files;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; else told by name and content, but not by the content of a pipe")
    private EdgeFormat format;

    @Option(
            names = "--ids",
            paramLabel = "IDS",
            description = "as_given: vertices are 0 to the greatest id (the default);"
                    + " dense: only ids that occur are vertices")
    private Settings.Ids ids = Settings.Ids.AS_GIVEN;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}; else AUTO")
    private Algorithm algorithm = Algorithm.AUTO;

    @Option(names = "--threads", paramLabel = "N", description = "else as many as there are processors")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = Orders.class,
            description = "as-given (the default) or shuffled:SEED")
    private EdgeOrder order = EdgeOrder.AS_GIVEN;

    @Option(names = "--largest", paramLabel = "N", description = "how many sizes to print, the largest first; else 10")
    private int largest = 10;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "writes a line for each vertex: its id and its label")
    private Path labels;

    @Option(
            names = "--label",
            paramLabel = "KIND",
            description = "min_id: the least id of the component (the default);"
                    + " consecutive: components counted from 0, by their least ids")
    private Settings.Label label = Settings.Label.MIN_ID;

    @Option(names = "--forest", paramLabel = "FILE", description = "writes a line for each edge of a spanning forest")
    private Path forest;

    @Option(names = "--quiet", description = "shows no progress")
    private boolean quiet;

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be positive: " + threads);
        }
        if (largest < 0) {
            throw new ParameterException(spec.commandLine(), "--largest must not be negative: " + largest);
        }
        if (files.size() > 1 && (labels != null || forest != null)) {
            throw new ParameterException(spec.commandLine(), "--labels and --forest are for one FILE");
        }
        checkOutput(labels, "--labels");
        checkOutput(forest, "--forest");
        if (labels != null && forest != null && isSame(labels, forest)) {
            throw new ParameterException(spec.commandLine(), "--labels and --forest are one file: " + labels);
        }
        Settings settings =
                new Settings(format, ids, algorithm, threads, order, largest, labels, label, forest, !quiet);
        for (Path file : files) {
            ComponentsRun.of(file, settings, spec.commandLine().getOut());
        }
        return 0;
    }

    private void checkOutput(Path output, String option) {
        if (output != null && files.stream().anyMatch(file -> isSame(file, output))) {
            throw new ParameterException(spec.commandLine(), option + " would overwrite the graph: " + output);
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            if (Files.exists(one) && Files.exists(other)) {
                return Files.isRegularFile(one) && Files.isSameFile(one, other); // a device takes both
            }
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new ToolException(
                    "cannot tell whether " + one + " and " + other + " are one file: " + e.getMessage(), e);
        }
    }

    /** Reads the name of an order. */
    static final class Orders implements ITypeConverter<EdgeOrder> {
        private static final String SHUFFLED = "shuffled:";

        @Override
        public EdgeOrder convert(String text) {
            if (text.equals("as-given")) {
                return EdgeOrder.AS_GIVEN;
            }
            if (text.startsWith(SHUFFLED)) {
                try {
                    return EdgeOrder.shuffled(Long.parseLong(text.substring(SHUFFLED.length())));
                } catch (NumberFormatException e) {
                    throw new TypeConversionException("'" + text + "' has no seed that is a 64-bit integer");
                }
            }
            throw new TypeConversionException("'" + text + "' is neither as-given nor shuffled:SEED");
        }
    }
}
