package io.caravan.hub.proof.fuzz;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parsers that only their own package sees: what stands before them in the product is another target or needs a network. */
final class Hidden {

    private Hidden() {}

    /** The one static or other method of this name and number of parameters. */
    static @Nullable Object call(String type, @Nullable Object on, String name, @Nullable Object... arguments)
            throws Throwable {
        Method method = Arrays.stream(type(type).getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && one.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no " + name));
        method.setAccessible(true);
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    static Object make(String type, Object... arguments) {
        try {
            Constructor<?> made = Arrays.stream(type(type).getDeclaredConstructors())
                    .filter(one -> one.getParameterCount() == arguments.length)
                    .findFirst()
                    .orElseThrow();
            made.setAccessible(true);
            return made.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type, e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
