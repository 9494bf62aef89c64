package dev.assay.internal.metadata.generator;

import dev.assay.Evidence.Effect;
import dev.assay.Sentence;
import dev.assay.internal.metadata.DeclaredMetadata;
import dev.assay.internal.metadata.Strength;
import java.util.Optional;

/**
 * One known way in which a file declares that a generative model made or changed it.
 *
 * @param name the code after {@code declared.}
 * @param strength how sure it is
 * @param effect what the declaration claims of the media
 * @param generator who declares; empty where the declaration itself names it, or nobody
 * @param meaning what the place holds, to follow {@code The PNG text chunk 'x'} in a sentence;
 *     {@code {0}} in it stands for the generator
 * @param finder finds it
 */
record GeneratorRule(
    String name,
    Strength strength,
    Effect effect,
    String generator,
    String meaning,
    Finder finder) {

  /** What most generators leave: the settings of a run. */
  static final String SETTINGS = "holds generation settings as {0} writes them";

  /** The settings of a run that began from a picture. */
  static final String EDIT_SETTINGS =
      "holds settings of a change to a given picture as {0} writes them";

  /** Their name, or other words of their own. */
  static final String WORDS = "holds the words by which {0} marks what it generated";

  /** Finds it in a file's metadata. */
  interface Finder {
    Optional<Declaration> find(DeclaredMetadata metadata);
  }

  /** The meaning as part of a sentence. */
  Sentence said() {
    return meaning.contains("{0}") ? Sentence.of(meaning, generator) : Sentence.of(meaning);
  }

  /** The stable code of its evidence. */
  String code() {
    return "declared." + name;
  }

  /** A rule by which a generator states that it made the media. */
  static GeneratorRule generated(String name, String generator, String meaning, Finder finder) {
    return new GeneratorRule(name, Strength.STATED, Effect.GENERATED, generator, meaning, finder);
  }

  /** A rule by which a tool states that it changed the media with a generative model. */
  static GeneratorRule edited(String name, String generator, String meaning, Finder finder) {
    return new GeneratorRule(name, Strength.STATED, Effect.EDITED, generator, meaning, finder);
  }

  /** A rule by which a tool states that it changed the media without a generative model. */
  static GeneratorRule processed(String name, String generator, String meaning, Finder finder) {
    return new GeneratorRule(name, Strength.HINT, Effect.PROCESSED, generator, meaning, finder);
  }

  /** The same as a hint. */
  GeneratorRule asHint() {
    return new GeneratorRule(name, Strength.HINT, effect, generator, meaning, finder);
  }
}
