package dev.assay.evaluation;

import dev.assay.Condition;
import dev.assay.ContentFeatures;
import dev.assay.FileAnalyzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Features of contents under conditions, kept on disk by the backbone that computed them: at most
 * some 70 kilobytes each.
 */
final class FeatureCache {

  private final Path folder;
  private final String backbone;
  private final FileAnalyzer analyzer;

  /**
   * A cache.
   *
   * @param folder where caches lie
   * @param backbone SHA-256 of the backbone
   */
  FeatureCache(Path folder, String backbone, FileAnalyzer analyzer) {
    this.folder = folder.resolve("features-" + backbone.substring(0, 16));
    this.backbone = backbone;
    this.analyzer = analyzer;
  }

  /**
   * The features of a file.
   *
   * @param condition of the copy that they are of; empty for those of the file as it is
   * @return empty where it has none
   */
  Optional<ContentFeatures> of(Scored file, Optional<Condition> condition) throws IOException {
    String sha256 = file.outcome().sha256();
    String name = condition.map(Condition::code).orElse(Examination.AS_FOUND);
    Path kept = folder.resolve(sha256.substring(0, 2)).resolve(sha256 + "-" + name);
    try {
      return Optional.of(ContentFeatures.read(Files.readAllBytes(kept)));
    } catch (NoSuchFileException e) {
      // Computed now.
    }
    Optional<ContentFeatures> computed =
        condition.isPresent()
            ? ofCopy(file, condition.get())
            : analyzer.features(file.sample().file());
    if (computed.isPresent() && computed.get().backbone().equals(backbone)) {
      Files.createDirectories(kept.getParent());
      Path part = Files.createTempFile(kept.getParent(), sha256, ".part");
      Files.write(part, computed.get().bytes());
      Files.move(part, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return computed;
  }

  private Optional<ContentFeatures> ofCopy(Scored file, Condition condition) throws IOException {
    Optional<byte[]> copy = analyzer.copy(file.sample().file(), condition);
    if (copy.isEmpty()) {
      return Optional.empty();
    }
    Path scratch = Files.createTempDirectory("assay-copy-");
    Path copied = scratch.resolve("copy");
    try {
      Files.write(copied, copy.get());
      return analyzer.features(copied);
    } finally {
      Files.deleteIfExists(copied);
      Files.deleteIfExists(scratch);
    }
  }
}
