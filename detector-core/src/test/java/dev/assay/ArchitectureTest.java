package dev.assay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Holds the arrows of the design: file, media, examiners, evidence, fusion, verdict, report; one
 * way only.
 */
@AnalyzeClasses(packages = "dev.assay", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_GO_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("detector")
          .definedBy(belongToAnyOf(Detector.class, Examination.class))
          .layer("media")
          .definedBy("dev.assay.media..")
          .layer("metadata")
          .definedBy("dev.assay.metadata..")
          .layer("model")
          .definedBy("dev.assay.model..")
          .layer("fusion")
          .definedBy("dev.assay.fusion..")
          .layer("report")
          .definedBy("dev.assay.report..")
          .layer("scan")
          .definedBy("dev.assay.scan..")
          .whereLayer("detector")
          .mayOnlyBeAccessedByLayers("scan")
          .whereLayer("media")
          .mayOnlyBeAccessedByLayers("detector", "metadata", "model")
          .whereLayer("metadata")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("fusion")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("report")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("scan")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule VALUES_OF_THE_FRONT_DOOR_KNOW_NO_ROOM =
      noClasses()
          .that(
              resideInAPackage("dev.assay")
                  .and(not(belongToAnyOf(Detector.class, Examination.class))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.assay.*..");

  @ArchTest
  static final ArchRule THE_FRONT_DOOR_SHOWS_NO_THIRD_PARTY_TYPE =
      classes()
          .that()
          .resideInAPackage("dev.assay")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.assay..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule OPENCV_AND_FFMPEG_STAY_IN_THE_MEDIA_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.assay.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.opencv..", "nu.pattern..", "org.bytedeco..");

  @ArchTest
  static final ArchRule DJL_STAYS_IN_THE_MODEL_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.assay.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule TIKA_STAYS_IN_THE_ROOMS_THAT_READ_BYTES =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.assay.media..", "dev.assay.metadata..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.tika..", "com.drew..", "com.adobe..");
}
