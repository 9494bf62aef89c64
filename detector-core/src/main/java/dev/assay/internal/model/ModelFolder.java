package dev.assay.internal.model;

import dev.assay.ModelException;
import dev.assay.internal.inference.OnnxNetwork;
import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A network as it lies in its folder: the card and where the weights come from.
 *
 * @param <C> what it is, a model or a backbone
 * @param card the card
 * @param origin where the folder lies, for messages
 * @param weights finds the ONNX file
 */
public record ModelFolder<C extends Card>(C card, String origin, WeightsFile.Origin weights) {

  /** The largest card that is read, in bytes. */
  static final long MAX_CARD_BYTES = 4L << 20;

  private static final int BUFFER_BYTES = 1 << 20;

  /** Reads bytes from wherever a model lies. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws IOException;
  }

  /**
   * Reads the card of a folder on disk.
   *
   * @param folder holds {@code card.json} and the file that it names
   * @throws ModelException if it is no model folder
   */
  static ModelFolder<?> at(Path folder) {
    Path cardFile = folder.resolve("card.json");
    Card card = parse(cardFile.toString(), () -> readBounded(cardFile, MAX_CARD_BYTES));
    Path weights = folder.resolve(card.file());
    return new ModelFolder<>(card, folder.toString(), () -> WeightsFile.at(weights));
  }

  /** Reads a card from anywhere. */
  static Card parse(String origin, Content content) {
    try {
      return Card.parse(content.read());
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(
          origin
              + " is no model card: "
              + firstLine(e)
              + " The form is told in docs/model-folder.md.",
          e);
    }
  }

  /**
   * Loads the network.
   *
   * @param threads threads that one inference may use
   * @throws ModelException if its weights are not those of its card, or are no network
   */
  OnnxNetwork network(int threads) {
    try (WeightsFile file = weights.open()) {
      verify(file.path());
      return OnnxNetwork.load(card.id(), file.path(), origin, threads);
    } catch (IOException e) {
      throw new ModelException(
          "The weights of model "
              + card.id()
              + " in "
              + origin
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  private void verify(Path file) throws IOException {
    String actual = sha256(file);
    if (!actual.equals(card.sha256())) {
      throw new ModelException(
          "The weights of model "
              + card.id()
              + " in "
              + file
              + " are not those of its card: SHA-256 is "
              + actual
              + ", the card says "
              + card.sha256()
              + ". Delete the file and install the model again.");
    }
  }

  /** Reads a file that somebody else wrote. */
  static byte[] readBounded(Path file, long most) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file.getFileName() + " is not there, or is no regular file.");
    }
    if (Files.size(file) > most) {
      throw new IOException(file.getFileName() + " is larger than " + most + " bytes.");
    }
    return Files.readAllBytes(file);
  }

  /** The innermost cause, as one sentence. */
  static String firstLine(Exception e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.endsWith(".") ? line : line + ".";
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = Sha256.digest();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return Sha256.hexadecimal(digest);
    }
  }
}
