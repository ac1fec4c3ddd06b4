package io.caravan.hub.connectors.delivery.lane;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that mostly wait for vendors: virtual ones where the JVM has them. */
final class Threads {

    private Threads() {}

    static ExecutorService forWork() {
        if (Runtime.version().feature() >= 21) {
            try {
                MethodHandle factory = MethodHandles.publicLookup()
                        .findStatic(
                                Executors.class,
                                "newVirtualThreadPerTaskExecutor",
                                MethodType.methodType(ExecutorService.class));
                return (ExecutorService) factory.invokeExact();
            } catch (Throwable e) {
                throw new IllegalStateException("this JVM should have virtual threads", e);
            }
        }
        // bounded by the consumers: the dispatcher submits no more than the sum of their concurrency
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "hub-work-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
