package dev.assay.server.internal.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Bodies of requests that are refused before they are read. A client that still writes when its
 * connection is closed may never see the answer; so a few at a time, and none that are large, are
 * read to their end. Thread-safe.
 */
final class UnreadBody {

  private static final long MAX_BYTES = 8_388_608;
  private static final long MAX_NANOSECONDS = 2_000_000_000L;
  private static final int AT_A_TIME = 16;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Semaphore places = new Semaphore(AT_A_TIME);

  /**
   * Reads what is left of a body.
   *
   * @return whether nothing is left, so that the connection can be used again
   */
  boolean isRead(Context context) {
    long length = context.req().getContentLengthLong();
    if (length == 0) {
      return true;
    }
    if (length < 0 || length > MAX_BYTES || !places.tryAcquire()) {
      return false;
    }
    try {
      return isRead(context.req().getInputStream());
    } catch (IOException e) {
      return false;
    } finally {
      places.release();
    }
  }

  private static boolean isRead(InputStream body) throws IOException {
    long begun = System.nanoTime();
    byte[] buffer = new byte[BUFFER_BYTES];
    while (System.nanoTime() - begun < MAX_NANOSECONDS) {
      if (body.read(buffer) < 0) {
        return true;
      }
    }
    return false;
  }
}
