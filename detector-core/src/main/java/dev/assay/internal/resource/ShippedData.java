package dev.assay.internal.resource;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.InstallationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Reads the JSON files that ship with Assay. */
public final class ShippedData {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ShippedData() {}

  /**
   * Where a resource is.
   *
   * @param resource absolute name on the class path
   * @throws InstallationException if it is not there
   */
  public static URL place(String resource) {
    URL place = ShippedData.class.getResource(resource);
    if (place == null) {
      throw missing(resource);
    }
    return place;
  }

  private static InstallationException missing(String resource) {
    return new InstallationException(
        "The installation lacks "
            + resource
            + ". Check that detector-models and detector-clip are on the class path; without the"
            + " latter, only the profile fast can be used.");
  }

  /**
   * The bytes of a resource.
   *
   * @param resource absolute name on the class path
   * @throws InstallationException if it is not there
   */
  public static byte[] bytes(String resource) {
    // By the class loader, which has the jar open already.
    try (InputStream stream = ShippedData.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw missing(resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new InstallationException(
          "The installation's " + resource + " cannot be read: " + e, e);
    }
  }

  /**
   * A resource in its Java form.
   *
   * @param resource absolute name on the class path
   * @param form the record that it is read into
   * @throws InstallationException if it is not there, or not of this form
   */
  public static <T> T read(String resource, Class<T> form) {
    try {
      return JSON.readValue(bytes(resource), form);
    } catch (IOException e) {
      throw new InstallationException(
          "The installation's " + resource + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * JSON that somebody else wrote: what is left out is null, which the record refuses where it
   * needs it, and never zero.
   *
   * @param form the record that it is read into
   * @throws IOException if it is not of this form
   */
  public static <T> T parse(byte[] json, Class<T> form) throws IOException {
    return JSON.readerFor(form)
        .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .readValue(json);
  }
}
