package dev.assay.model;

import java.util.List;

/** Cards for tests. */
final class Cards {

  private Cards() {}

  static ModelCard card(int size, int columns, int rows, double scale, double mean, double std) {
    return new ModelCard(
        1,
        "test",
        "1.0.0",
        "Test",
        "A model of the tests.",
        "image-synthesis",
        "Apache-2.0",
        "model.onnx",
        "0".repeat(64),
        new ModelCard.Input(
            "crops",
            "NCHW",
            "RGB",
            scale,
            List.of(mean, mean, mean),
            List.of(std, std, std),
            size,
            size),
        new ModelCard.Crops("native-grid", columns, rows),
        new ModelCard.Output("logit", "mean"),
        new ModelCard.Calibration(
            new ModelCard.Calibration.Line(1, 0), new ModelCard.Calibration.Line(1, 0), 4),
        new ModelCard.Abstention(8));
  }
}
