package dev.assay.internal.provenance.read;

import dev.assay.Sentence;
import dev.assay.internal.container.Compression;
import dev.assay.internal.provenance.read.Manifest.Kind;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The manifests of a store in their order: C2PA 2.2, 11.1. The last one is the active one. */
public final class ManifestStore {

  /** Most bytes of one compressed manifest, inflated. */
  static final int MAX_INFLATED_BYTES = 16 << 20;

  /** Most manifests of one store. */
  static final int MAX_MANIFESTS = 500;

  private final List<Manifest> manifests = new ArrayList<>();

  /**
   * Reads a store.
   *
   * @throws DamagedException if its boxes are broken, or it holds no manifest
   * @throws StatusException if a compressed manifest cannot be inflated
   */
  public static ManifestStore parse(byte[] bytes, Budget budget)
      throws DamagedException, StatusException {
    JumbfBox root = JumbfBox.parse(bytes, budget);
    if (!root.label().equals("c2pa") || !root.type().equals("c2pa")) {
      throw new DamagedException("The JUMBF box is not a manifest store.");
    }
    ManifestStore store = new ManifestStore();
    for (JumbfBox box : root.boxes()) {
      switch (box.type()) {
        case "c2ma", "c2md" -> store.add(Kind.STANDARD, box.label(), box);
        case "c2um" -> store.add(Kind.UPDATE, box.label(), box);
        case "c2cm" -> {
          JumbfBox inflated = inflated(box, budget);
          store.add(
              inflated.type().equals("c2um") ? Kind.UPDATE : Kind.STANDARD, box.label(), inflated);
        }
        default -> {
          // Types to come are passed over: C2PA 2.2, 11.1.4.
        }
      }
    }
    if (store.manifests.isEmpty()) {
      throw new DamagedException("The manifest store holds no manifest.");
    }
    return store;
  }

  private void add(Kind kind, String label, JumbfBox box) throws DamagedException {
    if (manifests.size() >= MAX_MANIFESTS) {
      throw new DamagedException(
          Sentence.of("The manifest store holds more than {0} manifests.", MAX_MANIFESTS));
    }
    manifests.add(new Manifest(label, kind, box));
  }

  /** ISO/IEC 18181-2, 9.7: the type of the inflated box, then Brotli. */
  private static JumbfBox inflated(JumbfBox box, Budget budget) throws StatusException {
    byte[] content =
        box.content("brob")
            .orElseThrow(() -> invalid("A compressed manifest holds no compressed box."));
    boolean typed =
        new String(content, 0, Math.min(4, content.length), StandardCharsets.ISO_8859_1)
            .equals("jumb");
    byte[] packed = typed ? Arrays.copyOfRange(content, 4, content.length) : content;
    try {
      byte[] plain =
          Compression.BROTLI.unpacked(
              Sentence.of("A compressed manifest"), packed, MAX_INFLATED_BYTES, budget);
      boolean headed =
          plain.length >= 8 && new String(plain, 4, 4, StandardCharsets.ISO_8859_1).equals("jumb");
      return headed ? JumbfBox.parse(plain, budget) : JumbfBox.ofContent(plain, budget);
    } catch (DamagedException e) {
      throw new StatusException(StatusCode.MANIFEST_COMPRESSED_INVALID, e.sentence());
    }
  }

  private static StatusException invalid(String explanation) {
    return new StatusException(StatusCode.MANIFEST_COMPRESSED_INVALID, explanation);
  }

  /** All manifests, the active one last. */
  public List<Manifest> all() {
    return manifests;
  }

  /** The manifest that describes the file as it is. */
  public Manifest active() {
    return manifests.get(manifests.size() - 1);
  }

  /** The manifest of a label. */
  public Optional<Manifest> manifest(String label) {
    return manifests.stream().filter(m -> m.label().equals(label)).findFirst();
  }
}
