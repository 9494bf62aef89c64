package dev.assay.internal.metadata;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.spi.Budget;
import dev.assay.spi.DamagedException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets of XMP, well-formed or not. See {@code HostileBytesFuzzTest} for how to search. */
@Tag("long")
class XmpFuzzTest {

  static Stream<byte[]> packets() {
    return Stream.of(
            Containers.xmp("<dc:title>x</dc:title>"),
            Containers.xmp("<dc:title>a & b</dc:title>"),
            "<a:a xmlns:a='http://purl.org/dc/elements/1.1/' a:b=\"x\" <",
            "<a xmlns='urn:x'>".repeat(80))
        .map(Containers::utf8);
  }

  @MethodSource("packets")
  @FuzzTest(maxDuration = "10m")
  void readsPackets(byte[] content) {
    try {
      XmpReader.read(content, new Findings(new Budget(Duration.ofSeconds(20))));
    } catch (DamagedException e) {
      // It is not well-formed, nests too deep, or declares a type.
    }
  }
}
