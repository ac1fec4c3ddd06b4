package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seller's shop is a name of the seller's choice; names are resolved by a table, and the trap is on this machine. */
class PublicNamesTest {

    private final Map<String, String[]> names = new LinkedHashMap<>(Map.of(
            "shop.example.com", new String[] {"127.0.0.1"},
            "SHOP.Example.COM.", new String[] {"127.0.0.1"},
            "mixed.example.com", new String[] {"127.0.0.1", "93.184.215.14"},
            "metadata.example.com", new String[] {"169.254.169.254"},
            "mapped.example.com", new String[] {"::ffff:127.0.0.1"},
            "loop6.example.com", new String[] {"::1"},
            "nat64.example.com", new String[] {"64:ff9b::7f00:1"},
            "cgnat.example.com", new String[] {"100.64.0.1"},
            "zero.example.com", new String[] {"0.0.0.0"},
            "erp.example.com", new String[] {"127.0.0.1"}));

    private final AtomicInteger asked = new AtomicInteger();
    private ServerSocket trap;
    private CamelContext context;

    private final DnsResolver table = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            asked.incrementAndGet();
            String[] texts = names.get(host);
            if (texts == null) {
                return InetAddress.getAllByName(host);
            }
            InetAddress[] addresses = new InetAddress[texts.length];
            for (int i = 0; i < texts.length; i++) {
                addresses[i] = InetAddress.getByName(texts[i]);
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    @BeforeEach
    void start() throws Exception {
        trap = new ServerSocket(0);
        trap.setSoTimeout(1);
        context = new DefaultCamelContext();
        Egress.apply(context, EgressSettings.defaults(), () -> Set.of("erp.example.com"), table);
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.stop();
        trap.close();
    }

    private VendorException failure(String host) {
        Exchange exchange = context.createProducerTemplate()
                .request("http://" + host + ":" + trap.getLocalPort() + "/?responseTimeout=300", any -> {});
        return Objects.requireNonNull(exchange.getException(VendorException.class), () -> "called " + host);
    }

    private boolean sprung() throws Exception {
        try {
            trap.accept().close();
            return true;
        } catch (java.net.SocketTimeoutException nobodyCame) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example.com",
                "SHOP.Example.COM.",
                "mixed.example.com",
                "metadata.example.com",
                "mapped.example.com",
                "loop6.example.com",
                "nat64.example.com",
                "cgnat.example.com",
                "zero.example.com"
            })
    void shouldNotConnectToAPublicNameThatLeadsInside(String host) throws Exception {
        VendorException failure = failure(host);

        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("private-address");
        assertThat(sprung()).isFalse();
    }

    @Test
    void shouldLookAtTheAddressesOfEachConnectionSoThatAnAnswerThatChangesIsSeen() throws Exception {
        names.put("rebind.example.com", new String[] {"93.184.215.14"});
        assertThat(new PublicNames(table, Set::of).resolve("rebind.example.com"))
                .hasSize(1);
        names.put("rebind.example.com", new String[] {"127.0.0.1"});

        assertThat(failure("rebind.example.com").code()).isEqualTo("private-address");
        assertThat(sprung()).isFalse();
        assertThat(asked).as("no answer is remembered").hasValue(2);
    }

    @Test
    void shouldReachWhatTheOperatorsConfigurationNames() throws Exception {
        for (String host : new String[] {"erp.example.com", "127.0.0.1", "localhost"}) {
            assertThat(failure(host).code()).isEqualTo("time-out");
            assertThat(sprung()).as(host).isTrue();
        }
    }
}
