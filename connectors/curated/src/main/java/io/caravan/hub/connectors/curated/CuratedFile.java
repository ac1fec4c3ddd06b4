package io.caravan.hub.connectors.curated;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.model.trend.SignalBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Finds and reads the file. It is read anew each time, so that an edit counts from the next poll on. */
public final class CuratedFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Clock clock;
    private Path dir = Path.of("");
    private String file = "curated.yaml";

    public CuratedFile() {
        this(Clock.systemUTC());
    }

    CuratedFile(Clock clock) {
        this.clock = clock;
    }

    /** Where the files of the configuration lie. */
    public void setDir(String dir) {
        this.dir = Path.of(dir);
    }

    /** Below the folder of the configuration; a path that is not there is taken as it is, absolute or from here. */
    public void setFile(String file) {
        this.file = file;
    }

    /**
     * Shape: out, one signal for each entry, "seen" now: an evergreen keyword is as good today as it was when it was
     * written down.
     *
     * @throws IllegalArgumentException naming the file and the line, or the entry and the field, that is wrong
     */
    public SignalBatch signals() {
        Path path = path();
        try {
            return CuratedMapper.signals(YAML.readTree(Files.readAllBytes(path)), clock.instant());
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(path + line + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path path() {
        Path below = dir.resolve(file);
        Path path = Files.exists(below) ? below : Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(
                    "the curated list is neither at " + below.toAbsolutePath().normalize() + " nor at "
                            + Path.of(file).toAbsolutePath().normalize());
        }
        return path;
    }
}
