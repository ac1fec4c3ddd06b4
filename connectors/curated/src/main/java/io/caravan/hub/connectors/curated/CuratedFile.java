package io.caravan.hub.connectors.curated;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.model.trend.SignalBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and reads the file. It is read anew each time, so that an edit counts from the next poll on; a broken edit does
 * not: the entries that were good last stay, and the log says why.
 */
public final class CuratedFile {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Logger LOG = LoggerFactory.getLogger(CuratedFile.class);
    /** Where the release keeps the files that a person has not taken over. */
    private static final String SHIPPED = "/hub-files/";

    private final Clock clock;
    private @Nullable JsonNode lastGood;
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
     * @throws IllegalArgumentException naming the file and the line, or the entry and the field, that is wrong, when
     *     there was no good one before
     */
    public synchronized SignalBatch signals() {
        try {
            return read();
        } catch (IllegalArgumentException e) {
            if (lastGood == null) {
                throw e;
            }
            LOG.warn("The curated list stays as it was last good: {}", e.getMessage());
            return CuratedMapper.signals(lastGood, clock.instant());
        }
    }

    /** @throws IllegalArgumentException as {@link #signals} */
    private SignalBatch read() {
        Path path = path();
        try {
            JsonNode list = YAML.readTree(bytes(path));
            SignalBatch signals = CuratedMapper.signals(list, clock.instant());
            lastGood = list;
            return signals;
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

    private byte[] bytes(Path path) throws IOException {
        try (InputStream shipped =
                Files.isRegularFile(path) ? null : CuratedFile.class.getResourceAsStream(shipped())) {
            return shipped == null ? Files.readAllBytes(path) : shipped.readAllBytes();
        }
    }

    private String shipped() {
        return SHIPPED + Path.of(file).getFileName();
    }

    private Path path() {
        Path below = dir.resolve(file);
        Path path = Files.exists(below) ? below : Path.of(file);
        if (!Files.isRegularFile(path) && CuratedFile.class.getResource(shipped()) == null) {
            throw new IllegalArgumentException(
                    "the curated list is neither at " + below.toAbsolutePath().normalize() + " nor at "
                            + Path.of(file).toAbsolutePath().normalize());
        }
        return path;
    }
}
