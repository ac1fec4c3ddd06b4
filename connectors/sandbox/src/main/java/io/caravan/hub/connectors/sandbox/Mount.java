package io.caravan.hub.connectors.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** One vendor's place on the server: its router, its memory, its log, and the faults that strike it. */
final class Mount {

    private final String vendor;
    private final Router router = new Router();
    private final SandboxState state;
    private final RequestLog log;
    private final Faults faults;

    Mount(VendorSandbox sandbox, Path folder, Faults faults) {
        this.vendor = sandbox.vendor();
        this.state = new SandboxState(folder);
        this.log = new RequestLog(folder);
        this.faults = faults;
        sandbox.mount(router, state);
    }

    SandboxState state() {
        return state;
    }

    RequestLog log() {
        return log;
    }

    void serve(HttpExchange exchange, ExecutorService later) throws IOException {
        Call call = Wire.read(exchange, "/" + vendor);
        Optional<Fault> fault = faults.striking(vendor, call);
        if (fault.isEmpty()) {
            reply(exchange, call, act(call));
            return;
        }
        switch (fault.get().kind()) {
            case ANSWER -> reply(exchange, call, made(fault.get()));
            case EFFECT_ANSWER -> {
                act(call);
                reply(exchange, call, made(fault.get()));
            }
            case DELAY -> {
                hold(fault.get());
                reply(exchange, call, act(call));
            }
            case HANG -> {
                log.add(call, 0);
                hold(fault.get());
            }
            case EFFECT_HANG -> {
                log.add(call, act(call).status());
                hold(fault.get());
            }
            case LATE_EFFECT -> {
                log.add(call, 0);
                later.execute(() -> {
                    hold(fault.get());
                    act(call);
                });
            }
            case RESET -> log.add(call, 0);
            case EFFECT_RESET -> log.add(call, act(call).status());
            case CUT -> {
                Answer whole = act(call);
                log.add(call, whole.status());
                Wire.writeCut(exchange, whole);
            }
        }
    }

    private Answer act(Call call) {
        try {
            return router.answer(call);
        } catch (RuntimeException e) {
            // a fault of the sandbox itself must be seen as one, not be taken for the vendor's
            return Answer.json(599, Map.of("sandbox_error", String.valueOf(e)));
        }
    }

    private void reply(HttpExchange exchange, Call call, Answer answer) throws IOException {
        log.add(call, answer.status());
        Wire.write(exchange, answer);
    }

    private static Answer made(Fault fault) {
        Integer status = fault.status();
        String body = fault.body();
        Answer answer = Answer.text(status == null ? 500 : status, "application/json", body == null ? "{}" : body);
        Map<String, String> headers = fault.headers();
        if (headers != null) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                answer = answer.header(header.getKey(), header.getValue());
            }
        }
        return answer;
    }

    private static void hold(Fault fault) {
        try {
            Thread.sleep(fault.delayMs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
