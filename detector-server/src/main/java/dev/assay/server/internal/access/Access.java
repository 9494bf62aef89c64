package dev.assay.server.internal.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may ask: whoever has a key of a file, or the one that is made for a desk. Thread-safe. */
public final class Access {

  /** Owner of what comes from a desk without a file of keys. */
  private static final String DESK = "desk";

  private final Optional<AccessKeys> keys;
  private final boolean listed;
  private final Optional<String> own;
  private @Nullable String once;

  private Access(Optional<AccessKeys> keys, boolean listed, Optional<String> own) {
    this.keys = keys;
    this.listed = listed;
    this.own = own;
  }

  /**
   * By a file of keys; without one by a new key, if there is a desk; else for everybody who can
   * reach the server.
   *
   * @throws IOException if the file cannot be used; the message is a sentence
   */
  public static Access of(Optional<Path> file, boolean desk) throws IOException {
    if (file.isPresent()) {
      return new Access(Optional.of(AccessKeys.read(file.get())), true, Optional.empty());
    }
    if (!desk) {
      return new Access(Optional.empty(), false, Optional.empty());
    }
    String key = AccessKeys.random();
    return new Access(Optional.of(AccessKeys.only(DESK, key)), false, Optional.of(key));
  }

  /** The keys, one of which is needed; empty for none. */
  public Optional<AccessKeys> keys() {
    return keys;
  }

  /** Whether the keys are those of a file. */
  public boolean listed() {
    return listed;
  }

  /** The key that was made at the start. */
  public Optional<String> own() {
    return own;
  }

  /**
   * Makes a code that stands for the key that was made at the start, once: other users of a machine
   * see with what a browser is started.
   */
  public synchronized Optional<String> once() {
    once = own.isPresent() ? AccessKeys.random() : null;
    return Optional.ofNullable(once);
  }

  /** The key that somebody means who sends it, or the code that stands for it. */
  public synchronized Optional<String> meant(String sent) {
    if (once != null && MessageDigest.isEqual(bytes(once), bytes(sent))) {
      once = null;
      return own;
    }
    return keys.flatMap(all -> all.find(sent)).map(found -> sent);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
