package dev.assay.evaluation;

/**
 * A figure with its interval.
 *
 * @param value as measured
 * @param low lower end of its 95 % interval; the value itself where there is none
 * @param high upper end
 */
public record Measure(double value, double low, double high) {}
