package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.spi.DamagedException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XMP: every property with text, named by its namespace's usual prefix whatever prefix the file
 * uses, with the names of structures around it: {@code xmpMM:History/softwareAgent} (ISO 16684-1,
 * clause 7).
 *
 * <p>A stream is read instead of building xmpcore's tree: that recurses as deep as the file nests,
 * and its registry of prefixes keeps, for the life of the program, what a hostile file calls its
 * namespaces.
 */
final class XmpReader {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME = 256;
  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final String PACKET = "adobe:ns:meta/";
  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt:"),
          Map.entry("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore:"),
          Map.entry("http://ns.adobe.com/xap/1.0/", "xmp:"),
          Map.entry("http://ns.adobe.com/xap/1.0/mm/", "xmpMM:"),
          Map.entry("http://ns.adobe.com/photoshop/1.0/", "photoshop:"),
          Map.entry("http://ns.adobe.com/tiff/1.0/", "tiff:"),
          Map.entry("http://ns.adobe.com/exif/1.0/", "exif:"),
          Map.entry("http://purl.org/dc/elements/1.1/", "dc:"),
          Map.entry("http://purl.org/dc/terms/", "dcterms:"),
          Map.entry("http://www.tc260.org.cn/ns/AIGC/1.0/", "TC260:"));

  private XmpReader() {}

  static void read(byte[] packet, Findings findings) throws DamagedException {
    String text = XmpRepair.text(packet);
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      try {
        walk(xml, findings);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's parser lets some malformed input out as unchecked exceptions.
      XmpRepair.search(text, findings);
      throw new DamagedException(
          "The XMP packet is not well-formed XML; it was searched for its properties.");
    }
  }

  /** The usual prefix of a namespace, or its address in braces. */
  static String prefix(String namespace) {
    String prefix = PREFIXES.get(namespace);
    return prefix == null ? "{" + namespace + "}" : prefix;
  }

  private static void walk(XMLStreamReader xml, Findings findings)
      throws XMLStreamException, DamagedException {
    Deque<String> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    boolean leaf = false;
    int depth = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD ->
            throw new DamagedException(
                "The XMP packet declares a document type, which XMP forbids; it was not read.");
        case XMLStreamConstants.START_ELEMENT -> {
          findings.step();
          if (++depth > MAX_DEPTH) {
            throw new DamagedException(
                Sentence.of(
                    "The XMP packet nests deeper than {0}; the rest was not read.", MAX_DEPTH));
          }
          path.addLast(name(path, xml.getNamespaceURI(), xml.getLocalName()));
          attributes(xml, path, findings);
          text.setLength(0);
          leaf = true;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (leaf) {
            text.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (leaf && !text.toString().isBlank()) {
            findings.add(Carrier.XMP, join(path), text.toString().strip());
          }
          leaf = false;
          path.removeLast();
          if (depth == 0) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  private static void attributes(XMLStreamReader xml, Deque<String> path, Findings findings)
      throws DamagedException {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String namespace = xml.getAttributeNamespace(i);
      String local = xml.getAttributeLocalName(i);
      if (RDF.equals(namespace)) {
        if (local.equals("resource")) {
          findings.add(Carrier.XMP, join(path), xml.getAttributeValue(i));
        }
      } else if (namespace != null
          && !namespace.isEmpty()
          && !XML.equals(namespace)
          && !PACKET.equals(namespace)) {
        path.addLast(name(path, namespace, local));
        findings.add(Carrier.XMP, join(path), xml.getAttributeValue(i));
        path.removeLast();
      }
    }
  }

  /** Empty for the elements that only hold others: RDF's own and the packet's. */
  private static String name(Deque<String> path, String namespace, String local) {
    if (namespace == null || RDF.equals(namespace) || PACKET.equals(namespace)) {
      return "";
    }
    if (path.stream().anyMatch(outer -> !outer.isEmpty())) {
      return local;
    }
    return prefix(namespace) + local;
  }

  private static String join(Deque<String> path) {
    StringBuilder joined = new StringBuilder();
    for (String part : path) {
      if (!part.isEmpty() && joined.length() < MAX_NAME) {
        joined.append(joined.isEmpty() ? "" : "/").append(part);
      }
    }
    return joined.length() <= MAX_NAME ? joined.toString() : joined.substring(0, MAX_NAME);
  }
}
