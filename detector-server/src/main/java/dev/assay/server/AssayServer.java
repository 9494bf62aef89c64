package dev.assay.server;

import dev.assay.server.internal.access.Access;
import dev.assay.server.internal.http.Assembly;
import dev.assay.server.internal.http.HttpService;
import dev.assay.server.internal.intake.DataFolder;
import dev.assay.server.internal.intake.Uploads;
import dev.assay.server.internal.work.Detectors;
import dev.assay.server.internal.work.WarmUp;
import dev.assay.server.internal.work.Workshop;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assay over HTTP. Files are examined in processes of their own, so that a hostile one takes
 * nothing down but its own answer.
 *
 * <pre>{@code
 * try (AssayServer server = AssayServer.start(ServerSettings.defaults(), System.out)) {
 *   System.out.println(server.port());
 * }
 * }</pre>
 *
 * <p>Owns its threads, processes and temporary files until it is closed.
 */
public final class AssayServer implements AutoCloseable {

  private final ServerSettings settings;
  private final Access access;
  private final DataFolder data;
  private final Uploads uploads;
  private final Workshop workshop;
  private final Detectors detectors;
  private final HttpService http;

  private AssayServer(
      ServerSettings settings,
      Access access,
      DataFolder data,
      Uploads uploads,
      Workshop workshop,
      Detectors detectors,
      HttpService http) {
    this.settings = settings;
    this.access = access;
    this.data = data;
    this.uploads = uploads;
    this.workshop = workshop;
    this.detectors = detectors;
    this.http = http;
  }

  /**
   * Starts a server.
   *
   * @param log takes a line of JSON for each request; stays open
   * @throws IOException if the file of keys cannot be used, the address is open to others and there
   *     is no file of keys, or nobody can listen there; the message is a sentence
   * @throws dev.assay.InstallationException if models or libraries are missing
   */
  public static AssayServer start(ServerSettings settings, PrintStream log) throws IOException {
    boolean loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
    if ((!loopback || settings.proxied()) && settings.keys().isEmpty()) {
      throw new IOException(
          (settings.proxied() ? "Through a proxy the server" : settings.host())
              + " can be reached from other machines; that needs a file of keys (--keys).");
    }
    Access access = Access.of(settings.keys(), settings.desk());
    DataFolder data = DataFolder.open(settings.data());
    Uploads uploads = new Uploads(data.arriving());
    Workshop workshop = new Workshop(settings.workers(), settings.queue());
    Detectors detectors = new Detectors(settings.workers(), settings.isolation());
    @Nullable HttpService http = null;
    boolean started = false;
    try {
      http = Assembly.of(settings, data, uploads, workshop, detectors, access, log);
      http.start();
      started = true;
      return new AssayServer(settings, access, data, uploads, workshop, detectors, http);
    } catch (io.javalin.util.JavalinException e) {
      throw new IOException(
          "Nothing can listen on "
              + settings.host()
              + ", port "
              + settings.port()
              + "; another program may do so already.",
          e);
    } finally {
      if (!started) {
        if (http != null) {
          http.close();
        }
        workshop.close();
        detectors.close();
        data.close();
      }
    }
  }

  /**
   * Starts worker processes in the background, so that the first file does not wait for models;
   * until then the server says that it is not ready, and takes files all the same.
   */
  public void warmUp() {
    http.warm(false);
    WarmUp.begin(
        detectors, settings.detector(), data.arriving(), settings.workers(), () -> http.warm(true));
  }

  /** The TCP port that it listens on. */
  public int port() {
    return http.port();
  }

  /**
   * The address of the page for people. Where there is no file of keys it holds one that was made
   * at the start, behind {@code #}, where browsers keep it to themselves.
   */
  public URI deskAddress() {
    return deskAddress(access.own());
  }

  /** The same with a code in place of the key, which lets in once: for starting a browser. */
  public URI deskAddressOnce() {
    return deskAddress(access.once());
  }

  private URI deskAddress(Optional<String> key) {
    return URI.create(address() + "/desk/" + key.map(text -> "#" + text).orElse(""));
  }

  /** The address of the server itself. */
  public URI address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create((settings.tls().isPresent() ? "https://" : "http://") + host + ":" + port());
  }

  /** How many files that were sent lie in its temporary folder. */
  public int files() {
    return uploads.count();
  }

  /**
   * Says that it is not ready, lets requests in flight end within the grace, and ends; what is
   * examined even then is given up.
   */
  @Override
  public void close() {
    try {
      long begun = System.nanoTime();
      http.finish(settings.grace());
      workshop.finish(settings.grace().minusNanos(System.nanoTime() - begun));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workshop.close();
    detectors.close();
    // The next server must not find a file that this one is about to finish.
    workshop.awaitEnd();
    http.close();
    try {
      data.close();
    } catch (IOException e) {
      System.getLogger(AssayServer.class.getName())
          .log(System.Logger.Level.WARNING, "the folder of the server stays locked", e);
    }
  }
}
