package io.caravan.hub.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnstileTest {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final AtomicLong now = new AtomicLong();
    private final Turnstile turnstile = new Turnstile(1, PATIENCE, now::get);

    @Test
    void shouldNotWaitWhereNobodyEverLeft() {
        assertThat(turnstile.enter()).isTrue();
        assertThat(turnstile.enter()).isFalse();
    }

    @Test
    void shouldWaitForAPlaceWhileOthersLeave() throws Exception {
        turnstile.enter();
        turnstile.leave();
        turnstile.enter();
        Thread[] waits = new Thread[1];
        CompletableFuture<Boolean> entered = CompletableFuture.supplyAsync(turnstile::enter, task -> {
            waits[0] = new Thread(task);
            waits[0].start();
        });
        Awaitility.await().until(() -> waits[0].getState() == Thread.State.TIMED_WAITING);
        assertThat(entered).isNotDone();
        turnstile.leave();
        assertThat(entered.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotWaitWhereAllHang() {
        turnstile.enter();
        turnstile.leave();
        turnstile.enter();
        now.addAndGet(PATIENCE.toNanos());
        assertThat(turnstile.enter()).isFalse();
    }
}
