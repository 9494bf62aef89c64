package dev.assay.internal.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.RealFiles;
import dev.assay.internal.provenance.check.Integrity;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.trust.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares with two independent validators, c2pa-python and encypher-c2pa, on public files, on
 * files that the reference's builder makes, and on mutations of both: {@code mvn test
 * -Pc2pa-reference -pl models,clip,detector-core}. Python needs {@code
 * datasets/c2pa/requirements.txt}; {@code -Dassay.c2pa.python} names it, {@code -Dassay.c2pa.files}
 * folders of public files with {@code :} between them, {@code -Dassay.c2pa.update=true} writes the
 * figures that {@code docs/results.md} shows.
 */
@Tag("c2pa-reference")
class C2paReferenceTest {

  private static final Path SCRIPTS = Path.of("../datasets/c2pa");
  private static final Path WORK = Path.of("target/c2pa-reference");
  private static final String PYTHON = System.getProperty("assay.c2pa.python", "python3");
  private static final int MUTATIONS = Integer.getInteger("assay.c2pa.mutations", 5_000);
  private static final double LEAST_AGREEMENT = 0.995;

  private final ProvenanceReader reader =
      new ProvenanceReader(TrustAnchors::none, Clock.systemUTC());

  /** What three validators say of the integrity of a file: valid, invalid, none or unreadable. */
  private record Judged(JsonNode line, String assay, Optional<Provenance> found) {

    String reference() {
      return line.at("/reference/integrity").asText();
    }

    String encypher() {
      return line.at("/encypher/integrity").asText();
    }

    /** Whether both others found a manifest or a broken container, and say the same of it. */
    boolean agreed() {
      return plain(reference()).equals(plain(encypher())) && !reference().equals("none");
    }

    private static String plain(String integrity) {
      return integrity.equals("unreadable") ? "invalid" : integrity;
    }

    /** In a broken container no manifest need be found. */
    boolean same() {
      boolean unreadable = (reference() + encypher()).contains("unreadable");
      return assay.equals(plain(reference())) || (unreadable && assay.equals("none"));
    }

    /** Whether Assay alone calls it valid. */
    boolean validAlone() {
      return assay.equals("valid") && !reference().equals("valid") && !encypher().equals("valid");
    }

    /** Failures of its identities, whoever vouches for them; empty where it has none. */
    Optional<Set<String>> identity() {
      return found
          .map(Provenance::identities)
          .filter(identities -> !identities.isEmpty())
          .map(
              identities ->
                  identities.stream()
                      .flatMap(identity -> identity.statuses().stream())
                      .filter(status -> status.code().kind() == StatusCode.Kind.FAILURE)
                      .map(status -> status.code().code())
                      .filter(code -> !code.contains("untrusted"))
                      .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether one of the others finds the same of its identities. */
    boolean sameIdentity(String validator) {
      Set<String> codes = new TreeSet<>();
      line.path(validator).path("identity").forEach(code -> codes.add(code.asText()));
      return identity().orElseThrow().equals(codes);
    }

    String told() {
      return String.join(
          " ",
          line.path("path").asText(),
          line.path("base").asText() + " " + line.path("kind").asText(),
          "\n   reference " + line.path("reference"),
          "\n   encypher  " + line.path("encypher"),
          "\n   assay     " + assay + " " + found.map(Provenance::failures).orElse(List.of()),
          identity().map(codes -> "identity " + codes).orElse(""));
    }
  }

  @Test
  void agreesOnIntegrityWhereTheyAgree() throws Exception {
    require();
    Path made = WORK.resolve("made");
    run("made.py", made.toString());
    List<String> folders = new ArrayList<>(List.of(made.toString()));
    if (Files.isDirectory(RealFiles.PROVENANCE)) {
      folders.add(RealFiles.PROVENANCE.toString());
    }
    String given = System.getProperty("assay.c2pa.files", "");
    if (!given.isEmpty()) {
      folders.addAll(List.of(given.split(":", -1)));
    }
    List<Judged> files = judged("files", folders);
    List<String> more = new ArrayList<>(List.of(String.valueOf(MUTATIONS), "" + WORK + "/mutated"));
    more.addAll(folders);
    List<Judged> mutations = judged("mutations", more);
    report("files", files);
    report("mutations", mutations);
    if (Boolean.getBoolean("assay.c2pa.update")) {
      ObjectNode figures = new ObjectMapper().createObjectNode();
      figures.set("files", figures(files));
      figures.set("mutations", figures(mutations));
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(SCRIPTS.resolve("agreement.json").toFile(), figures);
    }
    for (List<Judged> all : List.of(files, mutations)) {
      assertEquals(
          List.of(),
          all.stream().filter(Judged::validAlone).map(Judged::told).toList(),
          "never valid where nobody else says so");
    }
    assertEquals(
        List.of(), files.stream().filter(j -> j.agreed() && !j.same()).map(Judged::told).toList());
    long agreed = mutations.stream().filter(Judged::agreed).count();
    long same = mutations.stream().filter(j -> j.agreed() && j.same()).count();
    assertTrue(same >= LEAST_AGREEMENT * agreed, same + " of " + agreed);
  }

  private static void require() throws IOException, InterruptedException {
    int code = -1;
    try {
      Process process =
          new ProcessBuilder(PYTHON, "-c", "import c2pa, encypher_c2pa, pillow_heif")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      code = process.waitFor();
    } catch (IOException e) {
      // There is no Python of that name.
    }
    if (code != 0) {
      System.err.println(
          "SKIPPED C2paReferenceTest: "
              + PYTHON
              + " lacks what datasets/c2pa/requirements.txt names; -Dassay.c2pa.python says which"
              + " Python has it.");
      Assumptions.abort("no reference validators");
    }
  }

  private static void run(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(15, TimeUnit.MINUTES), script + " does not end");
    assertEquals(0, process.exitValue(), script);
  }

