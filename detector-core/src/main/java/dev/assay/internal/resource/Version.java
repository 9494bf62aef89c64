package dev.assay.internal.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The release that runs. */
public final class Version {

  /** As Maven has it. */
  public static final String VALUE = read();

  private Version() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream stream = Version.class.getResourceAsStream("assay.properties")) {
      if (stream == null) {
        throw new IllegalStateException("assay.properties is not on the class path");
      }
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("assay.properties cannot be read", e);
    }
    return properties.getProperty("version");
  }
}
