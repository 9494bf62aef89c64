package dev.assay.internal.report;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schema, for every test that makes a report. */
public final class ReportSchema {

  private static final URI ID = URI.create("urn:assay:report:1.5");
  private static final Validator VALIDATOR = validator();

  private ReportSchema() {}

  /** What is wrong with a report, as the schema sees it; nothing where it holds. */
  public static synchronized List<String> violations(String json) {
    return VALIDATOR.validate(ID, json).getErrors().stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getError())
        .toList();
  }

  private static Validator validator() {
    try {
      Validator validator = new ValidatorFactory().createValidator();
      validator.registerSchema(ID, Files.readString(Path.of("../docs/report.schema.json")));
      return validator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
