package dev.assay.internal.metadata;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.EbmlElements;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import java.io.IOException;
import java.util.Set;

/** Matroska and WebM: the simple tags of the segment, and the names of its writers (RFC 9559). */
final class MatroskaReader {

  private static final String INFO = "1549A966";
  private static final String MUXING_APP = "4D80";
  private static final String WRITING_APP = "5741";
  private static final String TAGS = "1254C367";
  private static final String TAG = "7373";
  private static final String SIMPLE_TAG = "67C8";
  private static final String TAG_NAME = "45A3";
  private static final String TAG_STRING = "4487";
  private static final Set<String> HOLDERS =
      Set.of(EbmlElements.SEGMENT, INFO, TAGS, TAG, SIMPLE_TAG);
  private static final int MAX_NESTING = 8;

  private final ByteReader bytes;
  private final Findings findings;
  private String tagName = "";

  private MatroskaReader(ByteReader bytes, Findings findings) {
    this.bytes = bytes;
    this.findings = findings;
  }

  static void read(ByteReader bytes, Findings findings) throws IOException, DamagedException {
    new MatroskaReader(bytes, findings).elements(0, bytes.size(), 0);
  }

  private void elements(long start, long end, int nesting) throws IOException, DamagedException {
    EbmlElements elements = new EbmlElements(bytes, start, end);
    for (Block element = elements.next(); element != null; element = elements.next()) {
      element(element, nesting);
    }
  }

  private void element(Block element, int nesting) throws IOException, DamagedException {
    if (HOLDERS.contains(element.type())) {
      if (nesting >= MAX_NESTING) {
        throw new DamagedException("The Matroska tags nest too deep; the rest was not read.");
      }
      elements(element.offset(), element.end(), nesting + 1);
      return;
    }
    switch (element.type()) {
      case TAG_NAME -> tagName = text(element);
      case TAG_STRING -> findings.add(Carrier.MATROSKA_TAG, tagName, text(element));
      case MUXING_APP -> findings.add(Carrier.MATROSKA_TAG, "MuxingApp", text(element));
      case WRITING_APP -> findings.add(Carrier.MATROSKA_TAG, "WritingApp", text(element));
      default -> {}
    }
  }

  private String text(Block element) throws IOException, DamagedException {
    return Text.lenient(bytes.piece(Sentence.of("A Matroska tag"), element));
  }
}
