package dev.assay.internal.model;

import java.util.List;
import java.util.Map;

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
        new ModelCard.Pixels(
            "crops", "NCHW", "RGB", scale, List.of(mean, mean, mean), List.of(std, std, std), size),
        new ModelCard.NativeGrid(columns, rows),
        new ModelCard.Output("logit", "mean"),
        new ModelCard.Calibration(Map.of("image", new ModelCard.Calibration.Line(1, 0)), 4),
        new ModelCard.Small(8));
  }
}
