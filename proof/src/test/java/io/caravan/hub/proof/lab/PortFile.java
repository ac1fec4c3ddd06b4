package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Runs inside a hub of the laboratory: writes down at which ports it listens, since it was told to take any. */
public final class PortFile implements ApplicationListener<WebServerInitializedEvent> {

    static final String PROPERTY = "proof.ports";

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            return;
        }
        boolean management = "management".equals(event.getApplicationContext().getServerNamespace());
        try {
            Files.writeString(
                    Path.of(file),
                    (management ? "management=" : "server=")
                            + event.getWebServer().getPort() + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param which {@code server} or {@code management} */
    static Optional<Integer> read(Path file, String which) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(which + "="))
                    .map(line -> Integer.parseInt(line.substring(which.length() + 1)))
                    .findFirst();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
