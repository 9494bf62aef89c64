package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A folder of damaged files: every one has a report, nothing hangs, no process is left, and memory
 * does not grow. {@code -Dassay.damaged.files=5000} makes the large form.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@Tag("long")
class DamagedFilesTest {

  private static final int FILES = Integer.getInteger("assay.damaged.files", 150);
  private static final long SEED = Long.getLong("assay.damaged.seed", 20261126);
  private static final int MAX_BYTES = 1 << 21;

  @TempDir private Path folder;

  @Test
  void everyDamagedFileHasAReport() throws Exception {
    Path media = Files.createDirectory(folder.resolve("media"));
    makeDamaged(media);
    Path output = folder.resolve("reports.jsonl");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("scan", "--profile", "fast", "--timeout", "20", "-o"));
    command.addAll(List.of(output.toString(), media.toString()));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Memory memory = new Memory(process, folder.resolve("reports.jsonl.part"));
    memory.start();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(ExitCode.SOME_FAILED, process.waitFor(), errors);
    memory.join();
    assertFalse(errors.contains("Corrupt JPEG"), "what a library prints belongs nowhere");
    assertEquals(Set.of(), missing(media, output));
    assertFalse(ProcessHandle.current().descendants().findAny().isPresent());
    memory.report();
  }

  /** Files without a report; and prints how many failed of what. */
  private static Set<String> missing(Path media, Path output) throws IOException {
    Set<String> missing = new HashSet<>();
    try (Stream<Path> files = Files.list(media)) {
      files.map(Path::toString).filter(name -> !name.endsWith(".zip")).forEach(missing::add);
    }
    Map<String, Integer> outcomes = new TreeMap<>();
    try (BufferedReader reader = Files.newBufferedReader(output)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode report = new ObjectMapper().readTree(line);
        missing.remove(report.at("/file/path").asText());
        String code = report.at("/error/code").asText();
        outcomes.merge(code.isEmpty() ? "ok" : code, 1, Integer::sum);
        if (code.equals("crashed") || code.equals("internal") || code.equals("timed-out")) {
          System.out.println(report.at("/error/message").asText());
        }
      }
    }
    System.out.println("Damaged files: " + outcomes);
    return missing;
  }

  private static void makeDamaged(Path media) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String place :
        List.of(
            "../datasets/samples",
            "../detector-core/src/test/resources/cases",
            System.getProperty("assay.damaged.sources", "../datasets/samples"))) {
      try (Stream<Path> files = Files.walk(Path.of(place))) {
        files.filter(Files::isRegularFile).filter(DamagedFilesTest::small).forEach(sources::add);
      }
    }
    sources.sort(null);
    Random random = new Random(SEED);
    for (int i = 0; i < FILES; i++) {
      Path source = sources.get(random.nextInt(sources.size()));
      byte[] content =
          damaged(Files.readAllBytes(source), Files.readAllBytes(sources.get(0)), random);
      String name = source.getFileName().toString();
      String ending = name.contains(".") ? name.substring(name.lastIndexOf('.')) : ".jpg";
      if (i % 25 == 24) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
          out.putNextEntry(new ZipEntry(name));
          out.write(content);
        }
        content = damaged(zip.toByteArray(), content, random);
        ending = ".zip";
      }
      // Not to be passed over, whatever is left of it: its name claims media.
      Files.write(media.resolve(i + (ending.matches("\\.(md|txt)") ? ".jpg" : ending)), content);
    }
  }

  private static boolean small(Path file) {
    try {
      return Files.size(file) > 0 && Files.size(file) < MAX_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Bits flipped, bytes replaced by extremes, a piece cut out, doubled or replaced, or the end cut.
   */
  private static byte[] damaged(byte[] content, byte[] other, Random random) {
    byte[] bytes = content.clone();
    int changes = 1 + random.nextInt(20);
    // Headers are where it hurts.
    int reach = random.nextBoolean() ? Math.min(bytes.length, 512) : bytes.length;
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(reach);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        case 2 -> {
          for (int j = at; j < Math.min(bytes.length, at + 4); j++) {
            bytes[j] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
          }
        }
        default -> bytes[at] = (byte) random.nextInt(256);
      }
    }
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(4096, bytes.length - at) + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, Math.max(1, at));
      case 1 -> join(Arrays.copyOf(bytes, at + length), bytes, at);
      case 2 -> join(Arrays.copyOf(bytes, at), bytes, Math.min(bytes.length - 1, at + length));
      case 3 -> join(Arrays.copyOf(bytes, at), other, Math.min(other.length - 1, at));
      default -> bytes;
    };
  }

  private static byte[] join(byte[] begin, byte[] rest, int from) {
    byte[] joined = Arrays.copyOf(begin, begin.length + rest.length - from);
    System.arraycopy(rest, from, joined, begin.length, rest.length - from);
    return joined;
  }

  /** The resident memory of a process and its workers, as reports come. */
  private static final class Memory extends Thread {

    /** What a warm scan with two workers takes, in KiB. */
    private static final double WARM = 1_500_000;

    private final Process process;
    private final Path growing;
    private final List<Long> kibibytes = new ArrayList<>();

    Memory(Process process, Path growing) {
      super("memory");
      this.process = process;
      this.growing = growing;
    }

    @Override
    public void run() {
      while (process.isAlive()) {
        if (Files.exists(growing)) {
          long sum = resident(process.pid());
          sum += process.descendants().mapToLong(worker -> resident(worker.pid())).sum();
          kibibytes.add(sum);
        }
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private static long resident(long pid) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          if (line.startsWith("VmRSS")) {
            return Long.parseLong(line.replaceAll("\\D", ""));
          }
        }
      } catch (IOException e) {
        // It is gone, or this is no Linux.
      }
      return 0;
    }

    /**
     * The last quarter takes no more than the second one, within what a large picture may take; of
     * a short run the second quarter is still the start of the workers.
     */
    void report() {
      if (kibibytes.size() < 40) {
        return;
      }
      long second = median(kibibytes.size() / 4, kibibytes.size() / 2);
      long last = median(kibibytes.size() * 3 / 4, kibibytes.size());
      System.out.println("Resident memory: " + second + " KiB, later " + last + " KiB");
      assertTrue(
          last < Math.max(second * 1.5 + 200_000, WARM), second + " KiB, later " + last + " KiB");
    }

    private long median(int from, int to) {
      List<Long> part = new ArrayList<>(kibibytes.subList(from, to));
      part.sort(null);
      return part.get(part.size() / 2);
    }
  }
}
