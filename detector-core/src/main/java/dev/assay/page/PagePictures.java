package dev.assay.page;

import dev.assay.MediaException;
import dev.assay.MediaKind;
import dev.assay.Region;
import dev.assay.Report;
import dev.assay.Sentence;
import dev.assay.forensics.DifferenceHash;
import dev.assay.forensics.ForensicMap;
import dev.assay.forensics.ForensicMaps;
import dev.assay.forensics.Images;
import dev.assay.forensics.MiddlePart;
import dev.assay.forensics.Spectrogram;
import dev.assay.forensics.Spectrum;
import dev.assay.internal.provenance.SignedThumbnail;
import dev.assay.known.KnownFrame;
import dev.assay.spi.Frame;
import dev.assay.spi.Media;
import dev.assay.spi.Picture;
import dev.assay.spi.Sound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a page shows of a file: JPEG files made from decoded pixels, never the file's own bytes.
 *
 * @param frames the picture, or the frames of a video, in order of time
 * @param attribution the first frame's map of where a model sees generation
 * @param edits a still picture's map of what is not of one piece with the rest
 * @param close the changed part of a still picture, near by; empty where none was found
 * @param maps forensic maps of a still picture
 * @param part what of a large picture the maps show, as {@code width x height}; empty for all
 * @param thumbnail the small copy that a JPEG carries, decoded and coded anew
 * @param signed the small copy that a C2PA manifest holds
 * @param tables how a JPEG is quantised
 * @param sound what is shown of the sound; empty where there is none, or it cannot be decoded
 * @param known media that it shows, the nearest first
 * @param fall how the power of a still picture falls ({@link Spectrum#fall}); empty for small ones
 */
public record PagePictures(
    List<FramePicture> frames,
    Optional<HeatPicture> attribution,
    Optional<HeatPicture> edits,
    Optional<Close> close,
    List<MapPicture> maps,
    String part,
    Optional<byte[]> thumbnail,
    Optional<SignedCopy> signed,
    Optional<Tables> tables,
    Optional<SoundPicture> sound,
    List<KnownPicture> known,
    List<Double> fall) {

  /** The most bytes of sound that a page carries. */
  public static final int MAX_SOUND_BYTES = 2 << 20;

  /** Maps of the changed part and its surroundings: where it differs, these show it best. */
  private static final List<ForensicMaps> CLOSE_MAPS =
      List.of(ForensicMaps.NOISE, ForensicMaps.NOISE_LEVELS, ForensicMaps.ELA, ForensicMaps.GHOST);

  /** The grid of a JPEG, in pixels. */
  private static final int GRID = 8;

  private static final int PICTURE = 1400;
  private static final int FRAME = 480;
  private static final int MAP = 800;
  private static final int KNOWN = 480;
  private static final int QUALITY = 80;
  private static final int MAP_QUALITY = 75;

  /** Pixels of the middle of a picture that maps are made of. */
  private static final int MAX_MAP_PIXELS = 2_000_000;

  /**
   * A frame.
   *
   * @param timeSeconds when, in a video
   * @param jpeg as a file
   * @param width of the frame itself, in pixels
   * @param height of the frame itself, in pixels
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record FramePicture(double timeSeconds, byte[] jpeg, int width, int height) {}

  /**
   * A map of what a model sees.
   *
   * @param png with transparency, to be laid over the picture
   * @param least the smallest log-likelihood ratio of a place
   * @param most the largest
   * @param places how many places were scored
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record HeatPicture(byte[] png, double least, double most, int places) {}

  /**
   * A part of a picture and its surroundings, at the picture's own resolution where that is not too
   * large.
   *
   * @param jpeg the pixels
   * @param maps forensic maps of the same
   * @param x left edge, in pixels of the picture
   * @param y top edge
   * @param width in pixels of the picture
   * @param height in pixels of the picture
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record Close(byte[] jpeg, List<MapPicture> maps, int x, int y, int width, int height) {
    public Close {
      maps = List.copyOf(maps);
    }
  }

  /**
   * A forensic map.
   *
   * @param name its code
   * @param jpeg as a file
   * @param finding one sentence with figures
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record MapPicture(String name, byte[] jpeg, Optional<Sentence> finding) {}

  /**
   * A small copy that was signed, decoded and coded anew.
   *
   * @param jpeg as a file
   * @param distance how far it is from the picture, in bits of 64 ({@link DifferenceHash})
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record SignedCopy(byte[] jpeg, int distance) {}

  /**
   * A sound.
   *
   * @param spectrogram how strong each frequency is over time, as a JPEG file
   * @param peaks the largest sample of each column of it, of full scale
   * @param seconds how long the sound is
   * @param topHertz the frequency at the top of the spectrogram
   * @param opus the sound itself as Opus in Ogg; empty where it is too long for a page
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares sounds.
  public record SoundPicture(
      byte[] spectrogram, List<Float> peaks, double seconds, int topHertz, Optional<byte[]> opus) {
    public SoundPicture {
      peaks = List.copyOf(peaks);
    }
  }

  /**
   * Known media beside what the file shows of it.
   *
   * @param name by which its owner knows it
   * @param shown the frame that shows it, as a JPEG file
   * @param jpeg what an index keeps of it, decoded and coded anew; empty where it keeps none
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  public record KnownPicture(String name, byte[] shown, Optional<byte[]> jpeg) {

    /** Of a match in a file that is open. */
    public static KnownPicture of(KnownFrame found) {
      ByteBuffer thumbnail = found.match().entry().fingerprint().thumbnail().duplicate();
      byte[] content = new byte[thumbnail.remaining()];
      thumbnail.get(content);
      return new KnownPicture(
          found.match().file().name(),
          Images.jpeg(found.frame().picture(), KNOWN, QUALITY),
          Images.codedAnew(content));
    }
  }

  /**
   * How a JPEG is quantised.
   *
   * @param luminance 64 steps, row by row
   * @param quality at which the common library writes them
   * @param adobe whether they were met in files of Adobe's programs
   */
  public record Tables(List<Integer> luminance, OptionalInt quality, boolean adobe) {
    public Tables {
      luminance = List.copyOf(luminance);
    }
  }

  public PagePictures {
    frames = List.copyOf(frames);
    maps = List.copyOf(maps);
    known = List.copyOf(known);
    fall = List.copyOf(fall);
  }

  /** The same, with known media. */
  public PagePictures with(List<KnownPicture> found) {
    return new PagePictures(
        frames,
        attribution,
        edits,
        close,
        maps,
        part,
        thumbnail,
        signed,
        tables,
        sound,
        found,
        fall);
  }

  /** Nothing to show. */
  public static PagePictures none() {
    return framed(List.of(), Optional.empty(), Optional.empty());
  }

  /** Frames and sound, and nothing that only still pictures have. */
  private static PagePictures framed(
      List<FramePicture> frames, Optional<HeatPicture> heat, Optional<SoundPicture> sound) {
    return new PagePictures(
        frames,
        heat,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        sound,
        List.of(),
        List.of());
  }

  /**
   * Makes the pictures of a file.
   *
   * @param report what was found
   * @param media the file
   * @param regions what a model says of places all over the first frame; none for no map of it
   * @param patches what a model of changed parts says of all patches of a still picture; none for
   *     no map of it
   * @param opus the sound as Opus in Ogg, {@link #MAX_SOUND_BYTES} at most; empty for no player
   */
  public static PagePictures of(
      Report report, Media media, List<Region> regions, List<Region> patches, Optional<byte[]> opus)
      throws MediaException, IOException {
    Optional<SoundPicture> sound = sound(media, opus);
    if (media.kind() == MediaKind.AUDIO) {
      return framed(List.of(), Optional.empty(), sound);
    }
    List<Frame> decoded = media.frames();
    boolean still = decoded.size() == 1;
    List<FramePicture> frames = new ArrayList<>();
    for (Frame frame : decoded) {
      Picture picture = frame.picture();
      frames.add(
          new FramePicture(
              frame.timeSeconds(),
              Images.jpeg(picture, still ? PICTURE : FRAME, QUALITY),
              picture.width(),
              picture.height()));
    }
    Picture first = decoded.get(0).picture();
    Optional<HeatPicture> heat = heat(regions, first);
    if (!still) {
      return framed(frames, heat, sound);
    }
    List<Region> part = EditOutline.part(report);
    MiddlePart middle = MiddlePart.of(first, MAX_MAP_PIXELS);
    List<MapPicture> maps = new ArrayList<>();
    for (ForensicMaps kind : ForensicMaps.values()) {
      ForensicMap map = kind.of(middle);
      maps.add(new MapPicture(kind.code(), map.jpeg(MAP, MAP_QUALITY), map.finding()));
    }
    boolean whole = middle.width() == first.width() && middle.height() == first.height();
    return new PagePictures(
        frames,
        heat,
        heat(patches, first),
        part.isEmpty() ? Optional.empty() : Optional.of(close(first, part)),
        maps,
        whole ? "" : middle.width() + " x " + middle.height(),
        JpegExtras.thumbnail(media),
        signed(media, first),
        JpegExtras.tables(media),
        Optional.empty(),
        List.of(),
        Spectrum.fall(first).orElse(List.of()));
  }

  private static Optional<HeatPicture> heat(List<Region> regions, Picture picture) {
    return regions.isEmpty()
        ? Optional.empty()
        : Optional.of(HeatMap.of(regions, picture.width(), picture.height()));
  }

  /** The part, with a margin of half its size around it. */
  private static Close close(Picture picture, List<Region> part) {
    int left = part.stream().mapToInt(Region::x).min().orElse(0);
    int top = part.stream().mapToInt(Region::y).min().orElse(0);
    int right = part.stream().mapToInt(one -> one.x() + one.width()).max().orElse(0);
    int bottom = part.stream().mapToInt(one -> one.y() + one.height()).max().orElse(0);
    int aside = (right - left) / 2;
    int above = (bottom - top) / 2;
    int x = Math.max(0, left - aside) / GRID * GRID;
    int y = Math.max(0, top - above) / GRID * GRID;
    int width = Math.min(picture.width(), right + aside) - x;
    int height = Math.min(picture.height(), bottom + above) - y;
    MiddlePart shown = MiddlePart.of(new MiddlePart(picture, x, y, width, height), MAX_MAP_PIXELS);
    List<MapPicture> maps = new ArrayList<>();
    for (ForensicMaps kind : CLOSE_MAPS) {
      ForensicMap map = kind.of(shown);
      maps.add(new MapPicture(kind.code(), map.jpeg(MAP, MAP_QUALITY), map.finding()));
    }
    return new Close(
        Images.jpeg(shown, MAP, QUALITY),
        maps,
        x + shown.left(),
        y + shown.top(),
        shown.width(),
        shown.height());
  }

  /** Sound that cannot be decoded takes nothing from what is shown beside it. */
  private static Optional<SoundPicture> sound(Media media, Optional<byte[]> opus) {
    try (Sound sound = media.sound().orElse(null)) {
      if (sound == null) {
        return Optional.empty();
      }
      Spectrogram.Drawn drawn = Spectrogram.of(sound);
      return Optional.of(
          new SoundPicture(
              drawn.map().jpeg(Spectrogram.MOST_COLUMNS, MAP_QUALITY),
              drawn.peaks(),
              drawn.seconds(),
              drawn.topHertz(),
              opus));
    } catch (MediaException e) {
      return Optional.empty();
    }
  }

  private static Optional<SignedCopy> signed(Media media, Picture picture) throws IOException {
    Optional<byte[]> jpeg = SignedThumbnail.of(media).flatMap(Images::codedAnew);
    if (jpeg.isEmpty()) {
      return Optional.empty();
    }
    return DifferenceHash.distance(picture, jpeg.get())
        .map(distance -> new SignedCopy(jpeg.get(), distance));
  }
}
