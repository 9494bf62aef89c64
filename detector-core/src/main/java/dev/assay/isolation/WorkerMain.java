package dev.assay.isolation;

import dev.assay.Condition;
import dev.assay.ContentFeatures;
import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Fingerprinted;
import dev.assay.InstallationException;
import dev.assay.Report;
import dev.assay.internal.report.ReportJson;
import dev.assay.page.PageTexts;
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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The main class of a worker process: looks at the files that its parent names, one after the
 * other, until the parent closes its end.
 */
final class WorkerMain {

  /**
   * A file to look at.
   *
   * @param question what is asked of it
   * @param how the hash of its content, if it is known; longer side of a small picture of it; the
   *     condition of a copy; or the language of its page
   */
  private record Request(int question, String path, String name, String how) {}

  private static final byte[] NOTHING = {};

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
    try (Detector detector = Detector.open(settings)) {
      answer(WorkerMessages.READY, "");
      while (true) {
        answer(detector, requests.take());
      }
    } catch (InstallationException e) {
      answer(WorkerMessages.BROKEN_INSTALLATION, String.valueOf(e.getMessage()));
    }
  }

  private void answer(Detector detector, Request request) throws IOException {
    Path file = Path.of(request.path());
    switch (request.question()) {
      case WorkerMessages.EXAMINE ->
          answer(WorkerMessages.REPORT, ReportJson.line(report(detector, file, request)));
      case WorkerMessages.THUMBNAIL -> {
        int side = Integer.parseInt(request.how());
        answer(detector.thumbnail(file, side));
      }
      case WorkerMessages.FEATURES -> answer(detector.features(file).map(ContentFeatures::bytes));
      case WorkerMessages.COPY -> answer(detector.copy(file, Condition.of(request.how())));
      case WorkerMessages.FINGERPRINT -> {
        Fingerprinted made = detector.fingerprinted(file, request.name());
        begin(WorkerMessages.REPORT);
        WorkerMessages.writeText(out, ReportJson.line(made.report()));
        WorkerMessages.writeContent(out, made.content().orElse(NOTHING));
        out.flush();
      }
      case WorkerMessages.PAGE -> {
        ReportPage made =
            ReportPage.of(detector, file, request.name(), PageTexts.of(request.how()));
        begin(WorkerMessages.REPORT);
        WorkerMessages.writeText(out, ReportJson.line(made.report()));
        WorkerMessages.writeText(out, made.html());
        out.flush();
      }
      default -> throw new IOException("a question of the unknown kind " + request.question());
    }
  }

  private static Report report(Detector detector, Path file, Request request) {
    return request.how().isEmpty()
        ? detector.analyze(file, request.name())
        : detector.analyze(file, request.name(), request.how());
  }

  private void answer(Optional<byte[]> content) throws IOException {
    begin(WorkerMessages.CONTENT);
    WorkerMessages.writeContent(out, content.orElse(NOTHING));
    out.flush();
  }

  private void answer(int kind, String text) throws IOException {
    begin(kind);
    WorkerMessages.writeText(out, text);
    out.flush();
  }

  private void begin(int kind) throws IOException {
    out.writeInt(WorkerMessages.MARK);
    out.writeInt(kind);
  }

  /** On a thread of its own, so that the process ends with its parent, whatever it is at. */
  private void readRequests() {
    try {
      while (true) {
        requests.add(
            new Request(
                in.readInt(),
                WorkerMessages.readText(in),
                WorkerMessages.readText(in),
                WorkerMessages.readText(in)));
      }
    } catch (EOFException e) {
      Runtime.getRuntime().halt(0);
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }
}
