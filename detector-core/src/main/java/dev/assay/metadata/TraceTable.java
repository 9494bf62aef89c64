package dev.assay.metadata;

import java.util.List;
import java.util.stream.Stream;

/** Every trace that is known, in the order in which they are reported. */
final class TraceTable {

  static final List<Trace> ALL =
      Stream.of(
              OpenSourceTraces.ALL,
              HostedTraces.ALL,
              VocabularyTraces.ALL,
              AigcLabel.ALL,
              SoftwareTraces.ALL)
          .flatMap(List::stream)
          .toList();

  private TraceTable() {}
}
