package io.caravan.hub.config.store.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last step of REST routes: status, headers and the body as bytes. */
@Component("answers")
public class Answers {

    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final ObjectStore objects;

    public Answers(ObjectStore objects) {
        this.objects = objects;
    }

    /** 202 and where to ask; for use inside the {@code accept} policy, which keeps it for replays. */
    public void accepted(Exchange exchange, @Variable(Names.JOB) String jobId) {
        String location = "/api/v1/jobs/" + jobId;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("job_id", jobId);
        body.put("status", "pending");
        body.put("location", location);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        message.setHeader("Location", location);
        message.setBody(text(body));
    }

    /** The image as the review left it, kept by {@code images.review} in the variable {@code reviewed}. */
    public void reviewed(Exchange exchange, @Variable("reviewed") Object image) {
        exchange.getMessage().setBody(image);
        json(exchange);
    }

    /** 202 and the dead letter that was put back to work. */
    public void replayed(Exchange exchange, @Variable("path") Map<String, Object> path) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        message.setHeader("Location", "/api/v1/dead-letters/" + path.get("id"));
        json(exchange);
    }

    /** The body as JSON. Text and bytes (the stored answer of an earlier request) stay as they are. */
    public void json(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        if (!(body instanceof String) && !(body instanceof byte[])) {
            message.setBody(text(body));
        }
        message.setHeader(Exchange.CONTENT_TYPE, JSON);
        if (Integer.valueOf(202).equals(message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))) {
            message.setHeader("Retry-After", 1);
        }
    }

    /** A list as JSON, with the address of its next page. */
    public void page(
            Exchange exchange,
            @Variable("query") Map<String, Object> query,
            @ExchangeProperty("hub.instance") String path) {
        Message message = exchange.getMessage();
        if (message.getBody() instanceof Map<?, ?> page && page.get("next") != null) {
            Map<String, Object> next = new LinkedHashMap<>(query);
            next.put("cursor", page.get("next"));
            String address = next.entrySet().stream()
                    .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                    .collect(Collectors.joining("&", path + "?", ""));
            message.setHeader("Link", "<" + address + ">; rel=\"next\"");
        }
        json(exchange);
    }

    /** 204. */
    public void nothing(Exchange exchange) {
        exchange.getMessage().setBody(null);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
    }

    /** A short list without pages as JSON. */
    public void list(Exchange exchange) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", exchange.getMessage().getBody());
        page.put("next", null);
        exchange.getMessage().setBody(page);
        json(exchange);
    }

    /** The bytes of the stored object in the body. They are named by their hash and never change. */
    public void object(Exchange exchange, @Variable(Names.ACCOUNT) AccountId account) {
        Message message = exchange.getMessage();
        StoredObject stored = message.getBody(StoredObject.class);
        message.setBody(objects.get(account, stored.kind(), stored.sha256()));
        message.setHeader(Exchange.CONTENT_TYPE, stored.mediaType());
        message.setHeader("ETag", "\"" + stored.sha256() + "\"");
        message.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
    }

    private static String text(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }
}
