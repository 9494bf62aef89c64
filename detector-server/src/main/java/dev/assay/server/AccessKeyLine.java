package dev.assay.server;

import dev.assay.server.internal.access.AccessKeys;

/**
 * A new access key, which is kept nowhere.
 *
 * @param key what whoever asks sends as {@code Authorization: Bearer KEY}
 * @param line of the file of keys: a name, and the SHA-256 of the key
 */
public record AccessKeyLine(String key, String line) {

  /**
   * A random one of 256 bits.
   *
   * @param name of whoever is to use it
   * @throws IllegalArgumentException if that is no name; the message is a sentence
   */
  public static AccessKeyLine random(String name) {
    String key = AccessKeys.random();
    return new AccessKeyLine(key, AccessKeys.line(name, key));
  }
}
