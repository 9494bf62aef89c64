package dev.assay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/** A page in headless Chromium, driven by the Chrome DevTools Protocol. */
final class Chromium implements AutoCloseable {

  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final long SECONDS = 30;
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /** Addresses that pages asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** What the console said, and exceptions that nobody caught. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private String session = "";

  private Chromium(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Receiving())
            .join();
  }

  /**
   * Starts it with an empty page.
   *
   * @param folder for its profile
   * @throws TestAbortedException if there is none
   */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Path program = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    if (program == null) {
      System.err.println("SKIPPED: there is no Chromium in /usr/bin.");
    }
    Assumptions.assumeTrue(program != null, "no Chromium");
    Path profile = Files.createTempDirectory(folder, "profile");
    Process process =
        new ProcessBuilder(
                String.valueOf(program),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1200,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 10 * SECONDS && !(Files.exists(port) && Files.size(port) > 0); i++) {
      Thread.sleep(100);
    }
    List<String> lines = Files.readAllLines(port);
    Chromium chromium =
        new Chromium(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
    chromium.attach();
    return chromium;
  }

  /** Puts what the browser says together, and hands it to whoever waits for it. */
  private final class Receiving implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void received(String text) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    JsonNode told = message.path("params");
    switch (message.path("method").asText()) {
      case "Network.requestWillBeSent" -> requests.add(told.at("/request/url").asText());
      case "Runtime.exceptionThrown" -> complaints.add(told.toString());
      case "Log.entryAdded" -> complaints.add(told.at("/entry/text").asText());
      case "Page.javascriptDialogOpening" -> {
        var unused =
            send("Page.handleJavaScriptDialog", JSON.createObjectNode().put("accept", true));
      }
      default -> {
        CompletableFuture<JsonNode> waiting = asked.remove(message.path("id").asInt());
        if (waiting != null) {
          waiting.complete(message);
        }
      }
    }
  }

  private CompletableFuture<JsonNode> send(String method, JsonNode parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    var unused = socket.sendText(message.toString(), true);
    return answer;
  }

  /** Asks the browser for something, and waits until it is done. */
  JsonNode ask(String method, JsonNode parameters) {
    JsonNode answer = send(method, parameters).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer.get("error"));
    }
    return answer.path("result");
  }

  private void attach() {
    String target = "";
    for (JsonNode each : ask("Target.getTargets", JSON.createObjectNode()).path("targetInfos")) {
      if (each.path("type").asText().equals("page")) {
        target = each.path("targetId").asText();
      }
    }
    session =
        ask(
                "Target.attachToTarget",
                JSON.createObjectNode().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Network", "Runtime", "Log", "Page", "DOM")) {
      ask(domain + ".enable", JSON.createObjectNode());
    }
  }

  /** Goes to an address. */
  void open(String address) {
    ask("Page.navigate", JSON.createObjectNode().put("url", address));
  }

  /** Loads the page again. */
  void reload() {
    ask("Page.reload", JSON.createObjectNode());
  }

  /** The value of an expression in the page, as text. */
  String value(String expression) {
    JsonNode result =
        ask(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value").asText();
  }

  /** Drags files over the middle of an element, and drops them there. */
  void drop(String selector, List<Path> files) throws InterruptedException {
    String[] middle =
        value(
                "(() => {const r = document.querySelector('"
                    + selector
                    + "').getBoundingClientRect(); return (r.x + r.width / 2) + ' ' + (r.y +"
                    + " r.height / 2);})()")
            .split(" ", -1);
    // The page must have said that it takes them before they are let go.
    for (String type : List.of("dragEnter", "dragOver", "dragOver", "drop")) {
      ObjectNode event =
          JSON.createObjectNode()
              .put("type", type)
              .put("x", Double.parseDouble(middle[0]))
              .put("y", Double.parseDouble(middle[1]));
      ObjectNode data = event.putObject("data").put("dragOperationsMask", 1);
      data.putArray("items");
      data.set("files", JSON.valueToTree(files.stream().map(Path::toString).toList()));
      ask("Input.dispatchDragEvent", event);
      Thread.sleep(200);
    }
  }

  /** A picture of the page, as PNG. */
  byte[] picture() {
    return Base64.getDecoder()
        .decode(ask("Page.captureScreenshot", JSON.createObjectNode()).path("data").asText());
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
