package dev.assay.spi;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an examiner says of itself: all that is told of examiners, and the order in which they look,
 * comes from here.
 *
 * @param id short and stable, of lower-case letters, digits and hyphens; it stands in every piece
 *     of evidence, and is what {@code --only} takes
 * @param summary what it looks at, in a few words for a list: {@code what the file declares}
 * @param needs what it reads; those that need bytes alone look first
 * @param codes every code that its evidence can have, and what it means, as one sentence; a third
 *     party's codes begin with the id and a dot
 */
public record ExaminerInfo(String id, String summary, Set<Need> needs, Map<String, String> codes) {

  /** What an examiner reads of a media. */
  public enum Need {
    /** The bytes of the file and its blocks; no pixel is decoded. */
    BYTES,
    /** Decoded frames. */
    FRAMES,
    /** Decoded sound. */
    SOUND
  }

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the id has other characters, or nothing is needed
   */
  public ExaminerInfo {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not the id of an examiner: " + id);
    }
    if (needs.isEmpty()) {
      throw new IllegalArgumentException("the examiner " + id + " needs nothing");
    }
    needs = Collections.unmodifiableSet(EnumSet.copyOf(needs));
    codes = Collections.unmodifiableMap(new TreeMap<>(codes));
  }

  /** Whether it decodes frames or sound. */
  public boolean decodes() {
    return needs.contains(Need.FRAMES) || needs.contains(Need.SOUND);
  }
}
