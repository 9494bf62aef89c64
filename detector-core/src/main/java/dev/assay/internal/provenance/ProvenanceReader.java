package dev.assay.internal.provenance;

import dev.assay.Sentence;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.format.Format;
import dev.assay.internal.format.RecognisedFormat;
import dev.assay.internal.metadata.Carrier;
import dev.assay.internal.metadata.MetadataReader;
import dev.assay.internal.provenance.check.Provenance;
import dev.assay.internal.provenance.check.Provenance.State;
import dev.assay.internal.provenance.check.StoreValidator;
import dev.assay.internal.provenance.read.Asset;
import dev.assay.internal.provenance.read.EmbeddedStore;
import dev.assay.internal.provenance.read.ManifestStore;
import dev.assay.internal.provenance.read.SourceTypeSearch;
import dev.assay.internal.provenance.read.StoreFinder;
import dev.assay.internal.provenance.status.StatusCode;
import dev.assay.internal.provenance.status.StatusException;
import dev.assay.internal.provenance.status.ValidationStatus;
import dev.assay.internal.provenance.trust.TrustAnchors;
import dev.assay.internal.provenance.trust.TrustLists;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Media;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads and validates the C2PA manifest store of a file.
 *
 * <p>The validator is our own, by the specification 2.2; cryptography is the JDK's, and Bouncy
 * Castle's for time-stamps and revocation. Nothing is fetched from any network, but what {@link
 * #fetching} asks for. Immutable and thread-safe.
 */
public final class ProvenanceReader {

  private final Supplier<TrustAnchors> trust;
  private final Clock clock;
  private final Optional<RemoteManifest> remote;

  /**
   * A reader.
   *
   * @param trust whom to believe; asked when a file carries a manifest
   * @param clock what time it is
   */
  public ProvenanceReader(Supplier<TrustAnchors> trust, Clock clock) {
    this(trust, clock, Optional.empty());
  }

  ProvenanceReader(Supplier<TrustAnchors> trust, Clock clock, Optional<RemoteManifest> remote) {
    this.trust = trust;
    this.clock = clock;
    this.remote = remote;
  }

  /** The same that fetches the manifests which files point to. */
  public ProvenanceReader fetching() {
    return new ProvenanceReader(trust, clock, Optional.of(new RemoteManifest()));
  }

  /**
   * Reads the provenance of a file. Damage is part of the result.
   *
   * @return empty where the file carries no manifest store, and none that it points to is fetched
   * @throws IOException if the file cannot be read; a {@link RemoteManifest.Refusal} if it points
   *     to a manifest that was not to be had
   */
  public Optional<Provenance> read(Media media) throws IOException {
    Optional<Format> format = RecognisedFormat.of(media);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    Container container = format.get().container();
    ByteReader bytes = new ByteReader(media, media.budget());
    List<EmbeddedStore> stores = StoreFinder.find(bytes, container);
    if (stores.isEmpty()) {
      stores = elsewhere(media);
    }
    return stores.isEmpty()
        ? Optional.empty()
        : Optional.of(validated(stores, bytes, container, media::fragments));
  }

  private List<EmbeddedStore> elsewhere(Media media) throws IOException {
    Optional<byte[]> sidecar = media.sidecar();
    if (sidecar.isPresent()) {
      return List.of(store("file beside it", sidecar.get()));
    }
    String address = remote.isPresent() ? address(media) : "";
    return address.isEmpty()
        ? List.of()
        : List.of(store("manifest at an address", remote.get().fetch(address)));
  }

  private static EmbeddedStore store(String carrier, byte[] bytes) {
    return new EmbeddedStore(carrier, bytes, List.of(), Optional.empty());
  }

  /** XMP part 3, 1.1.5, as C2PA 2.2, 11.5 uses it; empty where the file points nowhere. */
  static String address(Media media) throws IOException {
    return MetadataReader.read(media).text(Carrier.XMP, "dcterms:provenance");
  }

  /** Of when the published trust lists are, if they are so old that a newer one may say more. */
  Optional<LocalDate> oldLists() {
    return trust
        .get()
        .date()
        .filter(
            date ->
                ChronoUnit.DAYS.between(date, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                    > TrustLists.OLD_DAYS);
  }

  private Provenance validated(
      List<EmbeddedStore> stores, ByteReader bytes, Container container, Asset.Fragments fragments)
      throws IOException {
    EmbeddedStore store = stores.get(0);
    if (stores.size() > 1) {
      return broken(
          store,
          StatusCode.GENERAL_ERROR,
          Sentence.of("The file carries more than one manifest store."));
    }
    if (store.fault().isPresent()) {
      return broken(store, StatusCode.GENERAL_ERROR, store.fault().get());
    }
    try {
      return StoreValidator.validate(
          ManifestStore.parse(store.bytes(), bytes.budget()),
          new Asset(bytes, container, store, fragments),
          trust.get(),
          clock.instant());
    } catch (DamagedException e) {
      return broken(store, StatusCode.GENERAL_ERROR, e.sentence());
    } catch (StatusException e) {
      ValidationStatus status = e.at("self#jumbf=/c2pa");
      return broken(store, status.code(), status.explanation());
    }
  }

  private static Provenance broken(EmbeddedStore store, StatusCode code, Sentence explanation) {
    return new Provenance(
        store.carrier(),
        store.bytes().length,
        State.INVALID,
        false,
        List.of(),
        List.of(new ValidationStatus(code, "self#jumbf=/c2pa", explanation)),
        SourceTypeSearch.of(store.bytes()));
  }
}
