package io.caravan.hub.connectors.sendgrid.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The sandbox's own P-256 pair, made once and kept with its state, so that a configured public key stays right. */
final class SigningKeys {

    private final PrivateKey privateKey;
    private final String publicKey;

    SigningKeys(SandboxState state) {
        try {
            synchronized (state) {
                ObjectNode kept = state.get("_keys", "webhook").orElseGet(SigningKeys::make);
                state.put("_keys", "webhook", kept);
                byte[] der = Base64.getDecoder().decode(kept.path("private").asText());
                privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
                publicKey = kept.path("public").asText();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the sandbox's kept key is broken", e);
        }
    }

    /** Base64 of DER, as the vendor's settings page shows it. */
    String publicKey() {
        return publicKey;
    }

    /** Base64 of the signature over timestamp and body. */
    String sign(String timestamp, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(privateKey);
            signature.update(timestamp.getBytes(StandardCharsets.US_ASCII));
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with P-256", e);
        }
    }

    private static ObjectNode make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return SandboxState.object()
                    .put("private", base64.encodeToString(pair.getPrivate().getEncoded()))
                    .put("public", base64.encodeToString(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }
}
