package dev.assay.internal.provenance;

import dev.assay.internal.container.ByteReader;
import dev.assay.internal.format.Format;
import dev.assay.internal.format.RecognisedFormat;
import dev.assay.internal.provenance.read.Claim;
import dev.assay.internal.provenance.read.EmbeddedStore;
import dev.assay.internal.provenance.read.HashAlgorithm;
import dev.assay.internal.provenance.read.HashedUri;
import dev.assay.internal.provenance.read.JumbfBox;
import dev.assay.internal.provenance.read.Manifest;
import dev.assay.internal.provenance.read.ManifestStore;
import dev.assay.internal.provenance.read.StoreFinder;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The small copy of a picture that its active manifest holds (C2PA 2.2, 18.11), as it was signed:
 * what the picture looked like to the signer.
 */
public final class SignedThumbnail {

  /** Largest one that is read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final String LABEL = "c2pa.thumbnail.claim";

  private SignedThumbnail() {}

  /**
   * The bytes of its file, which is as hostile as any.
   *
   * @return empty where there is none, or it is not what the claim's hash is of
   */
  public static Optional<byte[]> of(Media media) throws IOException {
    Optional<Format> format = RecognisedFormat.of(media);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    ByteReader bytes = new ByteReader(media, media.budget());
    List<EmbeddedStore> stores = StoreFinder.find(bytes, format.get().container());
    if (stores.size() != 1 || stores.get(0).fault().isPresent()) {
      return Optional.empty();
    }
    try {
      Manifest active = ManifestStore.parse(stores.get(0).bytes(), bytes.budget()).active();
      return hashed(active, Claim.of(active));
    } catch (DamagedException | StatusException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> hashed(Manifest manifest, Claim claim) throws StatusException {
    for (HashedUri reference : claim.assertions()) {
      String label = reference.within().replace(Manifest.ASSERTIONS + "/", "");
      Optional<JumbfBox> box =
          manifest.assertions().stream().filter(b -> b.label().equals(label)).findFirst();
      if (label.startsWith(LABEL) && box.isPresent()) {
        String name = reference.algorithm().isEmpty() ? claim.algorithm() : reference.algorithm();
        boolean same = Arrays.equals(box.get().hash(HashAlgorithm.of(name)), reference.hash());
        return box.get().content("bidb").filter(file -> same && file.length <= MAX_BYTES);
      }
    }
    return Optional.empty();
  }
}
