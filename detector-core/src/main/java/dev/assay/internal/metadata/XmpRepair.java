package dev.assay.internal.metadata;

import dev.assay.spi.DamagedException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads XMP packets that other tools read although they are not well-formed XML: byte order marks,
 * stray bytes before the packet, control characters, bare ampersands; and searches what no parser
 * takes.
 */
final class XmpRepair {

  private static final int MAX_SEARCHED = 1_024;
  private static final Pattern AMPERSAND = Pattern.compile("&(?!#?[A-Za-z0-9]{1,31};)");
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");
  private static final Pattern NAMESPACE =
      Pattern.compile("xmlns:([\\w.-]{1,64})\\s{0,8}=\\s{0,8}[\"']([^\"'<]{1,256})[\"']");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([\\w.-]{1,64}):([\\w.-]{1,128})\\s{0,8}=\\s{0,8}\"([^\"<]{1,4096})\"");
  private static final Pattern ELEMENT =
      Pattern.compile("<([\\w.-]{1,64}):([\\w.-]{1,128})>([^<>]{1,4096})</\\1:\\2>");

  private XmpRepair() {}

  /** The text of a packet, from its first angle bracket on, without what XML forbids. */
  static String text(byte[] packet) {
    String text = new String(packet, charset(packet));
    int start = Math.max(0, text.indexOf('<'));
    int end = text.lastIndexOf('>') + 1;
    text = text.substring(start, Math.max(start, end));
    return AMPERSAND.matcher(CONTROL.matcher(text).replaceAll(" ")).replaceAll("&amp;");
  }

  /** UTF-8 unless the first bytes are those of a wide encoding, with a mark or without. */
  private static Charset charset(byte[] packet) {
    if (packet.length < 4) {
      return StandardCharsets.UTF_8;
    }
    int first = packet[0] & 0xFF;
    int second = packet[1] & 0xFF;
    if ((first == 0xFE && second == 0xFF) || (first == 0 && second == '<')) {
      return StandardCharsets.UTF_16BE;
    }
    if ((first == 0xFF && second == 0xFE) || (first == '<' && second == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  /** Takes the properties that stand in a packet as attributes, or as elements with text alone. */
  static void search(String text, Findings findings) throws DamagedException {
    if (!findings.maySearch(text.length())) {
      return;
    }
    Map<String, String> namespaces = new HashMap<>();
    Matcher namespace = NAMESPACE.matcher(text);
    while (namespaces.size() < MAX_SEARCHED && namespace.find()) {
      namespaces.putIfAbsent(namespace.group(1), namespace.group(2));
    }
    take(ATTRIBUTE.matcher(text), namespaces, findings);
    take(ELEMENT.matcher(text), namespaces, findings);
  }

  private static void take(Matcher found, Map<String, String> namespaces, Findings findings)
      throws DamagedException {
    for (int i = 0; i < MAX_SEARCHED && found.find(); i++) {
      findings.step();
      String namespace = namespaces.get(found.group(1));
      if (namespace != null && !found.group(1).equals("xmlns")) {
        String name = XmpReader.prefix(namespace) + found.group(2);
        findings.add(Carrier.XMP, name, found.group(3).strip());
      }
    }
  }
}
