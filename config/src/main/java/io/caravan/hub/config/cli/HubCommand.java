package io.caravan.hub.config.cli;

import io.caravan.hub.model.Causes;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hub}: the words an operator types. */
@Command(
        name = "hub",
        mixinStandardHelpOptions = true,
        version = "caravan hub 0.1.0",
        description = "Trends in, listings out: the commerce integration hub.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or doctor found something",
            "2:the command line is wrong",
            "3:no hub answers (start one, or set HUB_URL)",
            "4:the API key is missing, unknown or may not do this",
            "5:there is no such thing"
        },
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            SandboxCommand.class,
            DoctorCommand.class,
            DeadCommand.class,
            JobsCommand.class,
            TraceCommand.class,
            BudgetCommand.class,
            TrendsCommand.class,
            ImportCommand.class,
            PricingCommand.class,
            KeysCommand.class,
            ConnectionsCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        })
public final class HubCommand implements Runnable {

    /** Returned when the process has to stay alive: servers run on threads of their own. */
    public static final int KEEPS_RUNNING = -1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs a command line. @return its exit code, or {@link #KEEPS_RUNNING} */
    public static int run(String... args) {
        return line().execute(args);
    }

    static CommandLine line() {
        return new CommandLine(new HubCommand())
                .setUnmatchedOptionsArePositionalParams(false)
                .setExecutionExceptionHandler(HubCommand::failed);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Spring and Camel wrap what stopped a start many times over: the cause itself, and the file where it was met. */
    static String words(Throwable failure) {
        String met = "";
        String cause = "";
        for (Throwable one : Causes.of(failure).toList()) {
            if (cause.contains(".yaml")) {
                met = cause.lines().findFirst().orElse("");
            }
            cause = String.valueOf(one.getMessage());
        }
        if (met.isEmpty() || cause.contains(".yaml")) {
            return cause;
        }
        return met.contains(cause) ? met : met + ": " + cause;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        err.println("hub: " + (failure instanceof ApiFailure ? failure.getMessage() : words(failure)));
        err.flush();
        return failure instanceof ApiFailure known ? known.exit() : Exit.FAILED;
    }
}
