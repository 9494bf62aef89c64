package dev.assay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Holds the packages to the arrows of {@code docs/architecture.md}. */
@AnalyzeClasses(packages = "dev.assay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_GO_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("detector")
          .definedBy(belongToAnyOf(Detector.class))
          .layer("engine")
          .definedBy("dev.assay.internal.engine..")
          .layer("container")
          .definedBy("dev.assay.internal.container..")
          .layer("colour")
          .definedBy("dev.assay.internal.colour..")
          .layer("media")
          .definedBy("dev.assay.internal.media..")
          .layer("metadata")
          .definedBy("dev.assay.internal.metadata..")
          .layer("provenance")
          .definedBy("dev.assay.internal.provenance..")
          .layer("page")
          .definedBy("dev.assay.page..")
          .layer("forensics")
          .definedBy("dev.assay.forensics..")
          .layer("watermark")
          .definedBy("dev.assay.internal.watermark..")
          .layer("model")
          .definedBy("dev.assay.internal.model..")
          .layer("known")
          .definedBy("dev.assay.internal.known..")
          .layer("face")
          .definedBy("dev.assay.internal.face..")
          .layer("sound")
          .definedBy("dev.assay.internal.sound..")
          .layer("inference")
          .definedBy("dev.assay.internal.inference..")
          .layer("fusion")
          .definedBy("dev.assay.internal.fusion..")
          .layer("report")
          .definedBy("dev.assay.internal.report..")
          .layer("scan")
          .definedBy("dev.assay.scan..")
          .layer("archive")
          .definedBy("dev.assay.internal.archive..")
          .layer("isolation")
          .definedBy("dev.assay.isolation..")
          .layer("bench")
          .definedBy("dev.assay.internal.bench..")
          .layer("heif")
          .definedBy("dev.assay.internal.heif..")
          .layer("still")
          .definedBy("dev.assay.internal.still..")
          .layer("format")
          .definedBy("dev.assay.internal.format..")
          .layer("natives")
          .definedBy("dev.assay.internal.natives..")
          .whereLayer("detector")
          .mayOnlyBeAccessedByLayers("scan", "isolation", "bench")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("isolation")
          .mayOnlyBeAccessedByLayers("bench")
          .whereLayer("bench")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("container")
          .mayOnlyBeAccessedByLayers(
              "heif",
              "still",
              "format",
              "colour",
              "media",
              "metadata",
              "provenance",
              "watermark",
              "archive",
              "scan",
              "page")
          .whereLayer("heif")
          .mayOnlyBeAccessedByLayers("still", "media", "metadata")
          .whereLayer("still")
          .mayOnlyBeAccessedByLayers("format", "colour", "media")
          .whereLayer("format")
          .mayOnlyBeAccessedByLayers(
              "media", "metadata", "provenance", "archive", "scan", "page", "engine")
          .whereLayer("colour")
          .mayOnlyBeAccessedByLayers("media")
          .whereLayer("media")
          .mayOnlyBeAccessedByLayers("detector", "engine", "known", "bench")
          .whereLayer("known")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("metadata")
          .mayOnlyBeAccessedByLayers("provenance", "watermark")
          .whereLayer("watermark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("provenance")
          .mayOnlyBeAccessedByLayers("detector", "page")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("detector", "known")
          .whereLayer("face")
          .mayOnlyBeAccessedByLayers("model")
          .whereLayer("sound")
          .mayOnlyBeAccessedByLayers("model", "page")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers("engine", "model", "face", "sound")
          .whereLayer("fusion")
          .mayOnlyBeAccessedByLayers("detector", "engine", "model")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("scan", "isolation", "page")
          .whereLayer("scan")
          .mayOnlyBeAccessedByLayers("bench")
          .whereLayer("forensics")
          .mayOnlyBeAccessedByLayers("detector", "known", "page")
          .whereLayer("page")
          .mayOnlyBeAccessedByLayers("isolation")
          .whereLayer("archive")
          .mayOnlyBeAccessedByLayers("detector", "scan", "isolation")
          .whereLayer("natives")
          .mayOnlyBeAccessedByLayers("media", "inference");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.assay.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule VALUES_OF_THE_API_DEPEND_ON_NO_OTHER_PACKAGE =
      noClasses()
          .that(
              resideInAPackage("dev.assay")
                  .and(not(belongToAnyOf(Detector.class, Language.class, DetectorSettings.class))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.assay.*..");

  @ArchTest
  static final ArchRule THE_API_SHOWS_NO_THIRD_PARTY_TYPE =
      classes()
          .that()
          .resideInAPackage("dev.assay")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.assay..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule ONLY_MEDIA_DECODES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.assay.internal.media..", "dev.assay.internal.natives..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.opencv..", "nu.pattern..", "org.bytedeco..");

  @ArchTest
  static final ArchRule ONLY_INFERENCE_RUNS_NETWORKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.assay.internal.inference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_FORMAT_RECOGNISES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.assay.internal.format..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.tika..");

  @ArchTest
  static final ArchRule ONLY_CONTAINER_UNPACKS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.assay.internal.container..")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                      Inflater.class,
                      InflaterInputStream.class,
                      GZIPInputStream.class,
                      ZipInputStream.class)
                  .or(resideInAPackage("org.brotli.."))
                  .or(resideInAPackage("org.apache.commons.compress.compressors..")));

  /** The scan's key is a part of a hash; all else goes through the reader, which refuses. */
  @ArchTest
  static final ArchRule ONLY_CONTAINER_READS_LONG_LENGTHS =
      noClasses()
          .that()
          // An index of known media has a form of its own, whose lengths are held against the file.
          .resideOutsideOfPackages("dev.assay.internal.container..", "dev.assay.known..")
          .and()
          .doNotHaveFullyQualifiedName("dev.assay.scan.Key")
          .should()
          .callMethod(ByteBuffer.class, "getLong")
          .orShould()
          .callMethod(ByteBuffer.class, "getLong", int.class);

  /**
   * Signatures and the types of top-level blocks are known where files are recognised and walked.
   */
  @Test
  void nobodyElseKnowsSignatures() throws IOException {
    Pattern signatures =
        Pattern.compile(
            "\"(\\\\u0089PNG|GIF8|\\\\u00ff\\\\u00d8|fLaC|OggS|II\\*|MM\\\\0|moof|IDAT\\\\)");
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> found =
          sources
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !KNOWS_BYTES.matcher(path.toString()).find())
              .filter(path -> signatures.matcher(text(path)).find())
              .toList();
      assertEquals(List.of(), found);
    }
  }

  private static final Pattern KNOWS_BYTES = Pattern.compile("/(container|format|heif)/");

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
