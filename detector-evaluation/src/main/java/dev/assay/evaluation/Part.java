package dev.assay.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a part of the files.
 *
 * @param name of the system, source, kind, size or format
 * @param real how many real files it holds; of a system, how many it is held against
 * @param synthetic how many synthetic ones
 * @param auroc null where a class is missing
 * @param recallAt5 null where a class is missing
 * @param calledSynthetic of its synthetic files, those called synthetic; null where it has none
 * @param falseAlarms of its real files, those called synthetic; null where it has none, and of
 *     systems
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Part(
    String name,
    int real,
    int synthetic,
    @Nullable Measure auroc,
    @Nullable Measure recallAt5,
    @Nullable Share calledSynthetic,
    @Nullable Share falseAlarms) {}
