package dev.assay.internal.provenance.trust;

import dev.assay.InstallationException;
import dev.assay.internal.resource.ShippedData;
import dev.assay.internal.resource.UserFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lists of trusted certificates: copies of the published ones ship with Assay; {@code assay
 * trust update} puts newer ones into the user's cache; and there is the user's own. Of each
 * published list the newer one is in force. Thread-safe.
 */
public final class TrustLists {

  /** Name of the specification's list of signers, in the cache and where it is published. */
  public static final String SIGNERS = "C2PA-TRUST-LIST.pem";

  /** Name of its list of authorities for time-stamps. */
  public static final String TIME_STAMPS = "C2PA-TSA-TRUST-LIST.pem";

  /** Name of the IPTC's list of verified news publishers. */
  public static final String PUBLISHERS = "IPTC-VERIFIED-NEWS-PUBLISHERS.pem";

  /** After so many days a list counts as old. */
  public static final int OLD_DAYS = 180;

  private static final String SHIPPED = "/dev/assay/internal/provenance/trust/";

  /** What the file beside the shipped lists says of them. */
  record Shipped(String date, List<Origin> lists) {

    /**
     * Where a list came from.
     *
     * @param file its name
     * @param address where it is published
     * @param sha256 of the copy that ships
     */
    record Origin(String file, URI address, String sha256) {}

    static Shipped read() {
      return ShippedData.read(SHIPPED + "lists.json", Shipped.class);
    }
  }

  /**
   * A published list as it is in force.
   *
   * @param name of the file
   * @param date when it was fetched
   * @param place the file in the cache; empty for the copy that ships
   * @param certificates in its order
   */
  public record Published(
      String name, LocalDate date, Optional<Path> place, List<X509Certificate> certificates) {

    public Published {
      certificates = List.copyOf(certificates);
    }

    /** How many days ago it was fetched. */
    public long age(Instant now) {
      return ChronoUnit.DAYS.between(date, LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** Whether a newer one ought to be fetched. */
    public boolean old(Instant now) {
      return age(now) > OLD_DAYS;
    }
  }

  private final List<X509Certificate> own;
  private final List<Published> cached;
  private Optional<TrustAnchors> anchors = Optional.empty();

  /**
   * The lists of this user. Those that ship are read when they are needed first.
   *
   * @param own a PEM file, if there is one
   * @throws InstallationException if a list of the user cannot be read
   */
  public TrustLists(Optional<Path> own) {
    this.own = own.map(TrustLists::list).orElse(List.of());
    this.cached = new ArrayList<>();
    for (String name : List.of(SIGNERS, TIME_STAMPS, PUBLISHERS)) {
      Path file = folder().resolve(name);
      if (Files.isRegularFile(file)) {
        cached.add(new Published(name, fetched(file), Optional.of(file), list(file)));
      }
    }
  }

  /** The folder of the lists that were fetched; it may not exist. */
  public static Path folder() {
    return UserFolders.cache().resolve("trust");
  }

  /** The anchors of all lists that are in force. */
  public synchronized TrustAnchors anchors() {
    if (anchors.isEmpty()) {
      List<Published> lists = published();
      anchors =
          Optional.of(
              new TrustAnchors(
                  lists.get(0).certificates(),
                  own,
                  lists.get(1).certificates(),
                  lists.get(2).certificates(),
                  lists.stream().map(Published::date).min(LocalDate::compareTo)));
    }
    return anchors.get();
  }

  /** The published lists that are in force: signers, authorities for time-stamps, publishers. */
  public List<Published> published() {
    LocalDate shipped = LocalDate.parse(Shipped.read().date());
    List<Published> lists = new ArrayList<>();
    for (String name : List.of(SIGNERS, TIME_STAMPS, PUBLISHERS)) {
      lists.add(
          cached.stream()
              .filter(list -> list.name().equals(name) && !list.date().isBefore(shipped))
              .findFirst()
              .orElseGet(() -> shipped(name, shipped)));
    }
    return lists;
  }

  private static Published shipped(String name, LocalDate date) {
    String pem = new String(ShippedData.bytes(SHIPPED + name), StandardCharsets.UTF_8);
    try {
      return new Published(name, date, Optional.empty(), TrustAnchors.parse(pem, name));
    } catch (IOException e) {
      throw new InstallationException("The trust list that ships is broken: " + e.getMessage(), e);
    }
  }

  private static LocalDate fetched(Path file) {
    try {
      return LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
    } catch (IOException e) {
      throw new InstallationException("The trust list cannot be used: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> list(Path file) {
    try {
      return TrustAnchors.read(file);
    } catch (IOException e) {
      throw new InstallationException("The trust list cannot be used: " + e.getMessage(), e);
    }
  }
}
