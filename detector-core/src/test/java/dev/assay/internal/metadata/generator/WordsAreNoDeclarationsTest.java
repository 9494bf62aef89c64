package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.jpegXmp;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.xmp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names of generators are words, persons and places too: a text that holds one declares nothing.
 */
@Tag("long")
class WordsAreNoDeclarationsTest {

  private static final List<String> WORDS =
      List.of(
          "Imagen",
          "Sora",
          "Midjourney",
          "Stable Diffusion",
          "DALL-E",
          "ChatGPT",
          "OpenAI",
          "Grok",
          "Ideogram",
          "Firefly",
          "Adobe Firefly",
          "FLUX",
          "FLUX.1",
          "Flux",
          "Gemini",
          "Google Gemini",
          "Runway",
          "RunwayML",
          "Kling",
          "Kling AI",
          "Luma",
          "Luma AI",
          "Veo",
          "Suno",
          "Udio",
          "ElevenLabs",
          "Hailuo",
          "Pika",
          "Reve",
          "Recraft",
          "Leonardo.Ai",
          "ComfyUI",
          "InvokeAI",
          "NovelAI",
          "Fooocus",
          "SwarmUI",
          "Draw Things",
          "Easy Diffusion",
          "Dreamina",
          "Seedream",
          "Bing Image Creator",
          "Krea",
          "HeyGen",
          "Synthesia",
          "faceswap",
          "DeepFaceLab",
          "Made with Google AI",
          "made with suno",
          "AI generated image",
          "trainedAlgorithmicMedia",
          "invokeai_metadata",
          "prompt",
          "workflow",
          "KSampler",
          "Steps: 20");

  private static final List<String> SENTENCES =
      List.of(
          "%s",
          "Journey to %s Street",
          "%s de portada",
          "The painter %s in her studio, 2014",
          "Not made with %s, but with a camera.",
          "A talk on %s and what it means for photographers",
          "Una imagen de %s en la plaza",
          "Eine Aufnahme von %s am Abend",
          "Une photo de %s au bord de la mer",
          "Foto di %s sotto la pioggia",
          "Retrato de %s, Lisboa",
          "Фотография %s на Невском проспекте",
          "%sと海の写真",
          "%s 的照片",
          "صورة %s في القاهرة",
          "%s caddesinde bir fotoğraf");

  private static final List<String> PNG_FIELDS =
      List.of(
          "Title",
          "Author",
          "Description",
          "Copyright",
          "Comment",
          "Source",
          "Disclaimer",
          "Creation Time",
          "prompt",
          "workflow",
          "parameters",
          "Warning");
  private static final List<Integer> EXIF_FIELDS =
      List.of(0x010D, 0x010E, 0x010F, 0x0110, 0x013B, 0x013C, 0x8298);
  private static final List<String> XMP_FIELDS =
      List.of(
          "dc:title",
          "dc:description",
          "dc:creator",
          "photoshop:Headline",
          "xmp:Label",
          "tiff:Make",
          "tiff:Model",
          "photoshop:City",
          "photoshop:Source");

  static Stream<String> words() {
    return WORDS.stream();
  }

  @ParameterizedTest
  @MethodSource("words")
  void wordsInTextsOfPersonsDeclareNothing(String word) {
    for (String sentence : SENTENCES) {
      String text = sentence.formatted(word);
      List<byte[]> chunks = new ArrayList<>();
      PNG_FIELDS.forEach(name -> chunks.add(pngText(name, text)));
      assertEquals(List.of(), BytesMedia.declarations(png(chunks.toArray(byte[][]::new))), text);
      // What is the name alone may be NovelAI's own mark in this one field.
      EXIF_FIELDS.stream()
          .filter(tag -> !(tag == 0x010D && text.equals("AI generated image")))
          .forEach(
              tag ->
                  assertEquals(
                      List.of(), BytesMedia.declarations(jpeg(jpegExif(exif(tag, text)))), text));
      StringBuilder properties = new StringBuilder();
      XMP_FIELDS.forEach(name -> properties.append("<%1$s>%2$s</%1$s>".formatted(name, text)));
      assertEquals(
          List.of(), BytesMedia.declarations(jpeg(jpegXmp(xmp(properties.toString())))), text);
    }
  }

  /** Of sound and video: titles, performers, comments, and the person who encoded it. */
  @ParameterizedTest
  @MethodSource("words")
  void wordsInTagsOfSoundAndVideoDeclareNothing(String word) {
    for (String sentence : SENTENCES) {
      String text = sentence.formatted(word);
      // Suno's own mark, in the field in which it writes it.
      boolean mark = text.equals("made with suno");
      byte[] content = Containers.join(new byte[] {0}, Containers.latin1(ascii(text)));
      for (String frame : List.of("TIT2", "TPE1", "TALB", "TENC", "TCOM", "TEXT", "TOPE")) {
        assertEquals(
            List.of(),
            BytesMedia.declarations(
                Containers.join(
                    Containers.id3(Containers.id3Frame(frame, content)), new byte[200])),
            frame + " " + text);
      }
      for (String tag :
          mark
              ? List.of("\u00a9nam")
              : List.of("\u00a9nam", "\u00a9ART", "\u00a9cmt", "\u00a9alb")) {
        assertEquals(
            List.of(), BytesMedia.declarations(Containers.mp4WithKey(tag, text)), tag + text);
      }
      for (String tag :
          mark ? List.of("TITLE") : List.of("TITLE", "ARTIST", "COMMENT", "DESCRIPTION")) {
        assertEquals(
            List.of(), BytesMedia.declarations(Containers.matroskaWithTag(tag, text)), text);
        assertEquals(
            List.of(), BytesMedia.declarations(Containers.flacWithComment(tag + "=" + text)), text);
      }
    }
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "e");
  }

  @ParameterizedTest
  @MethodSource("words")
  void sentencesInSoftwareFieldsDeclareNothing(String word) {
    for (String sentence : SENTENCES.subList(1, SENTENCES.size())) {
      String text = sentence.formatted(word);
      assertEquals(List.of(), BytesMedia.declarations(png(pngText("Software", text))), text);
      assertEquals(List.of(), BytesMedia.declarations(jpeg(jpegExif(exif(0x0131, text)))), text);
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "Imagen",
        "Imagen 4",
        "Sora",
        "Sora 2",
        "Reve",
        "Flux",
        "Gemini",
        "Runway",
        "Luma",
        "Veo",
        "Pika",
        "Firefly",
        "Leonardo",
        "Aurora"
      })
  void wordsOfLivingLanguagesNeedTheirMaker(String word) {
    assertEquals(List.of(), BytesMedia.declarations(png(pngText("Software", word))));
    assertEquals(List.of(), BytesMedia.declarations(jpeg(jpegExif(exif(0x0131, word)))));
  }
}
