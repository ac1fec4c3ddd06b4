package io.caravan.hub.config.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.backup.Restore;
import io.caravan.hub.config.backup.RestoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup back, and shows what the vendors had that it did not know. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup back into the data folder of a hub that is stopped.",
        footer =
                "%nThe next start begins a quarantine (hub.delivery.quarantine, 7 days): what would be made at a vendor is looked"
                        + " up before, and taken over when it is there since the backup. --status shows what was found.")
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What hub backup wrote.")
    private @Nullable Path file;

    @Option(
            names = "--database-restored",
            paramLabel = "TIME",
            description = "PostgreSQL was put back by its own means to this time, as 2026-11-20T10:00:00Z; on one node,"
                    + " before any starts.")
    private @Nullable Instant databaseRestored;

    @Option(names = "--status", description = "What the running hub has looked up and taken over since.")
    private boolean status;

    @Option(names = "--end", description = "Ends the quarantine of the running hub before its time.")
    private boolean end;

    @Override
    public Integer call() throws IOException {
        int wanted = (file == null ? 0 : 1) + (databaseRestored == null ? 0 : 1) + (status ? 1 : 0) + (end ? 1 : 0);
        if (wanted != 1) {
            throw new ParameterException(spec.commandLine(), "say one of: FILE, --database-restored, --status, --end");
        }
        if (file != null) {
            restore(file);
        } else if (databaseRestored != null) {
            RestoredFile.write(StoppedHub.dataFolder(), databaseRestored);
            options.say("the next start on this node begins the quarantine");
        } else if (status) {
            JsonNode report = options.api().get("/api/v1/quarantine");
            options.print(report, List.of("effect", "key", "reference", "vendor_id", "looked_at"));
            options.say("restored " + report.path("restored_at").asText() + " to "
                    + report.path("taken_at").asText() + "; quarantine "
                    + (report.path("active").asBoolean()
                            ? "until " + report.path("until").asText()
                            : "over") + "; "
                    + report.path("looked_up").asInt() + " looked up, "
                    + report.path("adopted").asInt() + " taken over, "
                    + report.path("left_to_a_person").asInt() + " left to you (hub dead list)");
        } else {
            options.api().delete("/api/v1/quarantine");
            options.say("the quarantine is over");
        }
        return Exit.OK;
    }

    private void restore(Path from) throws IOException {
        Path data = StoppedHub.dataFolder();
        StoppedHub.refuseRunning();
        try {
            Restore.Done done = new Restore(data).from(from);
            options.say("put back what was there at " + done.takenAt() + " (" + done.parts() + " parts) into " + data);
            if (done.aside() != null) {
                options.say("what was there before is in " + done.aside());
            }
            options.say("the next start begins the quarantine: hub restore --status");
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(Exit.FAILED, String.valueOf(e.getMessage()));
        }
    }
}
