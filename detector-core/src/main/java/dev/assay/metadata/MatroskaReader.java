package dev.assay.metadata;

import java.io.IOException;

/** Matroska and WebM: the simple tags of the segment, and the names of its writers (RFC 9559). */
final class MatroskaReader {

  private static final long SEGMENT = 0x18538067L;
  private static final long INFO = 0x1549A966L;
  private static final long MUXING_APP = 0x4D80L;
  private static final long WRITING_APP = 0x5741L;
  private static final long TAGS = 0x1254C367L;
  private static final long TAG = 0x7373L;
  private static final long SIMPLE_TAG = 0x67C8L;
  private static final long TAG_NAME = 0x45A3L;
  private static final long TAG_STRING = 0x4487L;
  private static final int MAX_NESTING = 8;

  private final MediaBytes bytes;
  private final Findings findings;
  private String tagName = "";

  private MatroskaReader(MediaBytes bytes, Findings findings) {
    this.bytes = bytes;
    this.findings = findings;
  }

  static void read(MediaBytes bytes, Findings findings) throws IOException, DamagedException {
    new MatroskaReader(bytes, findings).elements(0, bytes.size(), 0);
  }

  private void elements(long start, long end, int nesting) throws IOException, DamagedException {
    long offset = start;
    while (offset < end) {
      findings.step();
      int idLength = vintLength(bytes.u8(offset));
      long id = 0;
      for (int i = 0; i < idLength; i++) {
        id = id << 8 | bytes.u8(offset + i);
      }
      offset += idLength;
      int sizeLength = vintLength(bytes.u8(offset));
      long size = bytes.u8(offset) & 0xFF >> sizeLength;
      boolean unknown = size == 0xFF >> sizeLength;
      for (int i = 1; i < sizeLength; i++) {
        int next = bytes.u8(offset + i);
        unknown &= next == 0xFF;
        size = size << 8 | next;
      }
      offset += sizeLength;
      if (unknown && id != SEGMENT) {
        // A live stream's cluster: where it ends is not said, and tags do not follow it.
        return;
      }
      long contentEnd = unknown ? end : offset + size;
      if (contentEnd > end || contentEnd < offset) {
        throw new DamagedException(
            "A Matroska element is longer than what holds it; the rest was not read.");
      }
      element(id, offset, contentEnd, nesting);
      offset = contentEnd;
    }
  }

  private void element(long id, long start, long end, int nesting)
      throws IOException, DamagedException {
    if (id == SEGMENT || id == TAGS || id == TAG || id == SIMPLE_TAG || id == INFO) {
      if (nesting >= MAX_NESTING) {
        throw new DamagedException("The Matroska tags nest too deep; the rest was not read.");
      }
      elements(start, end, nesting + 1);
    } else if (id == TAG_NAME) {
      tagName = text(start, end);
    } else if (id == TAG_STRING) {
      findings.add(Carrier.MATROSKA_TAG, tagName, text(start, end));
    } else if (id == MUXING_APP) {
      findings.add(Carrier.MATROSKA_TAG, "MuxingApp", text(start, end));
    } else if (id == WRITING_APP) {
      findings.add(Carrier.MATROSKA_TAG, "WritingApp", text(start, end));
    }
  }

  private String text(long start, long end) throws IOException, DamagedException {
    return Text.lenient(bytes.piece("A Matroska tag", start, end - start));
  }

  private static int vintLength(int first) throws DamagedException {
    int length = Integer.numberOfLeadingZeros(first) - 23;
    if (length > 8) {
      throw new DamagedException("A Matroska element is broken; the rest was not read.");
    }
    return length;
  }
}
