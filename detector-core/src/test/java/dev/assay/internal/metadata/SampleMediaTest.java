package dev.assay.internal.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository's sample media declare what the README beside them says. */
class SampleMediaTest {

  private static final Path SAMPLES = Path.of("..", "datasets", "samples");

  @ParameterizedTest
  @CsvSource({
    "astronaut.png,",
    "chelsea.png, metadata.camera",
    "coffee.png,",
    "rocket.jpg,",
    "city-at-night.mp4, metadata.software",
    "declares-stable-diffusion-webui.png, declared.stable-diffusion-webui",
    "declares-comfyui.webp, declared.comfyui",
    "declares-digital-source-type.jpg, declared.iptc-trained-algorithmic-media",
    "../damaged/truncated.jpg,",
    "../damaged/text.jpg,"
  })
  void sampleDeclaresWhatItsReadmeSays(String file, String code) throws IOException {
    List<String> expected = code == null ? List.of() : List.of(code);
    assertEquals(
        expected, BytesMedia.examine(SAMPLES.resolve(file)).stream().map(e -> e.code()).toList());
  }
}
