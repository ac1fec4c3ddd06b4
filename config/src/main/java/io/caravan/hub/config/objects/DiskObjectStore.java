package io.caravan.hub.config.objects;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Objects as files: {@code <root>/<account>/<kind>/<sha256>}. A file appears under its name only when all of its bytes
 * are on disk, so that a kill leaves at most a temporary file, which nothing refers to.
 */
public final class DiskObjectStore implements ObjectStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path root;

    public DiskObjectStore(Path root) {
        this.root = root;
    }

    @Override
    public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
        String sha256 = Refs.sha256Hex(bytes);
        Path file = file(account, kind, sha256);
        try {
            if (!Files.exists(file)) {
                write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("object " + kind + "/" + sha256 + " cannot be stored", e);
        }
        FaultPoint.CP32_PUT_BEFORE_ROW.hit();
        return new StoredObject(kind, sha256, mediaType, bytes.length);
    }

    @Override
    public byte[] get(AccountId account, String kind, String sha256) {
        try {
            return Files.readAllBytes(file(account, kind, sha256));
        } catch (NoSuchFileException e) {
            throw new NoSuchElementException("there is no object " + kind + "/" + sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("object " + kind + "/" + sha256 + " cannot be read", e);
        }
    }

    /** Every part of the path is checked, so that no name leads out of the account's folder. */
    private Path file(AccountId account, String kind, String sha256) {
        Checks.id("kind", kind);
        if (!SHA256.matcher(sha256).matches()) {
            throw new NoSuchElementException("there is no object " + kind + " of that name");
        }
        return root.resolve(account.value()).resolve(kind).resolve(sha256);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path folder = java.util.Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The new name itself has to reach the disk too. Folders cannot be opened on Windows, where the move is enough. */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
