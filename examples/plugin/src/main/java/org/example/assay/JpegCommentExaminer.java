package org.example.assay;

import dev.assay.Evidence;
import dev.assay.Sentence;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Examiner;
import dev.assay.spi.ExaminerInfo;
import dev.assay.spi.ExaminerInfo.Need;
import dev.assay.spi.Media;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports the comments of a JPEG file. A fact for the reader: it moves no verdict. */
public final class JpegCommentExaminer implements Examiner {

  private static final String CODE = "jpeg-comment.text";
  private static final int MOST_CHARS = 200;

  private static final ExaminerInfo INFO =
      new ExaminerInfo(
          "jpeg-comment",
          "comments in JPEG files",
          Set.of(Need.BYTES),
          Map.of(CODE, "The file carries a JPEG comment."));

  @Override
  public ExaminerInfo info() {
    return INFO;
  }

  @Override
  public List<Evidence> examine(Media media) throws IOException {
    List<Evidence> evidence = new ArrayList<>();
    for (Block block : media.blocks()) {
      if (media.mediaType().equals("image/jpeg") && block.is("COM")) {
        try {
          evidence.add(comment(media.content(block)));
        } catch (DamagedException e) {
          // A comment that is cut off, or too long: the built-in examiners report damage.
        }
      }
    }
    return evidence;
  }

  private static Evidence comment(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    String shown = text.substring(0, Math.min(text.length(), MOST_CHARS));
    return Evidence.of(
            INFO.id(),
            Evidence.Kind.FACT,
            CODE,
            Sentence.of("The file carries a JPEG comment: {0}", shown))
        .build();
  }
}
