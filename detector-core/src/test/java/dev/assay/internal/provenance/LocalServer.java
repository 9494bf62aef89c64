package dev.assay.internal.provenance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web server on this machine that serves what it is told to, and 404 for the rest. */
final class LocalServer implements AutoCloseable {

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final HttpServer server;

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = served.getOrDefault(path, new byte[0]);
          int status = body.length == 0 ? 404 : 200;
          if (redirects.containsKey(path)) {
            exchange.getResponseHeaders().add("Location", redirects.get(path));
            status = 302;
          }
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  /** Serves this under a path. */
  void serve(String path, byte[] body) {
    served.put(path, body);
  }

  /** Sends who asks for a path elsewhere. */
  void redirect(String path, String location) {
    redirects.put(path, location);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The address of a path. */
  String at(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
