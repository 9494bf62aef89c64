package dev.assay.internal.metadata.generator;

import static dev.assay.internal.metadata.Containers.exif;
import static dev.assay.internal.metadata.Containers.jpeg;
import static dev.assay.internal.metadata.Containers.jpegExif;
import static dev.assay.internal.metadata.Containers.png;
import static dev.assay.internal.metadata.Containers.pngText;
import static dev.assay.internal.metadata.Containers.userComment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.Evidence;
import dev.assay.internal.metadata.BytesMedia;
import dev.assay.internal.metadata.Containers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComfyRulesTest {

  private static final String PHOTO = "'1':{'class_type':'LoadImage','inputs':{'image':'a.jpg'}},";
  private static final String NOISE =
      "'8':{'class_type':'EmptyLatentImage','inputs':{'width':512}},";
  private static final String MODEL =
      "'4':{'class_type':'CheckpointLoaderSimple','inputs':{'ckpt_name':'m.safetensors'}},";
  private static final String ENCODE =
      "'7':{'class_type':'VAEEncode','inputs':{'pixels':['1',0],'vae':['4',2]}},";
  private static final String SAVE = "'9':{'class_type':'SaveImage','inputs':{'images':['5',0]}}";
  private static final String DECODE =
      "'5':{'class_type':'VAEDecode','inputs':{'samples':['3',0],'vae':['4',2]}},";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // sampler type | its latent | denoise | what the graph did
        "KSampler|8|1|comfyui",
        "KSampler|8|0.4|comfyui",
        "KSampler|7|0.4|comfyui-edited",
        "KSampler|7|1|comfyui",
        "NodeOfNextMonth|8|1|comfyui",
        "NodeOfNextMonth|7|0.3|comfyui-edited",
      })
  void samplingIsToldByWhatItBeginsWith(
      String type, String latent, String denoise, String expected) {
    String sampler =
        ""
            + "'3':{'class_type':'%s','inputs':{'model':['4',0],'latent_image':['%s',0],'seed':1,'steps':9,'denoise':%s}},"
                .formatted(type, latent, denoise);
    assertEquals(
        List.of(expected),
        codes("{" + PHOTO + NOISE + MODEL + ENCODE + sampler + DECODE + SAVE + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GeminiImageNode|'prompt':'a cat','model':'m','seed':1|comfyui",
        "GeminiImageNode|'prompt':'a hat','images':['1',0]|comfyui-edited",
        "OpenAIDalle3|'prompt':'a cat'|comfyui",
        "IdeogramV3|'prompt':'a cat'|comfyui",
        "FluxProUltraImageNode|'prompt':'a cat'|comfyui",
        "ByteDanceSeedreamNode|'prompt':'a cat'|comfyui",
        "KlingImage2VideoNode|'prompt':'a cat','start_frame':['1',0]|comfyui",
        "ServiceOfNextMonth|'prompt':'a cat'|comfyui",
        "ReActorFaceSwap|'input_image':['1',0]|comfyui-edited",
        "FaceDetailer|'image':['1',0],'model':['4',0],'seed':1|comfyui-edited",
        "LatentSyncNode|'images':['1',0]|comfyui-edited",
        "LivePortraitProcess|'source_image':['1',0]|comfyui-edited",
        "UltimateSDUpscale|'image':['1',0],'model':['4',0]|comfyui-edited",
        "ImageScale|'image':['1',0],'width':300|comfyui-processing",
        "ColorSampler|'image':['1',0]|comfyui-processing",
        "ImageUpscaleWithModel|'image':['1',0],'upscale_model':['4',0]|comfyui-processing",
        "KSamplerSelect|'sampler_name':'euler'|comfyui-processing",
        "WhoKnows|'image':['1',0]|comfyui-processing",
      })
  void nodesAreKnownByFamilyOrByTheShapeOfTheirInputs(String type, String inputs, String expected) {
    String node = "'5':{'class_type':'%s','inputs':{%s}},".formatted(type, inputs);
    assertEquals(List.of(expected), codes("{" + PHOTO + MODEL + node + SAVE + "}"));
  }

  @Test
  void unknownNodesAreNamed() {
    String node = "'5':{'class_type':'WhoKnows','inputs':{'image':['1',0]}},";
    Evidence evidence = declarations(png(text("prompt", "{" + PHOTO + node + SAVE + "}"))).get(0);
    assertTrue(evidence.summary().contains("WhoKnows"), evidence.summary());
  }

  @Test
  void whatDoesNotLeadToTheSavedPictureDoesNotCount() {
    String idle =
        ""
            + "'3':{'class_type':'KSampler','inputs':{'model':['4',0],'latent_image':['8',0],'steps':9}},";
    String scale = "'5':{'class_type':'ImageScale','inputs':{'image':['1',0]}},";
    assertEquals(
        List.of("comfyui-processing"),
        codes("{" + PHOTO + NOISE + MODEL + idle + scale + SAVE + "}"));
  }

  @Test
  void whatWasExecutedOutranksTheCanvas() {
    String scale =
        "{" + PHOTO + "'5':{'class_type':'ImageScale','inputs':{'image':['1',0]}}," + SAVE + "}";
    byte[] file = png(text("workflow", workflow(0)), text("prompt", scale));
    assertEquals(List.of("comfyui-processing"), names(file));
    assertEquals(List.of("comfyui"), names(png(text("workflow", workflow(0)))));
  }

  @ParameterizedTest
  @CsvSource({"0, comfyui", "2, comfyui-processing", "4, comfyui-processing"})
  void mutedAndBypassedNodesDoNotCount(int mode, String expected) {
    assertEquals(List.of(expected), names(png(text("workflow", workflow(mode)))));
  }

  private static String workflow(int mode) {
    return ("{'last_node_id':9,'nodes':[{'id':1,'type':'EmptyLatentImage'},"
            + "{'id':3,'type':'KSampler','mode':%d,'inputs':[{'name':'latent_image'}],"
            + "'widgets_values':[1,'fixed',20,7,'euler','normal',1]},"
            + "{'id':5,'type':'VAEDecode','inputs':[{'name':'samples'}]},"
            + "{'id':9,'type':'SaveImage','inputs':[{'name':'images'}]}],"
            + "'links':[[1,1,0,3,0,'LATENT'],[2,3,0,5,0,'LATENT'],[3,5,0,9,0,'IMAGE']]}")
        .formatted(mode);
  }

  @ParameterizedTest
  @CsvSource({"0, comfyui", "4, comfyui-processing", "2, comfyui-processing"})
  void subgraphsAreEntered(int mode, String expected) {
    String graph =
        ("{'nodes':[{'id':1,'type':'abc','mode':%d},{'id':2,'type':'SaveImage','inputs':[{'name':'images'}]}],"
                + "'links':[[1,1,0,2,0,'IMAGE']],'definitions':{'subgraphs':[{'id':'abc',"
                + "'outputs':[{'name':'IMAGE'}],'nodes':[{'id':3,'type':'KSampler'},{'id':4,'type':'VAEDecode',"
                + "'inputs':[{'name':'samples'}]}],'links':["
                + "{'id':1,'origin_id':3,'origin_slot':0,'target_id':4,'target_slot':0,'type':'LATENT'},"
                + "{'id':2,'origin_id':4,'origin_slot':0,'target_id':-20,'target_slot':0,'type':'IMAGE'}]}]}}")
            .formatted(mode);
    assertEquals(List.of(expected), names(png(text("workflow", graph))));
  }

  @Test
  void whatIsFedToASubgraphReachesWhatIsInside() {
    String graph =
        "{'nodes':[{'id':7,'type':'LoadImage'},{'id':1,'type':'abc','inputs':[{'name':'image'}]},"
            + "{'id':2,'type':'SaveImage','inputs':[{'name':'images'}]}],"
            + "'links':[[1,7,0,1,0,'IMAGE'],[2,1,0,2,0,'IMAGE']],'definitions':{'subgraphs':[{'id':'abc',"
            + "'outputs':[{'name':'IMAGE'}],'nodes':[{'id':3,'type':'ReActorFaceSwap',"
            + "'inputs':[{'name':'input_image'}]}],'links':["
            + "{'id':1,'origin_id':-10,'origin_slot':0,'target_id':3,'target_slot':0,'type':'IMAGE'},"
            + "{'id':2,'origin_id':3,'origin_slot':0,'target_id':-20,'target_slot':0,'type':'IMAGE'}]}]}}";
    assertEquals(List.of("comfyui-edited"), names(png(text("workflow", graph))));
  }

  @Test
  void nodesOfAGroupAreEntered() {
    String graph =
        ""
            + "{'nodes':[{'id':1,'type':'workflow/make'},{'id':2,'type':'SaveImage','inputs':[{'name':'images'}]}],"
            + "'links':[[1,1,0,2,0,'IMAGE']],'extra':{'groupNodes':{'make':{'nodes':["
            + "{'index':0,'type':'KSampler'},{'index':1,'type':'VAEDecode','inputs':[{'name':'samples'}]}],"
            + "'links':[[0,0,1,0,5,'LATENT']],'external':[[1,0,'IMAGE']]}}}}";
    assertEquals(List.of("comfyui"), names(png(text("workflow", graph))));
  }

  @Test
  void aSwitchThatDoesNotTellIsAHintAtMost() {
    String either =
        "'2':{'class_type':'OpenAIDalle3','inputs':{'prompt':'a'}},"
            + "'5':{'class_type':'ImageSwitch','inputs':{'on_true':['1',0],'on_false':['2',0]}},";
    String first =
        "'2':{'class_type':'OpenAIDalle3','inputs':{'prompt':'a'}},"
            + "'5':{'class_type':'ImpactSwitch','inputs':{'select':1,'input1':['1',0],'input2':['2',0]}},";
    assertEquals(List.of("comfyui-ambiguous"), codes("{" + PHOTO + either + SAVE + "}"));
    assertEquals(List.of("comfyui-processing"), codes("{" + PHOTO + first + SAVE + "}"));
  }

  @Test
  void graphsAreFoundInEverySpelling() {
    String graph =
        ("{"
                + NOISE
                + MODEL
                + "'3':{'class_type':'KSampler','inputs':{'latent_image':['8',0],'seed':1}},"
                + DECODE
                + SAVE
                + "}")
            .replace('\'', '"');
    String quoted = graph.replace("\"", "\\\"");
    for (String value :
        List.of(
            "prompt:" + graph,
            "Prompt:" + graph,
            "Prompt: " + graph,
            "PROMPT :\n" + graph,
            graph,
            "{\"prompt\":" + graph + "}",
            "{\"prompt\":\"" + quoted + "\",\"workflow\":\"{}\"}",
            "{\"extraMetadata\":\"{}\",\"comfy\":{\"prompt\":" + graph + "}}")) {
      for (int tag : List.of(0x010E, 0x010F, 0x0110, 0x0131, 0x013B)) {
        assertEquals(List.of("comfyui"), names(jpeg(jpegExif(exif(tag, value)))), value);
      }
      assertEquals(
          List.of("comfyui"),
          names(jpeg(jpegExif(userComment("ASCII\0\0\0", Containers.latin1(value))))),
          value);
    }
  }

  @Test
  void graphWithALostNodeIsTakenAsAWhole() {
    String sampler =
        ""
            + "'3':{'class_type':'KSampler','inputs':{'model':['4',0],'latent_image':['8',0],'denoise':1}},";
    assertEquals(List.of("comfyui"), codes("{" + MODEL + sampler + SAVE + "}"));
  }

  @Test
  void manyLinksToOneInputAndManyWaysIntoASubgraphEndSoon() {
    String link = "[1,1,0,9,0,'IMAGE'],";
    String links = link.repeat(100_000);
    String graph =
        "{'nodes':[{'id':1,'type':'KSampler'},{'id':9,'type':'SaveImage'}],'links':["
            + links
            + "[2,1,0,9,0,'IMAGE']]}";
    String ways = "{'type':'a','id':1},".repeat(5_000);
    String nested =
        ""
            + "{'nodes':[%s{}],'definitions':{'subgraphs':[{'id':'a','outputs':[%s{}],'nodes':[%s{}],'links':[%s[]]}]}}"
                .formatted(ways, "{},".repeat(20_000), ways, links);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          assertEquals(List.of("comfyui"), names(png(text("workflow", graph))));
          names(png(text("workflow", nested)));
        });
  }

  @Test
  void cyclesAndDepthEnd() {
    String cycle =
        "{'1':{'class_type':'ImageScale','inputs':{'image':['2',0]}},"
            + "'2':{'class_type':'ImageScale','inputs':{'image':['1',0]}},"
            + "'5':{'class_type':'ImageScale','inputs':{'image':['1',0]}},"
            + SAVE
            + "}";
    assertEquals(List.of("comfyui-processing"), codes(cycle));
    StringBuilder deep = new StringBuilder("{");
    for (int i = 1; i < 4_000; i++) {
      deep.append(
          "'%d':{'class_type':'ImageScale','inputs':{'image':['%d',0]}},"
              .formatted(i + 100, i + 99));
    }
    assertEquals(
        List.of("comfyui-processing"),
        codes(deep + "'9':{'class_type':'SaveImage','inputs':{'images':['4099',0]}}}"));
  }

  private static byte[] text(String name, String value) {
    return pngText(name, value.replace('\'', '"'));
  }

  private static List<String> codes(String prompt) {
    return names(png(text("prompt", prompt)));
  }

  private static List<String> names(byte[] file) {
    return declarations(file).stream().map(e -> e.code().substring("declared.".length())).toList();
  }

  private static List<Evidence> declarations(byte[] file) {
    return BytesMedia.declarations(file);
  }
}
