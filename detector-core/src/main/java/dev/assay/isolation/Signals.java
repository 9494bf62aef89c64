package dev.assay.isolation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the signals by which a user or a system asks a process to end.
 *
 * <p>By reflection, since {@code sun.misc.Signal}, of the supported module {@code jdk.unsupported},
 * cannot be named without a warning of the compiler; where a runtime has none, nothing is taken and
 * the process ends at once as it would have.
 */
public final class Signals {

  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /**
   * Runs something when the process is asked to end, in place of ending.
   *
   * @param handler takes the signal's name, {@code INT} for example, on a thread of its own
   */
  public static void onEnd(Consumer<String> handler) {
    for (String name : ENDING) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        InvocationHandler call =
            (proxy, method, arguments) -> handled(proxy, method, arguments, handler, name);
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, call);
        signal
            .getMethod("handle", signal, type)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // A runtime or a system without this signal.
      }
    }
  }

  /** Lets the process go on when it is asked to end. */
  public static void ignore() {
    onEnd(name -> {});
  }

  private static Object handled(
      Object proxy, Method method, Object[] arguments, Consumer<String> handler, String name) {
    return switch (method.getName()) {
      case "handle" -> {
        handler.accept(name);
        yield "";
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of " + name;
    };
  }
}
