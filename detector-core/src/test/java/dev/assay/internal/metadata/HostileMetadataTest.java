package dev.assay.internal.metadata;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.join;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegSegment;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.latin1;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.sourceType;
import static dev.assay.internal.metadata.Containers.u16;
import static dev.assay.internal.metadata.Containers.u32;
import static dev.assay.internal.metadata.Containers.utf8;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.cost.Spent;
import dev.assay.internal.metadata.generator.HostedGeneratorsTest;
import dev.assay.internal.metadata.generator.MetadataExaminer;
import dev.assay.internal.metadata.generator.RuleExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileMetadataTest {

  private static final Set<String> KNOWN = MetadataExaminer.INFO.codes().keySet();

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static List<String> codes(byte[] file) {
    return assertTimeoutPreemptively(LIMIT, () -> BytesMedia.codes(file));
  }

  @Test
  void inflatingTextIsBoundedAndTheRestIsRead() {
    byte[] zeros = new byte[64 << 20];
    for (byte[] bomb :
        List.of(
            Containers.pngInternationalText("parameters", zeros, true),
            Containers.pngCompressedText("Comment", zeros))) {
      assertTrue(bomb.length < 128 << 10);
      byte[] file = png(bomb, pngText("parameters", RuleExamples.WEBUI));
      assertEquals(List.of("declared.stable-diffusion-webui", "metadata.damaged"), codes(file));
    }
  }

  @Test
  void brokenCompressionIsDamageAndTheRestIsRead() {
    byte[] broken = Containers.pngChunk("zTXt", latin1("Comment\0\0no deflate stream"));
    assertEquals(
        List.of("declared.stable-diffusion-webui", "metadata.damaged"),
        codes(png(broken, pngText("parameters", RuleExamples.WEBUI))));
  }

  @Test
  void deepXmpIsDamage() {
    String deep = "<a xmlns='urn:x'>".repeat(100_000);
    assertEquals(List.of("metadata.damaged"), codes(jpegWithXmp(xmp(deep))));
  }

  @Tag("long")
  @Test
  void longNamesAreNotMultipliedByTheirNumber() throws IOException {
    String name = "n".repeat(30_000);
    String outer = ("<" + name + " xmlns='urn:x'>").repeat(40);
    for (String leaf : List.of("<a/>", "<a>1</a>", "<a b:b='1' xmlns:b='urn:b'/>")) {
      byte[] file = jpegWithXmp(xmp(outer + leaf.repeat(2_000_000 / leaf.length())));
      Spent spent = Spent.by(() -> assertTrue(KNOWN.containsAll(codes(file))));
      assertTrue(spent.bytes() < 400 << 20, leaf + " " + spent);
    }
    byte[] value = Containers.data("");
    byte[] item = join(u32(8 + value.length), u32(1), value);
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    for (int i = 0; i < 50_000; i++) {
      items.writeBytes(item);
    }
    byte[] key = Containers.box("mdta", latin1("k".repeat(3 << 20)));
    byte[] movie =
        Containers.mp4(
            Containers.box(
                "moov",
                Containers.box(
                    "meta",
                    u32(0),
                    Containers.box("hdlr", u32(0), u32(0), latin1("mdta"), new byte[13]),
                    Containers.box("keys", u32(0), u32(1), key),
                    Containers.box("ilst", items.toByteArray()))));
    Spent spent = Spent.by(() -> assertTrue(KNOWN.containsAll(codes(movie))));
    assertTrue(spent.bytes() < 400 << 20, spent::toString);
  }

  @Test
  void photoshopResourcesWithoutEndAreNotGathered() {
    byte[] segment = jpegSegment(0xED, join(latin1("Photoshop 3.0\0"), new byte[60_000]));
    byte[][] segments = new byte[200][];
    Arrays.fill(segments, segment);
    assertTrue(codes(jpeg(segments)).contains("metadata.damaged"));
  }

  @Test
  void documentTypeInXmpIsRefusedAndItsEntitiesAreNotFetched(@TempDir Path folder)
      throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "trainedAlgorithmicMedia");
    String packet = sourceType("&secret;");
    String head = "<!DOCTYPE x [<!ENTITY secret SYSTEM \"" + secret.toUri() + "\">]>";
    String hostile = packet.substring(packet.indexOf("<x:xmpmeta"));
    assertEquals(List.of("metadata.damaged"), codes(jpegWithXmp(head + hostile)));
    String laughs =
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \""
            + "&a;".repeat(1_000)
            + "\">"
            + "<!ENTITY secret \""
            + "&b;".repeat(1_000)
            + "\">]>";
    assertEquals(List.of("metadata.damaged"), codes(jpegWithXmp(laughs + hostile)));
  }

  @Test
  void xmpThatBreaksOffKeepsWhatCameBefore() {
    String packet = sourceType(Containers.AI_SOURCE_TYPE);
    String broken = packet.substring(0, packet.indexOf("</rdf:Description>"));
    assertEquals(
        List.of("declared.iptc-trained-algorithmic-media", "metadata.damaged"),
        codes(jpegWithXmp(broken)));
  }

  @Test
  void directoryOfSixtyFourThousandEntriesIsReadWithinTheBounds() {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    int count = 65_535;
    for (int i = 0; i < count; i++) {
      // Each claims the same 700,000 bytes: 45 GB if each were copied.
      entries.writeBytes(join(u16(0x010E), u16(2), u32(700_000), u32(100)));
    }
    byte[] tiff = join(latin1("MM\0*"), u32(8), u16(count), entries.toByteArray(), u32(0));
    assertEquals(List.of("metadata.damaged"), codes(tiff));
  }

  @Test
  void directoriesThatPointAtEachOtherEnd() {
    byte[] pointer = join(u16(0x8769), u16(4), u32(1), u32(8));
    byte[] ring = join(latin1("MM\0*"), u32(8), u16(1), pointer, u32(8), new byte[16]);
    assertTrue(BytesMedia.declarations(jpeg(jpegExif(ring))).isEmpty());
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    chain.writeBytes(join(latin1("MM\0*"), u32(8)));
    for (int i = 0; i < 3_000; i++) {
      int next = 8 + 18 * (i + 1);
      chain.writeBytes(join(u16(1), u16(0x8769), u16(4), u32(1), u32(next), u32(next)));
    }
    codes(jpeg(jpegExif(chain.toByteArray())));
  }

  @Test
  void brokenExifIsDamageAndXmpBesideItIsRead() {
    byte[] broken = join(latin1("MM\0*"), u32(8), u16(900), new byte[8]);
    assertEquals(
        List.of("declared.iptc-trained-algorithmic-media", "metadata.damaged"),
        codes(
            jpeg(
                jpegExif(broken),
                jpegSegment(
                    0xE1,
                    join(
                        latin1("http://ns.adobe.com/xap/1.0/\0"),
                        utf8(sourceType(Containers.AI_SOURCE_TYPE)))))));
  }

  @Test
  void boxesThatNestOrLieEnd() {
    byte[] nested = new byte[0];
    for (int i = 0; i < 2_000; i++) {
      nested = Containers.box(i % 2 == 0 ? "meta" : "udta", nested);
    }
    codes(Containers.mp4(Containers.box("moov", nested)));
    assertEquals(
        List.of("metadata.damaged"),
        codes(
            join(Containers.box("ftyp", latin1("isom"), u32(0)), u32(0x7FFFFFFF), latin1("moov"))));
    byte[] simple = new byte[0];
    for (int i = 0; i < 500; i++) {
      simple = Containers.element(0x67C8, simple);
    }
    byte[] tags = Containers.element(0x1254C367, Containers.element(0x7373, simple));
    assertEquals(
        List.of("metadata.damaged"),
        codes(
            join(
                Containers.element(0x1A45DFA3, new byte[0]),
                Containers.element(0x18538067, tags))));
  }

  @Test
  void nestedJsonIsNoGraph() {
    String deep = "{\"a\":".repeat(100_000);
    assertEquals(List.of(), codes(png(pngText("prompt", deep), pngText("parameters", deep))));
  }

  @Test
  void longLineOfSettingsIsMatchedInTime() {
    String line = "a\nSteps: 1, Sampler: " + "a: \"".repeat(200_000) + "\\".repeat(200_000);
    assertEquals(
        List.of("declared.stable-diffusion-webui"), codes(png(pngText("parameters", line))));
    codes(
        png(
            pngText("Dream", "\"" + "\" -s 1 ".repeat(9_000)),
            pngText("Description", "Job ID: ".repeat(100_000))));
  }

  @Tag("long")
  @Test
  void everyTruncationAndManyCorruptionsOfEveryExampleEndWell() {
    Random random = new Random(42);
    for (byte[] example : seeds()) {
      for (int length = 0; length < example.length; length += 1 + example.length / 200) {
        assertTrue(KNOWN.containsAll(BytesMedia.codes(Arrays.copyOf(example, length))));
      }
      for (int round = 0; round < 100; round++) {
        byte[] corrupt = example.clone();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
          corrupt[random.nextInt(corrupt.length)] = (byte) random.nextInt(256);
        }
        assertTrue(KNOWN.containsAll(BytesMedia.codes(corrupt)));
      }
    }
  }

  @Tag("long")
  @Test
  void randomBytesBehindEveryMagicNumberEndWell() {
    Random random = new Random(7);
    for (byte[] seed : seeds()) {
      for (int round = 0; round < 20; round++) {
        byte[] noise = new byte[4_096];
        random.nextBytes(noise);
        System.arraycopy(seed, 0, noise, 0, Math.min(12 + round, seed.length));
        assertTrue(KNOWN.containsAll(codes(noise)));
      }
    }
  }

  @Test
  void damageIsAFactThatSpeaksInSentences() {
    Evidence evidence =
        BytesMedia.examine(png(Containers.pngChunk("zTXt", latin1("Comment\0\0no")))).get(0);
    assertEquals(Evidence.Kind.FACT, evidence.kind());
    assertEquals("The PNG text chunk 'Comment' cannot be inflated.", evidence.summary());
  }

  private static byte[] jpegWithXmp(String packet) {
    return packet.length() > 60_000
        ? png(Containers.pngInternationalText("XML:com.adobe.xmp", utf8(packet), false))
        : jpeg(jpegXmp(packet));
  }

  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>(RuleExamples.BY_NAME.values());
    seeds.add(Containers.mp4WithKey("prompt", RuleExamples.COMFY_PROMPT));
    seeds.add(Containers.matroskaWithTag("AIGC", RuleExamples.AIGC));
    seeds.add(Containers.flacWithComment("AIGC=" + RuleExamples.AIGC));
    seeds.add(Containers.oggWithComment("AIGC=" + RuleExamples.AIGC));
    seeds.add(Containers.gif(Containers.gifComment(RuleExamples.WEBUI)));
    seeds.add(Containers.webp(Containers.riffChunk("EXIF", exif(0x0131, "Fooocus v2.5"))));
    seeds.add(exif(0x0131, "Fooocus v2.5"));
    seeds.add(HeifFiles.heic(exif(0x0131, "Fooocus v2.5"), sourceType("compositeSynthetic")));
    seeds.add(
        jpeg(
            jpegSegment(
                0xED, HostedGeneratorsTest.photoshop(HostedGeneratorsTest.dataset(110, "x")))));
    return seeds;
  }
}
