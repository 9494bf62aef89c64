package dev.assay.evaluation;

import dev.assay.Condition;
import dev.assay.MediaKind;
import dev.assay.internal.fusion.FusionParameters;
import dev.assay.internal.fusion.FusionParameters.Sum;
import java.util.List;
import java.util.Set;

/** What a further head can be fitted to. */
enum Subject {
  /** Still pictures. */
  PICTURES(MediaKind.IMAGE),
  /** The frames of clips. */
  CLIPS(MediaKind.VIDEO),
  /** The speech of audio. */
  VOICES(MediaKind.AUDIO);

  private final MediaKind kind;

  Subject(MediaKind kind) {
    this.kind = kind;
  }

  MediaKind kind() {
    return kind;
  }

  /**
   * The copies that are learned from. Pictures of both classes pass the same encoders, so that
   * neither format nor size tells them apart. Clips and voices are taken as they are: what was
   * learned from went through many encoders.
   */
  List<Condition> conditions() {
    return this == PICTURES
        ? List.of(Condition.of("jpeg95"), Condition.of("screenshot"))
        : List.of();
  }

  /** The shipped models that look at the whole of it, and have its backbone. */
  private Set<String> models() {
    return switch (this) {
      case PICTURES -> Set.of("clip-whole", "clip-native");
      case CLIPS -> Set.of("frame-whole", "frame-native");
      case VOICES -> Set.of("speech-encoder", "speech-texture");
    };
  }

  /** How the shipped models that look at the whole of it add up. */
  Sum sum() {
    return FusionParameters.shipped().of(kind).sum(models()).orElseThrow();
  }

  /** Whether a file is one, and those models judge it. */
  boolean holds(Scored file) {
    return !file.failed()
        && file.outcome().kind().equals(kind.code())
        && file.outcome().models().keySet().stream().anyMatch(models()::contains);
  }
}
