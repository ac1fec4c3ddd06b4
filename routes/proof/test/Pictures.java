package io.caravan.hub.routes.proof;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/** Everybody's picture, and those that are made. Public, since Camel calls it by reflection. */
public final class Pictures implements ObjectStore {

    private final Map<String, byte[]> made = new ConcurrentHashMap<>(Map.of(Payloads.HASH, Payloads.PICTURE));

    @Override
    public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
        String hash = Refs.sha256Hex(bytes);
        made.put(hash, bytes);
        return new StoredObject(kind, hash, mediaType, bytes.length);
    }

    @Override
    public byte[] get(AccountId account, String kind, String sha256) {
        byte[] bytes = made.get(sha256);
        if (bytes == null) {
            throw new NoSuchElementException(kind + "/" + sha256);
        }
        return bytes.clone();
    }
}
