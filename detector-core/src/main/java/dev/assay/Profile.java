package dev.assay;

import java.util.Locale;

/** How much work the content of a file is worth. */
public enum Profile {
  /** Without the vision transformer: a convolutional network on crops alone. */
  FAST,
  /** The vision transformer on the whole picture and on crops of it. */
  BALANCED,
  /** As {@link #BALANCED}, with {@link ChangedCopies#DECISIVE}. */
  THOROUGH;

  /** The profile as options and data spell it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
