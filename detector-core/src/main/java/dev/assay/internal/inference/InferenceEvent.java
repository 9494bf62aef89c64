package dev.assay.internal.inference;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Flight Recorder's record of the time that a thread runs a network. Costs nothing unless recorded.
 */
@Name("dev.assay.Inference")
@Label("Inference")
@Category("Assay")
@StackTrace(false)
final class InferenceEvent extends Event {}
