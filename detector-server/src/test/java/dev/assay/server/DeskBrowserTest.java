package dev.assay.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The desk in a browser, as people use it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class DeskBrowserTest {

  private static final int FILES = 50;
  private static final String TEXT = "document.getElementById('progress-text')?.textContent ?? ''";
  private static final String ROWS = "document.querySelectorAll('#rows tr').length";

  @TempDir private Path folder;

  private Chromium chromium;

  @BeforeEach
  void startBrowser() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    chromium = Chromium.start(folder);
  }

  @AfterEach
  void endBrowser() {
    Awaitility.reset();
    if (chromium != null) {
      chromium.close();
    }
  }

  private AssayServer desk(int port) throws IOException {
    return AssayServer.start(
        ServerSettings.defaults()
            .at("127.0.0.1", port)
            .withDesk(true)
            .withJobs(folder.resolve("desk"), 1000, Duration.ofDays(1))
            .withGrace(Duration.ZERO),
        new PrintStream(OutputStream.nullOutputStream()));
  }

  private List<Path> pictures() throws IOException {
    List<Path> pictures = new ArrayList<>();
    Path inFolder = Files.createDirectories(folder.resolve("dropped/inner"));
    for (int i = 0; i < FILES; i++) {
      pictures.add(Files.write(inFolder.resolve("photo-" + i + ".png"), SamplePictures.png(i)));
    }
    return pictures;
  }

  private void open(URI address) {
    chromium.open(address.toString());
    await()
        .until(
            () ->
                chromium.value("String(document.getElementById('desk')?.hidden)").equals("false"));
    chromium.value("document.getElementById('profile').value = 'fast'");
  }

  private static void killAWorker() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow()
        .destroyForcibly();
  }

  private void awaitText(String text) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertEquals(text, chromium.value(TEXT)));
  }

  @Test
  void filesThatAreDroppedAreExaminedWhateverHappensMeanwhile() throws Exception {
    int port;
    try (AssayServer server = desk(0)) {
      port = server.port();
      open(server.deskAddress());
      assertEquals("", chromium.value("location.hash"), "the key is not left in the address");
      assertEquals("", chromium.value("document.cookie"), "scripts cannot read the session");
      pictures();
      chromium.drop("#drop", List.of(folder.resolve("dropped")));
      await().until(() -> chromium.value(TEXT).matches("[1-9]\\d* of 50 are done.*"));
      killAWorker();
      // What is not sent yet is the browser's: it would be lost.
      await()
          .until(
              () ->
                  chromium
                      .value(
                          "String(document.querySelectorAll('[data-status=sending], [data-status=waiting]').length)")
                      .equals("0"));
      chromium.reload();
      await().until(() -> chromium.value(TEXT).matches("(All|.* of) 50 are done.*"));
    }
    await()
        .until(
            () ->
                chromium
                    .value("document.getElementById('trouble').textContent")
                    .contains("does not answer"));
    try (AssayServer server = desk(port)) {
      await()
          .until(
              () ->
                  chromium
                      .value("String(document.getElementById('locked').hidden)")
                      .equals("false"));
      open(server.deskAddressOnce());
      awaitText("All 50 are done.");
      assertEquals("50", chromium.value(ROWS));
      assertEquals(
          "",
          chromium.value(
              "[...document.querySelectorAll('#rows tr.failed')].map((r) => r.textContent).join()"),
          "a file whose worker was killed is tried again");
      assertOnlyAsks("http://127.0.0.1:" + port + "/");
    }
  }

  private void assertOnlyAsks(String own) {
    assertFalse(chromium.requests.isEmpty());
    for (String address : chromium.requests) {
      assertTrue(address.startsWith(own) || address.startsWith("data:"), address);
    }
  }

  @Test
  void whatWasFoundIsNotedFilteredComparedExportedAndRemoved() throws Exception {
    try (AssayServer server = desk(0)) {
      open(server.deskAddress());
      chromium.drop(
          "#drop",
          List.of(
              Path.of("../datasets/samples/rocket.jpg").toRealPath(),
              Path.of("../datasets/samples/declares-comfyui.webp").toRealPath(),
              Files.writeString(folder.resolve("hostile<img src=x onerror=alert(1)>.txt"), "x")));
      awaitText("All 3 are done.");
      assertEquals(
          "1", chromium.value("String(document.querySelectorAll('#rows tr.failed').length)"));
      assertEquals(
          "0", chromium.value("String(document.querySelectorAll('#rows [onerror]').length)"));
      note("seen <b>before</b>");
      filter("words", "before");
      assertEquals("1", chromium.value(ROWS));
      filter("words", "");
      filter("label", "synthetic");
      assertEquals("1", chromium.value(ROWS));
      filter("label", "");
      quote();
      language();
      chooseAndRemove();
      assertEquals(List.of(), chromium.complaints);
      assertOnlyAsks("http://127.0.0.1:" + server.port() + "/");
    }
  }

  private void filter(String id, String value) {
    chromium.value(
        "(() => {const e = document.getElementById('"
            + id
            + "'); e.value = '"
            + value
            + "'; e.dispatchEvent(new Event('input'));})()");
  }

  private void press(String button) {
    chromium.value(
        "[...document.querySelectorAll('#rows tr')].at(-1).querySelectorAll('.more button')["
            + button
            + "].click()");
  }

  private void note(String text) {
    press("0");
    chromium.value("document.getElementById('note-text').value = '" + text + "'");
    chromium.value("document.querySelector('#note-dialog button[value=save]').click()");
    await()
        .until(
            () ->
                chromium
                    .value(
                        "[...document.querySelectorAll('.note')].map((n) => n.textContent).join('')")
                    .equals(text));
  }

  private void quote() {
    press("1");
    await()
        .until(
            () ->
                chromium
                    .value("document.getElementById('quote-text').value")
                    .contains("automatic estimate"));
    chromium.value("document.querySelector('#quote-dialog button[value=\"\"]').click()");
  }

  private void language() {
    chromium.value(
        "(() => {const e = document.getElementById('language'); e.value = 'zh';"
            + " e.dispatchEvent(new Event('change'));})()");
    await().until(() -> chromium.value("document.documentElement.lang").equals("zh-Hans"));
    await()
        .until(
            () ->
                chromium
                    .value("document.querySelector('#rows tr.synthetic .answer-cell').textContent")
                    .equals("\u5408\u6210"));
  }

  private void chooseAndRemove() {
    chromium.value("document.getElementById('choose-all').click()");
    assertEquals("true", chromium.value("String(document.getElementById('compare').disabled)"));
    chromium.value("document.querySelectorAll('#rows input')[0].click()");
    assertEquals("false", chromium.value("String(document.getElementById('compare').disabled)"));
    chromium.value("document.getElementById('remove').click()");
    await().until(() -> chromium.value(ROWS).equals("1"));
  }
}
