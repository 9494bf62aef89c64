package dev.assay.server.internal.work;

import dev.assay.DetectorSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts worker processes before the first file arrives: each reads its models, and examines a
 * picture, which takes seconds.
 */
public final class WarmUp {

  private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final int SIDE = 256;
  private static final int CHANNELS = 3;
  private static final int HEADER_BYTES = 54;

  private WarmUp() {}

  /**
   * Begins, and goes on in the background.
   *
   * @param folder for a picture, which is removed afterwards
   * @param processes how many
   * @param done is run once all were started, or could not be
   */
  public static void begin(
      Detectors detectors, DetectorSettings settings, Path folder, int processes, Runnable done) {
    Thread thread =
        new Thread(
            () -> {
              try {
                run(detectors, settings, folder, processes);
              } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "no worker was started in advance", e);
              } finally {
                done.run();
              }
            },
            "assay-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(
      Detectors detectors, DetectorSettings settings, Path folder, int processes)
      throws IOException {
    Path picture = Files.createTempFile(folder, "warm-up", null);
    try {
      Files.write(picture, bitmap());
      // At the same time, so that each is asked of a process of its own.
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        Thread thread = new Thread(() -> ask(detectors, settings, picture), "assay-warm-up-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  private static void ask(Detectors detectors, DetectorSettings settings, Path picture) {
    try {
      var unused = detectors.ask(settings, detector -> detector.analyze(picture, "warm-up"));
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the server ends while it warms up", e);
    } catch (RuntimeException e) {
      // The first file will tell its sender the same.
      LOG.log(System.Logger.Level.WARNING, "no worker was started in advance", e);
    }
  }

  /** A picture of stripes, as a Windows bitmap with a header of 40 bytes. */
  private static byte[] bitmap() {
    int size = SIDE * SIDE * CHANNELS;
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(HEADER_BYTES + size).putInt(0).putInt(HEADER_BYTES);
    file.putInt(40).putInt(SIDE).putInt(SIDE).putShort((short) 1).putShort((short) 24);
    file.putInt(0).putInt(size).putInt(0).putInt(0).putInt(0).putInt(0);
    for (int i = 0; i < size; i++) {
      file.put((byte) (i / CHANNELS));
    }
    return file.array();
  }
}
