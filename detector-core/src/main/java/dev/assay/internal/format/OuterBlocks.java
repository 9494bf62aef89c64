package dev.assay.internal.format;

import dev.assay.internal.container.AsfObjects;
import dev.assay.internal.container.BlockWalker;
import dev.assay.internal.container.ByteReader;
import dev.assay.internal.container.Container;
import dev.assay.internal.container.EbmlElements;
import dev.assay.internal.container.FlacBlocks;
import dev.assay.internal.container.FlvTags;
import dev.assay.internal.container.GifBlocks;
import dev.assay.internal.container.Id3Frames;
import dev.assay.internal.container.IsoBoxes;
import dev.assay.internal.container.JpegSegments;
import dev.assay.internal.container.PngChunks;
import dev.assay.internal.container.RiffChunks;
import dev.assay.spi.Block;
import dev.assay.spi.DamagedException;
import dev.assay.spi.Finding;
import dev.assay.spi.Media;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The outermost blocks of a file, for {@link Media#blocks}. */
public final class OuterBlocks {

  /** Most blocks that are listed of one file. */
  private static final int MAX_BLOCKS = 100_000;

  /** Begins to walk the blocks of a file. */
  private interface Start {
    BlockWalker of(ByteReader bytes) throws IOException, DamagedException;
  }

  private static final Map<Container, Start> WALKERS =
      new EnumMap<>(
          Map.of(
              Container.JPEG, bytes -> new JpegSegments(bytes, 0),
              Container.PNG, PngChunks::new,
              Container.GIF, GifBlocks::new,
              Container.RIFF, RiffChunks::of,
              Container.ISO, IsoBoxes::of,
              Container.EBML, bytes -> new EbmlElements(bytes, 0, bytes.size()),
              Container.FLAC, bytes -> new FlacBlocks(bytes, Id3Frames.end(bytes, 0)),
              Container.ASF, AsfObjects::new,
              Container.FLV, FlvTags::new));

  private static final Finding<List<Block>> FINDING = OuterBlocks::walk;

  private OuterBlocks() {}

  /** The blocks, in the order of the file, up to where it is damaged. */
  public static List<Block> of(Media media) throws IOException {
    return media.once(FINDING);
  }

  private static List<Block> walk(Media media) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Start start = WALKERS.get(RecognisedFormat.container(media));
    if (start == null) {
      return blocks;
    }
    try {
      BlockWalker walker = start.of(new ByteReader(media, media.budget()));
      for (Block block = walker.next();
          block != null && blocks.size() < MAX_BLOCKS;
          block = walker.next()) {
        blocks.add(block);
      }
    } catch (DamagedException e) {
      // What was walked before the damage is the answer.
    }
    return List.copyOf(blocks);
  }
}
