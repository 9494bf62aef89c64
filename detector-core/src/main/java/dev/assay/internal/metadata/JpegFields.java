package dev.assay.internal.metadata;

/** Names of fields of JPEG files that are no standard's. */
public final class JpegFields {

  /** A face's record in APP15, which is never unpickled. */
  public static final String PICKLED_FACE = "APP15";

  /** The record of Samsung's photo editor. */
  public static final String SAMSUNG_EDIT = "PhotoEditor_Re_Edit_Data";

  private JpegFields() {}
}
