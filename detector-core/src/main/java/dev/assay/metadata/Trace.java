package dev.assay.metadata;

import java.util.Optional;

/**
 * One known way in which a file declares that a generative model made or changed it.
 *
 * @param name the code behind {@code declared.}
 * @param strength how sure it is
 * @param effect what the declaration claims of the media
 * @param generator who declares; empty where the declaration itself names it, or nobody
 * @param meaning what the place holds, to follow {@code The PNG text chunk 'x'} in a sentence
 * @param matcher finds it
 */
record Trace(
    String name,
    Strength strength,
    Effect effect,
    String generator,
    String meaning,
    Matcher matcher) {

  /** How sure a trace is, apart from its being unsigned. */
  enum Strength {
    /** The file says so in a form that only a generator writes. */
    STATED("stated"),
    /** The file says something that goes with a generator, and may have another cause. */
    HINT("hint");

    private final String word;

    Strength(String word) {
      this.word = word;
    }

    /** As the report spells it. */
    String word() {
      return word;
    }
  }

  /** What a trace claims of the media. */
  enum Effect {
    GENERATED("generated"),
    EDITED("edited");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /** As the report spells it. */
    String word() {
      return word;
    }
  }

  /** Finds a trace in a file's metadata. */
  interface Matcher {
    Optional<Claim> match(DeclaredMetadata metadata);
  }

  /** The stable code of its evidence. */
  String code() {
    return "declared." + name;
  }

  /** A trace by which a generator states that it made the media. */
  static Trace generated(String name, String generator, String meaning, Matcher matcher) {
    return new Trace(name, Strength.STATED, Effect.GENERATED, generator, meaning, matcher);
  }

  /** A trace by which a tool states that it changed the media with a generative model. */
  static Trace edited(String name, String generator, String meaning, Matcher matcher) {
    return new Trace(name, Strength.STATED, Effect.EDITED, generator, meaning, matcher);
  }

  /** The same as a hint. */
  Trace asHint() {
    return new Trace(name, Strength.HINT, effect, generator, meaning, matcher);
  }
}
