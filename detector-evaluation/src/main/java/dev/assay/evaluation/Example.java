package dev.assay.evaluation;

/**
 * A file that a head learns from or is tried on.
 *
 * @param synthetic whether it is
 * @param unit its generator, or the source of a real one
 * @param group files of one group are never parted
 * @param counts whether it counts in figures: one copy of each file does
 * @param base log-likelihood ratio by the shipped models
 * @param components its features
 */
record Example(
    boolean synthetic,
    String unit,
    String group,
    boolean counts,
    double base,
    Components components) {}