  private List<Judged> judged(String what, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = WORK.resolve(what + ".jsonl");
    List<String> all = new ArrayList<>(List.of(what, out.toString()));
    all.addAll(arguments);
    run("judged.py", all.toArray(new String[0]));
    List<Judged> judged = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      JsonNode told = new ObjectMapper().readTree(line);
      byte[] file = Files.readAllBytes(Path.of(told.path("path").asText()));
      Optional<Provenance> found = reader.read(new BytesMedia(file));
      String integrity =
          found.map(p -> p.integrity() == Integrity.INTACT ? "valid" : "invalid").orElse("none");
      judged.add(new Judged(told, integrity, found));
    }
    return judged;
  }

  /** How often the three said what, and how often Assay says what both others say. */
  private static ObjectNode figures(List<Judged> all) {
    ObjectNode figures = new ObjectMapper().createObjectNode();
    figures.put("count", all.size());
    figures.put("agreed", all.stream().filter(Judged::agreed).count());
    figures.put("same", all.stream().filter(j -> j.agreed() && j.same()).count());
    figures.put("validAlone", all.stream().filter(Judged::validAlone).count());
    List<Judged> persons = all.stream().filter(j -> j.identity().isPresent()).toList();
    figures.put("identities", persons.size());
    figures.put(
        "identitiesAsReference", persons.stream().filter(j -> j.sameIdentity("reference")).count());
    figures.put(
        "identitiesAsOneOfThem",
        persons.stream()
            .filter(j -> j.sameIdentity("reference") || j.sameIdentity("encypher"))
            .count());
    ObjectNode answers = figures.putObject("answers");
    for (Judged judged : all) {
      String key = judged.reference() + "/" + judged.encypher() + "/" + judged.assay();
      answers.put(key, answers.path(key).asInt() + 1);
    }
    return figures;
  }

  private static void report(String what, List<Judged> all) throws IOException {
    StringBuilder text = new StringBuilder(what + " " + figures(all) + "\n");
    all.stream()
        .filter(
            j ->
                !(j.same() && j.assay().equals(j.encypher()))
                    || (j.identity().isPresent() && !j.sameIdentity("reference")))
        .forEach(j -> text.append(j.told()).append('\n'));
    Files.writeString(WORK.resolve(what + "-differences.txt"), text);
    System.err.println(figures(all));
  }
}
