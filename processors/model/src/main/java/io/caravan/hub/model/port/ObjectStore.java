package io.caravan.hub.model.port;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.image.StoredObject;

/** Bytes by content hash. Putting the same bytes twice is one object. Exchanges carry the reference, never the bytes. */
public interface ObjectStore {

    /**
     * @param kind first folder of the key: {@code images}, {@code replies}
     * @param mediaType as found by looking at the bytes
     */
    StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes);

    /**
     * @throws java.util.NoSuchElementException when this account has no such object
     */
    byte[] get(AccountId account, String kind, String sha256);
}
