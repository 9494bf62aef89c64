package dev.assay.internal.model;

import dev.assay.ModelException;
import dev.assay.internal.inference.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A network as it lies in its folder: the card and where the weights come from.
 *
 * @param <C> what it is, a model or a backbone
 * @param card the card
 * @param origin where the folder lies, for messages
 * @param weights reads the ONNX file
 */
public record ModelFolder<C extends Card>(C card, String origin, Content weights) {

  /** The largest ONNX file that is loaded, in bytes. */
  static final long MAX_WEIGHTS_BYTES = 1L << 30;

  /** The largest card that is read, in bytes. */
  static final long MAX_CARD_BYTES = 4L << 20;

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
    return new ModelFolder<>(
        card, folder.toString(), () -> readBounded(weights, MAX_WEIGHTS_BYTES));
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
  Network network(int threads) {
    return Network.load(card.id(), verifiedWeights(), origin, threads);
  }

  /**
   * Reads the weights and holds them against the card's hash.
   *
   * @throws ModelException if they cannot be read or are not the card's
   */
  byte[] verifiedWeights() {
    byte[] bytes;
    try {
      bytes = weights.read();
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
    String actual = sha256(bytes);
    if (!actual.equals(card.sha256())) {
      throw new ModelException(
          "The weights of model "
              + card.id()
              + " in "
              + origin
              + " are not those of its card: SHA-256 is "
              + actual
              + ", the card says "
              + card.sha256()
              + ". Install the model again.");
    }
    return bytes;
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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
