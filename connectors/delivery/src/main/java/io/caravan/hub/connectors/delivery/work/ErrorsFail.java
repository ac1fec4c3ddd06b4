package io.caravan.hub.connectors.delivery.work;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Error} of a step fail its exchange as an exception does. Camel 4.17 lets it through: the step counts as
 * done without a failure, the exchange stays in flight for ever, and the rest of its route lies in the thread's queue,
 * where the next exchange of a pooled thread would run it, in another item's unit. On virtual threads, which have no next
 * exchange, every stop then waited for the exchanges that never ended.
 */
public final class ErrorsFail implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
        return new Step(target);
    }

    private static final class Step extends DelegateAsyncProcessor {

        Step(Processor target) {
            super(target);
        }

        @Override
        @SuppressWarnings("PMD.AvoidCatchingThrowable")
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Held held = new Held(callback);
            try {
                boolean sync = super.process(exchange, held);
                held.release();
                return sync;
            } catch (Error e) {
                exchange.setException(new StepFailed(e));
                held.fail();
                return true;
            }
        }
    }

    /** An error of a step, as a failure that the item can be tried again after. */
    static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(Error cause) {
            super(cause.toString(), cause);
        }
    }

    /** Keeps a step's own "done" back until it is known that the step returned. */
    private static final class Held implements AsyncCallback {
        private final AsyncCallback callback;
        private boolean held;
        private boolean passed;

        Held(AsyncCallback callback) {
            this.callback = callback;
        }

        /** {@code sync} is said by the step's own thread, before it returns. */
        @Override
        public void done(boolean sync) {
            if (sync) {
                held = true;
            } else if (pass()) {
                callback.done(false);
            }
        }

        void release() {
            if (held && pass()) {
                callback.done(true);
            }
        }

        void fail() {
            if (pass()) {
                callback.done(true);
            }
        }

        private synchronized boolean pass() {
            boolean first = !passed;
            passed = true;
            return first;
        }
    }
}
