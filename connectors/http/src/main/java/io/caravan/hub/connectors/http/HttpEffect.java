package io.caravan.hub.connectors.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.hub.connectors.egress.VendorJson;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Bean of {@code http-effect-action}: one step of an effect, as its file describes it. */
public final class HttpEffect {

    private static final JsonPointer USUAL_ID = JsonPointer.compile("/id");

    /** Body in: the request. Leaves the call as body and headers. */
    public void request(
            Exchange exchange,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference,
            @Variable(Names.VENDOR_ID) @Nullable String vendorId,
            @Variable(Names.EFFECT_STEP) Map<String, Object> how) {
        HttpStep step = HttpStep.of(how);
        Object request = exchange.getMessage().getBody();
        Map<String, String> names = Map.of("reference", reference, "id", vendorId == null ? "" : vendorId);
        Requests.write(
                exchange,
                connection,
                step.method(),
                step.path().path(request, names),
                step.hasBody() ? body(step, request, names) : null);
        if (step.referenceHeader() != null) {
            Requests.header(exchange, step.referenceHeader(), reference);
        }
    }

    private static @Nullable Object body(HttpStep step, @Nullable Object request, Map<String, String> names) {
        Object body = step.body() == null ? request : filled(step.body(), request, names);
        if (step.referenceField() == null) {
            return body;
        }
        if (!(body instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("reference_field needs a request that is a JSON object");
        }
        Map<Object, @Nullable Object> marked = new LinkedHashMap<>(map);
        marked.put(step.referenceField(), names.get("reference"));
        return marked;
    }

    private static Object filled(Object said, @Nullable Object request, Map<String, String> names) {
        if (said instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((name, value) -> all.put(name, value == null ? null : filled(value, request, names)));
            return all;
        }
        if (said instanceof List<?> list) {
            return list.stream().map(one -> filled(one, request, names)).toList();
        }
        return said instanceof String text ? Template.of("body", text).plain(request, names) : said;
    }

    /**
     * Body in: the answer's bytes. Out: a look-up's list of objects, else the object.
     *
     * @throws VendorException of kind TRANSIENT, the outcome being unknown, when the answer lacks what the file names
     */
    public Object result(
            @Body byte[] answer,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.VENDOR_ID) @Nullable String vendorId,
            @Variable(Names.EFFECT_STEP) Map<String, Object> how,
            @Variable(Names.EFFECT_VERB) String verb) {
        HttpStep step = HttpStep.of(how);
        Object json = VendorJson.parsed(answer);
        return verb.equals("lookup")
                ? objects(step, json, connection.vendor())
                : object(step, json, vendorId == null ? "" : vendorId, connection.vendor());
    }

    private static List<VendorObject> objects(HttpStep step, @Nullable Object json, String vendor) {
        Object found = step.items() == null ? json : Pointers.at(json, step.items());
        if (found instanceof Map) {
            return List.of(object(step, found, "", vendor));
        }
        if (!(found instanceof List<?> list)) {
            throw unreadable(
                    vendor, "an answer to a look-up without " + (step.items() == null ? "JSON" : step.items()));
        }
        return list.stream().map(one -> object(step, one, "", vendor)).toList();
    }

    private static VendorObject object(HttpStep step, @Nullable Object json, String known, String vendor) {
        Object id = Pointers.at(json, step.id() == null ? USUAL_ID : step.id());
        if (id == null && step.id() != null && known.isEmpty()) {
            throw unreadable(vendor, "an answer without " + step.id());
        }
        Object state = step.state() == null ? null : Pointers.at(json, step.state());
        Map<String, Object> facts = new LinkedHashMap<>();
        step.facts().forEach((name, at) -> {
            Object fact = Pointers.at(json, at);
            if (fact != null) {
                facts.put(name, fact);
            }
        });
        return new VendorObject(id == null ? known : id.toString(), state == null ? "" : state.toString(), facts);
    }

    private static VendorException unreadable(String vendor, String what) {
        return new VendorException(ErrorKind.TRANSIENT, vendor, "unreadable", 0, what, "");
    }
}
