package io.caravan.hub.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection with at most one request under way. All of it on the generator's one thread. */
final class Wire extends SimpleChannelInboundHandler<HttpObject> {

    /** Told once for each request: the status, or 0 when the connection ended first. */
    interface Reply {
        void on(Wire wire, int status, String body);
    }

    private final boolean wantsBody;
    private final StringBuilder body = new StringBuilder();
    private @Nullable Channel channel;
    private @Nullable Reply reply;
    private int status;
    private boolean closes;

    Wire(boolean wantsBody) {
        this.wantsBody = wantsBody;
    }

    boolean usable() {
        Channel open = channel;
        return open != null && open.isActive() && reply == null && !closes;
    }

    void send(ByteBuf request, Reply then) {
        Channel open = channel;
        if (open == null || reply != null) {
            throw new IllegalStateException("this connection is not free");
        }
        reply = then;
        open.writeAndFlush(request, open.voidPromise());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpResponse head) {
            status = head.status().code();
            closes = !HttpUtil.isKeepAlive(head);
            body.setLength(0);
        }
        if (part instanceof HttpContent content) {
            if (wantsBody) {
                body.append(content.content().toString(StandardCharsets.UTF_8));
            }
            if (part instanceof LastHttpContent) {
                ended(status);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closes = true;
        ended(0);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private void ended(int with) {
        Reply waiting = reply;
        reply = null;
        if (waiting != null) {
            waiting.on(this, with, body.toString());
        }
    }
}
