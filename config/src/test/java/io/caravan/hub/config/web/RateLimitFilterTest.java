package io.caravan.hub.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.security.Caller;
import io.caravan.hub.config.security.Role;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitFilterTest {

    private final RateLimitFilter filter = new RateLimitFilter(new HubProperties.Rate(1, 3));

    private MockHttpServletResponse send(@Nullable String keyId) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/trends");
        Caller caller = keyId == null ? null : new Caller(keyId, new AccountId("acme"), Role.VIEWER);
        new RequestContext("r1", "t1", caller).bind(request);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }

    @Test
    void shouldRefuseAKeyThatSendsTooMuchAndSayWhenToComeBack() {
        AtomicInteger keys = new AtomicInteger();
        // a token comes back each second: a machine that was held up for one begins anew, with another key
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> refusesTheFourth("k" + keys.incrementAndGet()));
    }

    private void refusesTheFourth(String key) throws Exception {
        for (int left = 2; left >= 0; left--) {
            MockHttpServletResponse response = send(key);
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getHeader("X-RateLimit-Remaining")).isEqualTo(String.valueOf(left));
        }
        MockHttpServletResponse refused = send(key);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getHeader("X-RateLimit-Reset")).isEqualTo("3");
        assertThat(refused.getContentAsString()).contains("\"code\":\"rate-limited\"", "\"request_id\":\"r1\"");
    }

    @Test
    void shouldGiveEachKeyABucketOfItsOwn() throws Exception {
        for (int i = 0; i < 4; i++) {
            send("k1");
        }
        assertThat(send("k2").getStatus()).isEqualTo(200);
    }

    @Test
    void shouldLeaveRequestsWithoutAKeyAlone() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(send(null).getHeader("X-RateLimit-Limit")).isNull();
        }
    }
}
