package io.caravan.hub.model.connection;

import java.time.Duration;

/**
 * What a vendor hands out on a refresh. The old refresh token may be dead from this moment, so the pair is stored
 * before its first use.
 *
 * @param refreshToken empty when the vendor does not rotate
 */
public record TokenPair(String accessToken, String refreshToken, Duration expiresIn) {

    @Override
    public String toString() {
        return "TokenPair[expiresIn=" + expiresIn + "]";
    }
}
