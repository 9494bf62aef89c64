package dev.assay.internal.metadata;

import dev.assay.spi.DamagedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** IPTC: the text datasets of IIM 4.2 record 2, bare or within Photoshop's image resources. */
final class IptcReader {

  private static final int IPTC_RESOURCE = 0x0404;

  private static final Map<Integer, String> DATASETS =
      Map.ofEntries(
          Map.entry(5, "ObjectName"),
          Map.entry(25, "Keywords"),
          Map.entry(40, "SpecialInstructions"),
          Map.entry(65, "OriginatingProgram"),
          Map.entry(80, "By-line"),
          Map.entry(105, "Headline"),
          Map.entry(110, "Credit"),
          Map.entry(115, "Source"),
          Map.entry(116, "CopyrightNotice"),
          Map.entry(120, "Caption-Abstract"));

  private IptcReader() {}

  /** Reads Photoshop image resources: {@code 8BIM}, id, padded name, size, padded data. */
  static void readResources(byte[] resources, Findings findings) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(resources);
    while (in.remaining() >= 12) {
      findings.step();
      if (in.getInt() != 0x3842494D) {
        throw new DamagedException("The Photoshop resources are broken; the rest was not read.");
      }
      int id = in.getShort() & 0xFFFF;
      int name = in.get() & 0xFF;
      int skip = name + (name + 1) % 2;
      if (in.remaining() < skip + 4) {
        throw new DamagedException("The Photoshop resources end within a resource.");
      }
      in.position(in.position() + skip);
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        throw new DamagedException("The Photoshop resources end within a resource.");
      }
      int start = in.position();
      if (id == IPTC_RESOURCE) {
        readDatasets(Arrays.copyOfRange(resources, start, start + size), findings);
      }
      in.position(Math.min(resources.length, start + size + size % 2));
    }
  }

  /** Reads IIM datasets: {@code 1C}, record, number, length, data. */
  static void readDatasets(byte[] data, Findings findings) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(data);
    while (in.remaining() >= 5 && in.get(in.position()) == 0x1C) {
      findings.step();
      in.get();
      int datasetRecord = in.get() & 0xFF;
      int number = in.get() & 0xFF;
      int length = in.getShort() & 0xFFFF;
      if (length > in.remaining()) {
        throw new DamagedException("The IPTC datasets end within a dataset.");
      }
      byte[] value = new byte[length];
      in.get(value);
      String name = DATASETS.get(number);
      if (datasetRecord == 2 && name != null) {
        findings.add(Carrier.IPTC, name, Text.lenient(value).strip());
      }
    }
  }
}
