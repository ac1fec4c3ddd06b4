package io.caravan.hub.connectors.openai;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** An object store for a test. */
public final class MemoryStore implements ObjectStore {

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
        try {
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            blobs.put(account + "/" + kind + "/" + sha256, bytes);
            return new StoredObject(kind, sha256, mediaType, bytes.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] get(AccountId account, String kind, String sha256) {
        byte[] bytes = blobs.get(account + "/" + kind + "/" + sha256);
        if (bytes == null) {
            throw new NoSuchElementException(sha256);
        }
        return bytes;
    }
}
