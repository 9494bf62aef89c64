package dev.assay.server.internal.http;

import dev.assay.internal.resource.ShippedData;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.TreeMap;

/** Files of a page that ship with the server, and hold no secret. */
final class StaticFiles {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private final String policy;
  private final Map<String, String> resources = new TreeMap<>();

  /**
   * None yet.
   *
   * @param policy what the page may do, as the header {@code Content-Security-Policy} has it
   */
  StaticFiles(String policy) {
    this.policy = policy;
  }

  /** Answers an address with a resource of the class path. */
  void add(String address, String resource) {
    resources.put(address, resource);
  }

  /** Whether a request asks for one of them. */
  boolean has(Context context) {
    return context.method().equals(HandlerType.GET) && resources.containsKey(context.path());
  }

  /**
   * Adds their addresses.
   *
   * @throws dev.assay.InstallationException if a resource is missing
   */
  void addTo(RoutesConfig routes) {
    resources.forEach((address, resource) -> add(routes, address, resource));
  }

  private void add(RoutesConfig routes, String address, String resource) {
    byte[] content = ShippedData.bytes(resource);
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    routes.get(
        address,
        context -> {
          context.header("Content-Security-Policy", policy);
          context.contentType(type).result(content);
        });
  }
}
