package dev.assay.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.internal.resource.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one detector said of each content under one condition, kept on disk as JSON Lines, so that
 * an evaluation goes on where it was, and a second one of the same files takes seconds. A detector
 * is known by its release, its models and its settings: another one has another file. Thread-safe.
 */
final class OutcomeCache implements Closeable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NAME_DIGITS = 24;

  private final Map<String, Outcome> known = new HashMap<>();
  private final BufferedWriter out;

  /**
   * Opens the cache of a detector and a condition.
   *
   * @param folder where caches lie; made if it is not there
   * @param detector what tells one detector from another
   * @param condition code of the condition
   */
  OutcomeCache(Path folder, String detector, String condition) throws IOException {
    Files.createDirectories(folder);
    String hash = Sha256.hexadecimal(detector.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(hash.substring(0, NAME_DIGITS) + "-" + condition + ".jsonl");
    if (Files.exists(file)) {
      load(file);
      endLine(file);
    }
    this.out =
        Files.newBufferedWriter(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** A line that was cut off, or is broken, is examined again. */
  private void load(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        try {
          Outcome outcome = JSON.readValue(line, Outcome.class);
          known.put(outcome.sha256(), outcome);
        } catch (JsonProcessingException e) {
          // As above.
        }
      }
    }
  }

  /** So that what comes next is a line of its own. */
  private static void endLine(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      if (bytes.length() > 0) {
        bytes.seek(bytes.length() - 1);
        if (bytes.read() != '\n') {
          bytes.write('\n');
        }
      }
    }
  }

  synchronized Optional<Outcome> find(String sha256) {
    return Optional.ofNullable(known.get(sha256));
  }

  synchronized void add(Outcome outcome) throws IOException {
    known.put(outcome.sha256(), outcome);
    out.write(JSON.writeValueAsString(outcome));
    out.write('\n');
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
