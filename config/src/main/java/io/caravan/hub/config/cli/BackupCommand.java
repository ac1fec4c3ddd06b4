package io.caravan.hub.config.cli;

import io.caravan.hub.config.security.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Everything that the embedded setting keeps, into one file, while the hub runs. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes the running hub's database, objects and generated keys into one file.",
        footer =
                "%nWho has the file has the credentials in it: keep it as you keep those. On PostgreSQL use its own means.")
final class BackupCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions options = new ApiOptions();

    @Parameters(paramLabel = "FILE", description = "Where to; must not exist.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            throw new ApiFailure(Exit.FAILED, file + " exists already");
        }
        Path part = PrivateFile.empty(file.resolveSibling(file.getFileName() + ".part"));
        try {
            try (InputStream in = options.api().open("/api/v1/backups", Map.of());
                    OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            // an end that is missing shows here and not on the day of the restore
            try (ZipFile whole = new ZipFile(part.toFile())) {
                options.say(whole.size() + " parts, " + Files.size(part) / 1024 + " KB in " + file);
            }
            Files.move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
        return Exit.OK;
    }
}
