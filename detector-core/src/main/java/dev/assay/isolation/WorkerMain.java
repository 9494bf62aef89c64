package dev.assay.isolation;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.InstallationException;
import dev.assay.report.ReportJson;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The main class of a worker process: examines the files that its parent names, one after the
 * other, until the parent closes its end.
 */
final class WorkerMain {

  /** A file to examine. */
  private record Request(String path, String name) {}

  private final DataInputStream in;
  private final DataOutputStream out;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  private WorkerMain(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Runs the worker; there are no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // The parent ends its workers; Ctrl-C reaches them too, while the files in hand are finished.
    Signals.ignore();
    // Standard output is for answers; what libraries print goes to standard error.
    System.setOut(System.err);
    new WorkerMain(
            new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in))),
            new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))))
        .run();
  }

  private void run() throws IOException, InterruptedException {
    DetectorSettings settings = WorkerMessages.readSettings(in);
    Thread reader = new Thread(this::readRequests, "assay-requests");
    reader.setDaemon(true);
    reader.start();
    try (Detector detector = Detector.builder().withSettings(settings).build()) {
      answer(WorkerMessages.READY, "");
      while (true) {
        Request request = requests.take();
        answer(
            WorkerMessages.REPORT,
            ReportJson.line(detector.analyze(Path.of(request.path()), request.name())));
      }
    } catch (InstallationException e) {
      answer(WorkerMessages.BROKEN_INSTALLATION, String.valueOf(e.getMessage()));
    }
  }

  private void answer(int kind, String text) throws IOException {
    out.writeInt(WorkerMessages.MARK);
    out.writeInt(kind);
    WorkerMessages.writeText(out, text);
    out.flush();
  }

  /** On a thread of its own, so that the process ends with its parent, whatever it is at. */
  private void readRequests() {
    try {
      while (true) {
        requests.add(new Request(WorkerMessages.readText(in), WorkerMessages.readText(in)));
      }
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0);
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
