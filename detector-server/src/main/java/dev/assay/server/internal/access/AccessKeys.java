package dev.assay.server.internal.access;

import dev.assay.internal.resource.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys that may ask: a file with one line each, the name, the SHA-256 of the key, and limits.
 *
 * <pre>
 * newsroom 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 bytes=100M perMinute=600
 * </pre>
 *
 * <p>Keys are random and long, so that a plain hash cannot be guessed back. Blank lines, and lines
 * that begin with {@code #}, say nothing.
 */
public final class AccessKeys {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_FILE_BYTES = 4 << 20;
  private static final int KEY_BYTES = 32;

  private final List<AccessKey> keys;

  private AccessKeys(List<AccessKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a file of keys.
   *
   * @throws IOException if it cannot be read, or a line is none of a key; the message is a sentence
   */
  public static AccessKeys read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + ": a file of keys is not that large.");
    }
    List<AccessKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int number = 0;
    for (String line : Files.readString(file).split("\n", -1)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      AccessKey key = parsed(text, file + ", line " + number);
      if (!names.add(key.name())) {
        throw new IOException(
            file + ", line " + number + ": there is a key named " + key.name() + " already.");
      }
      keys.add(key);
    }
    if (keys.isEmpty()) {
      throw new IOException(file + " holds no key. Make one with 'assay serve --new-key NAME'.");
    }
    return new AccessKeys(keys);
  }

  /** One key, without limits. */
  public static AccessKeys only(String name, String key) {
    return new AccessKeys(List.of(new AccessKey(name, digest(key), KeyLimits.none())));
  }

  private static AccessKey parsed(String line, String where) throws IOException {
    String[] words = line.split("\\s+", -1);
    if (words.length < 2 || !NAME.matcher(words[0]).matches() || !isDigest(words[1])) {
      throw new IOException(where + ": wanted are a name, the SHA-256 of a key, and limits.");
    }
    KeyLimits limits =
        KeyLimits.read(List.of(words).subList(2, words.length))
            .orElseThrow(() -> new IOException(where + ": limits are " + KeyLimits.forms() + "."));
    return new AccessKey(words[0], words[1], limits);
  }

  private static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** The key that was sent, compared in a time that does not depend on it. */
  public Optional<AccessKey> find(String sent) {
    byte[] digest = digest(sent).getBytes(StandardCharsets.US_ASCII);
    AccessKey found = null;
    for (AccessKey key : keys) {
      if (MessageDigest.isEqual(digest, key.sha256().getBytes(StandardCharsets.US_ASCII))) {
        found = key;
      }
    }
    return Optional.ofNullable(found);
  }

  /** A new key of 256 random bits. */
  public static String random() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The line of a file of keys for a key. */
  public static String line(String name, String key) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A key is named by up to 64 letters, digits, dots, hyphens and underscores.");
    }
    return name + " " + digest(key);
  }

  private static String digest(String key) {
    return Sha256.hexadecimal(key.getBytes(StandardCharsets.UTF_8));
  }
}
