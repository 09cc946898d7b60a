// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./heddle}. */
@Command(
        name = "heddle",
        mixinStandardHelpOptions = true,
        version = "Heddle 0.1.0-SNAPSHOT",
        description = "Concurrent data structures and synchronization primitives: measure, verify and use them here.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BenchCommand.class, ComponentsCommand.class, VerifyCommand.class, HelpCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command; the exit code is 0 if it did its work, 1 if the work failed, 2 if the call was wrong. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line; failures of the work are told in one line, without a stack trace. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        String[] version = line.getCommandSpec().version();
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().version(version));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof ToolException)) {
                throw failure;
            }
            command.getErr().println("heddle: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
