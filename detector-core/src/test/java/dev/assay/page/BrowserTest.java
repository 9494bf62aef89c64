package dev.assay.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Detector;
import dev.assay.DetectorSettings;
import dev.assay.Profile;
import dev.assay.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages in headless Chromium: nothing hostile runs, nothing is asked for, nothing is amiss. */
class BrowserTest {

  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  @TempDir private Path folder;

  @BeforeAll
  static void requireBrowser() {
    if (BROWSERS.stream().noneMatch(Files::isExecutable)) {
      System.err.println("SKIPPED BrowserTest: there is no Chromium in /usr/bin.");
      Assumptions.abort("no Chromium");
    }
  }

  /** What Chromium made of a page. */
  private record Loaded(String dom, String log, String network) {}

  private Loaded load(Path page) throws IOException, InterruptedException {
    Path network = folder.resolve("network.json");
    Path log = folder.resolve("log.txt");
    Path dom = folder.resolve("dom.txt");
    List<String> command = new ArrayList<>();
    command.add(BROWSERS.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--log-net-log=" + network,
            "--virtual-time-budget=3000",
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(dom.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium hangs");
    return new Loaded(Files.readString(dom), Files.readString(log), Files.readString(network));
  }

  private static void assertHarmless(Loaded loaded) {
    assertTrue(loaded.dom().contains("</html>"), loaded.log());
    assertFalse(loaded.dom().contains("<title>owned"), "a script of the file ran");
    assertFalse(loaded.log().contains("CONSOLE"), loaded.log());
    assertFalse(loaded.network().contains("evil.example"), "something was asked for");
  }

  @Test
  void nothingHostileRunsInThePageOfAFile() throws Exception {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      for (String language : PageTexts.LANGUAGES) {
        Path page = folder.resolve("page-" + language + ".html");
        Files.writeString(page, PageTest.page(detector, PageTest.hostile(folder), language), UTF_8);
        Loaded loaded = load(page);
        assertHarmless(loaded);
        assertEquals(1, loaded.dom().split("<script", -1).length - 1, "only its own script");
      }
    }
  }

  @Test
  void theScriptOfAPageRuns() throws Exception {
    try (Detector detector = Detector.open(DetectorSettings.defaults().withProfile(Profile.FAST))) {
      IndexPage index = new IndexPage(PageTexts.of("en"));
      Report report = detector.analyze(PageTest.hostile(folder));
      index.add(report, "pages/1.html", "");
      Path page = folder.resolve("index.html");
      Files.writeString(page, index.document(0), UTF_8);
      Loaded loaded = load(page);
      assertHarmless(loaded);
      // The script writes the count anew; the policy would have kept any other from running.
      assertTrue(loaded.dom().contains(">1 rows</span>"), loaded.dom());
    }
  }
}
