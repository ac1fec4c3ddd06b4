package io.caravan.hub.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to say "inside" that attackers use; none needs the net here, names are resolved by a table. */
class AddressAttackTest {

    private static final Map<String, String[]> NAMES = Map.of(
            "cdn.example.com", new String[] {"93.184.215.14"},
            "v6.example.com", new String[] {"2606:2800:21f:cb07:6820:80da:af6b:8b2c"},
            "rebind.example.com", new String[] {"127.0.0.1"},
            "mixed.example.com", new String[] {"93.184.215.14", "10.0.0.5"},
            "mixed6.example.com", new String[] {"2606:2800::1", "fd00::1"},
            "metadata.example.com", new String[] {"169.254.169.254"},
            "mapped.example.com", new String[] {"::ffff:10.1.2.3"},
            "none.example.com", new String[] {});

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        String[] known = NAMES.get(host);
        if (known == null && !host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
            throw new UnknownHostException(host);
        }
        String[] texts = known == null ? new String[] {host} : known;
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByName(texts[i]);
        }
        return addresses;
    }

    private static HttpHost pin(String url) {
        return new Guard(AddressAttackTest::resolve).pin(Target.of(url, Set.of("127.0.0.1:8081", "sandbox:8081")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // every block that is not public
                "http://127.0.0.1/",
                "http://127.255.255.254/",
                "http://0.0.0.0/",
                "http://0.1.2.3/",
                "http://10.0.0.1/",
                "http://10.255.255.255/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.64.0.1/",
                "http://100.127.255.255/",
                "http://100.100.100.200/",
                "http://192.0.0.1/",
                "http://192.0.2.1/",
                "http://192.88.99.1/",
                "http://198.18.0.1/",
                "http://198.19.255.255/",
                "http://198.51.100.7/",
                "http://203.0.113.9/",
                "http://224.0.0.1/",
                "http://239.255.255.250/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                // other spellings of numbers
                "http://2130706433/",
                "http://017700000001/",
                "http://0x7f000001/",
                "http://0x7f.0x0.0x0.0x1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0/",
                "http://127.0.0.1./",
                "http://127.000.000.001/",
                "http://0x7f.1/",
                "http://3232235521/",
                "http://192.168.1/",
                "http://0xa9fea9fe/",
                "http://2852039166/",
                "http://0251.0376.0251.0376/",
                "http://1.2.3.4.5/",
                "http://256.256.256.256/",
                "http://127.0.0.1.nip.io.0x7f/",
                "http://00000127.1/",
                // IPv6, with IPv4 inside or not
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::127.0.0.1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[0:0:0:0:0:ffff:0a00:0001]/",
                "http://[::ffff:0:127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b::169.254.169.254]/",
                "http://[64:ff9b:1::a00:1]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:a9fe:a9fe::1]/",
                "http://[2001:0:7f00:1::]/",
                "http://[2001::1]/",
                "http://[2001:db8::1]/",
                "http://[3fff::1]/",
                "http://[5f00::1]/",
                "http://[fe80::1]/",
                "http://[fec0::1]/",
                "http://[fc00::1]/",
                "http://[fd00:ec2::254]/",
                "http://[ff02::1]/",
                "http://[100::1]/",
                "http://[2620:4f:8000::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[2001:20::1]/",
                "http://[4000::1]/",
                // names of the inside
                "http://localhost/",
                "http://LOCALHOST/",
                "http://localhost./",
                "http://a.localhost/",
                "http://metadata/",
                "http://metadata.google.internal/",
                "http://printer.local/",
                "http://router.lan/",
                "http://db.internal./",
                "http://kubernetes.default.svc.cluster.local/",
                "http://intranet/",
                "http://x.home.arpa/",
                // names that lead inside
                "http://rebind.example.com/",
                "http://mixed.example.com/",
                "http://mixed6.example.com/",
                "http://metadata.example.com/",
                "http://mapped.example.com/"
            })
    void shouldRefuseEverythingThatIsNotOnThePublicNet(String url) {
        assertThat(refusal(url).code()).isEqualTo("private-address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@cdn.example.com/",
                "http://user:pw@cdn.example.com/",
                "http://cdn.example.com@127.0.0.1/",
                "http://127.0.0.1:80@cdn.example.com/",
                "http://cdn.example.com:22/",
                "http://cdn.example.com:8080/",
                "http://cdn.example.com:6379/",
                "http://cdn.example.com:99999/",
                "http://cdn.example.com:-1/",
                "http://cdn.example.com:0/",
                "http://127.0.0.1:8082.example.com/",
                "ftp://cdn.example.com/",
                "file:///etc/passwd",
                "gopher://cdn.example.com/",
                "jar:http://cdn.example.com/!/",
                "data:image/png;base64,AAAA",
                "//cdn.example.com/",
                "cdn.example.com/a.png",
                "",
                "http://",
                "http:///a.png",
                "http:cdn.example.com",
                "http://[::1/",
                "http://cdn.example.com\\@127.0.0.1/",
                "http://127.0.0.1\\.example.com/",
                "http://127.0.0.1%2f.example.com/",
                "http://127.0.0.1%00.example.com/",
                "http://cdn.example.com\r\nHost: x/",
                "http://cdn.example.com /",
                "http://ｌｏｃａｌｈｏｓｔ/",
                "http://①②⑦.0.0.1/",
                "http://127。0。0。1/",
                "http://exa\u0000mple.com/",
                "http://cdn..example.com/",
                "http://-cdn.example.com/",
                "http://.example.com/",
                "http://%6c%6f%63%61%6chost/",
                "http://cdn.example.com#@127.0.0.1:x@/",
                "HTTP://USER@CDN.EXAMPLE.COM/"
            })
    void shouldRefuseAnAddressThatSoftwareReadsInDifferentWays(String url) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> pin(url));
        if (url.equals("http://cdn.example.com#@127.0.0.1:x@/")) {
            // a fragment is never sent; the host is what stands before it
            assertThat(refusal).isNull();
            return;
        }
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal.code()).isIn("bad-url", "private-address");
    }

    @ParameterizedTest
    @CsvSource({
        "http://cdn.example.com/a.png, cdn.example.com, 80, 93.184.215.14",
        "HTTPS://CDN.EXAMPLE.COM/A.png?x=y, cdn.example.com, 443, 93.184.215.14",
        "https://cdn.example.com:443/, cdn.example.com, 443, 93.184.215.14",
        "https://cdn.example.com:80/, cdn.example.com, 80, 93.184.215.14",
        "http://93.184.215.14/, 93.184.215.14, 80, 93.184.215.14",
        "http://v6.example.com/, v6.example.com, 80, 2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "http://[2606:2800:21f::1]/, 2606:2800:21f::1, 80, 2606:2800:21f:0:0:0:0:1",
        "http://127.0.0.1:8081/, 127.0.0.1, 8081, 127.0.0.1",
    })
    void shouldConnectToTheAddressThatWasChecked(String url, String name, int port, String address) {
        HttpHost host = pin(url);

        assertThat(host.getHostName()).isEqualTo(name);
        assertThat(host.getPort()).isEqualTo(port);
        assertThat(host.getAddress().getHostAddress()).isEqualTo(address);
    }

    @Test
    void shouldAllowThePortOfTheSandboxAndNoOther() {
        assertThat(refusal("http://127.0.0.1/").code()).isEqualTo("private-address");
        assertThat(refusal("http://127.0.0.1:8082/").code()).isIn("private-address", "bad-url");
        assertThat(refusal("http://sandbox/").code()).isEqualTo("private-address");
    }

    @Test
    void shouldSayThatNothingWasSentWhenANameIsUnknown() {
        for (String url : Arrays.asList("http://gone.example.org/", "http://none.example.com/")) {
            assertThat(refusal(url).kind()).isEqualTo(ErrorKind.NOT_SENT);
        }
    }

    @Test
    void shouldTellNoMoreOfAnAddressThanItsHost() {
        assertThat(refusal("http://rebind.example.com/a?token=s3cret").getMessage())
                .contains("rebind.example.com")
                .doesNotContain("s3cret");
    }

    private static VendorException refusal(String url) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> pin(url));
        assertThat(refusal).as(url + " must be refused").isNotNull();
        return refusal;
    }
}
