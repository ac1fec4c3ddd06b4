package io.caravan.hub.config.objects;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in S3 under {@code <account>/<kind>/<sha256>}. The key is the content's hash and is written only when it is not
 * there ({@code If-None-Match: *}), so that a second put is no second object and can never replace the first.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int THERE_ALREADY = 412;

    private final S3Client s3;
    private final String bucket;

    public S3ObjectStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
        String sha256 = Refs.sha256Hex(bytes);
        String key = key(account, kind, sha256);
        try {
            s3.putObject(
                    put -> put.bucket(bucket).key(key).contentType(mediaType).ifNoneMatch("*"),
                    RequestBody.fromBytes(bytes));
        } catch (S3Exception e) {
            if (e.statusCode() != THERE_ALREADY) {
                throw unavailable(key, e);
            }
        } catch (SdkException e) {
            throw unavailable(key, e);
        }
        FaultPoint.CP32_PUT_BEFORE_ROW.hit();
        return new StoredObject(kind, sha256, mediaType, bytes.length);
    }

    @Override
    public byte[] get(AccountId account, String kind, String sha256) {
        String key = key(account, kind, sha256);
        try {
            return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
        } catch (NoSuchKeyException e) {
            throw new NoSuchElementException("there is no object " + kind + "/" + sha256);
        } catch (SdkException e) {
            throw unavailable(key, e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    private static String key(AccountId account, String kind, String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new NoSuchElementException("there is no object " + kind + " of that name");
        }
        return account.value() + "/" + Checks.id("kind", kind) + "/" + sha256;
    }

    /** Named by its key alone: the SDK's own message can hold request signatures. */
    private static IllegalStateException unavailable(String key, SdkException cause) {
        return new IllegalStateException(
                "the object store did not take or give " + key + " ("
                        + cause.getClass().getSimpleName() + ")",
                cause);
    }
}
