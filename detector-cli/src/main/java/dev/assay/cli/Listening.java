package dev.assay.cli;

import dev.assay.server.AssayServer;
import dev.assay.server.ServerSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A server that runs until its process, or whoever runs its thread, is asked to end. */
final class Listening {

  private Listening() {}

  /**
   * Runs it.
   *
   * @param log takes a line for each request
   * @param told is handed the server once it listens
   * @throws IOException if it cannot listen; the message is a sentence
   */
  static void run(
      ServerSettings settings, PrintStream log, Terminal terminal, Consumer<AssayServer> told)
      throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    try (AssayServer server = AssayServer.start(settings, log)) {
      Thread closer = new Thread(server::close, "assay-end");
      if (terminal.ownsProcess()) {
        Runtime.getRuntime().addShutdownHook(closer);
      }
      server.warmUp();
      told.accept(server);
      ended.await();
    } catch (InterruptedException e) {
      // Asked to end by whoever runs this thread: the server is closed by now.
      Thread.currentThread().interrupt();
    }
  }
}
