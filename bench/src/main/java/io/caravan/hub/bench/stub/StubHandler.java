package io.caravan.hub.bench.stub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One connection. {@code /enrich/...} is the enricher, {@code /objects} the sink ({@code POST} makes, {@code GET
 * ?reference=} finds, {@code GET /objects/<id>}, {@code DELETE /objects/<id>}), {@code /_bench/...} is for the bench.
 */
final class StubHandler extends SimpleChannelInboundHandler<HttpObject> {

    private static final Pattern REFERENCE = Pattern.compile("\"reference\"\\s*:\\s*\"([^\"]{1,100})\"");
    private static final byte[] ENRICHED =
            "{\"category\":\"home-decor\",\"keywords\":[\"moss\",\"garden\",\"mug\"],\"score\":87}"
                    .getBytes(StandardCharsets.US_ASCII);
    /** Longer than the hub waits for an answer would count as a failure there. */
    private static final long LONGEST_HOLD_MS = 8_000;

    private static final String[] REFERENCE_HEADERS = {"Idempotency-Key", "X-Reference"};

    private final StubState state;
    private @Nullable HttpRequest request;
    private @Nullable ByteBuf body;

    StubHandler(StubState state) {
        this.state = state;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpRequest head) {
            request = head;
        }
        if (part instanceof HttpContent content) {
            gather(context, content.content());
            if (part instanceof LastHttpContent) {
                HttpRequest asked = request;
                String text = body == null ? "" : body.toString(StandardCharsets.UTF_8);
                forget();
                if (asked != null) {
                    answer(context, asked, text);
                }
            }
        }
    }

    private void gather(ChannelHandlerContext context, ByteBuf content) {
        if (content.isReadable()) {
            if (body == null) {
                body = context.alloc().heapBuffer(content.readableBytes());
            }
            body.writeBytes(content);
        }
    }

    private void forget() {
        if (body != null) {
            body.release();
            body = null;
        }
        request = null;
    }

    private void answer(ChannelHandlerContext context, HttpRequest asked, String text) {
        String uri = asked.uri();
        if (uri.startsWith("/enrich")) {
            enrich(context);
        } else if (uri.startsWith("/objects")) {
            sink(context, asked, text);
        } else {
            control(context, uri);
        }
    }

    private void enrich(ChannelHandlerContext context) {
        long delay = state.delayMs();
        Runnable answer = () -> write(context, 200, ENRICHED);
        if (state.held(answer)) {
            context.executor().schedule(state::letGo, LONGEST_HOLD_MS, TimeUnit.MILLISECONDS);
        } else if (delay == 0) {
            answer.run();
        } else {
            context.executor().schedule(answer, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void sink(ChannelHandlerContext context, HttpRequest asked, String text) {
        String uri = asked.uri();
        if (asked.method().equals(HttpMethod.POST)) {
            write(context, 201, json(state.create(item(text), reference(asked, text))));
        } else if (uri.startsWith("/objects/")) {
            String id = uri.substring("/objects/".length());
            StubState.Made made = state.get(id);
            if (made == null) {
                write(context, 404, "{\"error\":\"not found\"}");
            } else if (asked.method().equals(HttpMethod.DELETE)) {
                state.cancel(id);
                write(context, 200, "{}");
            } else {
                write(context, 200, json(made));
            }
        } else {
            List<String> wanted = new QueryStringDecoder(uri).parameters().getOrDefault("reference", List.of());
            write(
                    context,
                    200,
                    wanted.isEmpty()
                            ? "{\"items\":[]}"
                            : state.find(wanted.get(0)).stream()
                                    .map(StubHandler::json)
                                    .collect(Collectors.joining(",", "{\"items\":[", "]}")));
        }
    }

    private void control(ChannelHandlerContext context, String uri) {
        if (uri.equals("/_bench/objects")) {
            write(context, 200, state.lines());
            return;
        }
        if (uri.equals("/_bench/hold")) {
            state.hold();
        } else if (uri.equals("/_bench/release")) {
            state.release();
        } else if (uri.equals("/_bench/forget")) {
            state.forget();
        } else if (uri.startsWith("/_bench/delay/")) {
            state.delay(Long.parseLong(uri.substring("/_bench/delay/".length())));
        } else if (!uri.equals("/_bench/counts")) {
            write(context, 404, "{\"error\":\"no such path\"}");
            return;
        }
        write(context, 200, state.counts());
    }

    private static String json(StubState.Made made) {
        return "{\"id\":\"" + made.id() + "\",\"reference\":\"" + made.reference() + "\",\"item\":\"" + made.item()
                + "\",\"state\":\"live\"}";
    }

    /** Which item of the bench the request is about, wherever the job put it. */
    private static String item(String text) {
        int at = text.indexOf("bench-");
        return at < 0 || at + ITEM > text.length() ? "unknown" : text.substring(at, at + ITEM);
    }

    private static final int ITEM = "bench-abcdef-0000000".length();

    private static String reference(HttpRequest asked, String text) {
        for (String name : REFERENCE_HEADERS) {
            String value = asked.headers().get(name);
            if (value != null) {
                return value;
            }
        }
        Matcher found = REFERENCE.matcher(text);
        return found.find() ? found.group(1) : "none";
    }

    private static void write(ChannelHandlerContext context, int status, String json) {
        write(context, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(ChannelHandlerContext context, int status, byte[] json) {
        ByteBuf out = context.alloc().ioBuffer(json.length + 128);
        ByteBufUtil.writeAscii(
                out,
                "HTTP/1.1 " + status + (status < 300 ? " OK" : " No")
                        + "\r\ncontent-type: application/json\r\ncontent-length: " + json.length + "\r\n\r\n");
        out.writeBytes(json);
        context.writeAndFlush(out, context.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
