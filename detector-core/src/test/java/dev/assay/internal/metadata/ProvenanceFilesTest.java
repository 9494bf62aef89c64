package dev.assay.internal.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real files of cameras, editors and generators, where {@link RealFiles} says. */
class ProvenanceFilesTest {

  private static final Path FILES = RealFiles.PROVENANCE;

  /** What files that declare a generator must report; every other file must report nothing. */
  private static final Map<String, Set<String>> DECLARATIONS =
      Map.ofEntries(
          Map.entry("ai-generators/doubao_gray_1x1_1.png", Set.of("china-aigc-label")),
          Map.entry("ai-generators/grok-1.jpg", Set.of("grok")),
          Map.entry(
              "ai-generators/mj-1.png", Set.of("midjourney", "iptc-trained-algorithmic-media")),
          Map.entry("comfyui/esrgan_example.png", Set.of("comfyui")),
          Map.entry("comfyui/sdxl_refiner_prompt_example.png", Set.of("comfyui")),
          Map.entry("comfyui/depth_controlnet.png", Set.of("comfyui")),
          Map.entry("comfyui/mixing_controlnets.png", Set.of("comfyui")),
          Map.entry("comfyui/gligen_textbox_example.png", Set.of("comfyui")),
          Map.entry("comfyui/lora.png", Set.of("comfyui")),
          Map.entry("comfyui/hunyuan_video_text_to_video.webp", Set.of("comfyui")),
          Map.entry("comfyui/hypernetwork_example.png", Set.of("comfyui")),
          Map.entry("comfyui/embedding_example.png", Set.of("comfyui")));

  @BeforeAll
  static void requireFiles() {
    RealFiles.require(ProvenanceFilesTest.class);
  }

  @Test
  void filesDeclareWhatIsKnownOfThemAndNothingElse() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    int examined = 0;
    try (Stream<Path> files = Files.walk(FILES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        examined++;
        Set<String> declared =
            BytesMedia.declarations(Files.readAllBytes(file)).stream()
                .map(evidence -> evidence.code().replace("declared.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!declared.isEmpty()) {
          found.put(name(file), declared);
        }
      }
    }
    assertTrue(examined > DECLARATIONS.size());
    Map<String, Set<String>> expected = new TreeMap<>(DECLARATIONS);
    expected.keySet().removeIf(name -> !Files.exists(FILES.resolve(name)));
    assertEquals(expected, found);
  }

  @Test
  void camerasAreNamed() throws IOException {
    for (String name : Set.of("exiftool/Nikon.jpg", "exiftool/Canon.jpg", "exiftool/GoPro.jpg")) {
      assertTrue(codes(name).contains("metadata.camera"), name);
    }
  }

  private static Set<String> codes(String name) throws IOException {
    return BytesMedia.examine(FILES.resolve(name)).stream()
        .map(Evidence::code)
        .collect(Collectors.toSet());
  }

  private static String name(Path file) {
    return FILES.relativize(file).toString().replace('\\', '/');
  }
}
