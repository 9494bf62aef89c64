package dev.assay.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.InstallationException;
import dev.assay.Language;
import dev.assay.Report;
import dev.assay.spi.ReportFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormatsTest {

  private record Named(String id) implements ReportFormat {
    @Override
    public String summary() {
      return "for a test";
    }

    @Override
    public Optional<String> one(Report report, Language language) {
      return Optional.empty();
    }
  }

  @Test
  void areListedById() {
    List<ReportFormat> all = ReportFormats.sound(List.of(new Named("z"), new Named("a-1")));
    assertEquals(List.of("a-1", "z"), all.stream().map(ReportFormat::id).toList());
  }

  @Test
  void refuseTwoOfOneName() {
    List<ReportFormat> twice = List.of(new Named("a"), new Named("a"));
    InstallationException e =
        assertThrows(InstallationException.class, () -> ReportFormats.sound(twice));
    assertTrue(e.getMessage().contains("Two forms of output are called a"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CSV", "a b", "--force", "a\u001b[31m"})
  void refuseAnIdThatACommandLineCannotTake(String id) {
    InstallationException e =
        assertThrows(
            InstallationException.class, () -> ReportFormats.sound(List.of(new Named(id))));
    assertTrue(e.getMessage().contains("lower-case letters"), e.getMessage());
  }
}
