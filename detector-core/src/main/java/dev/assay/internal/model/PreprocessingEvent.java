package dev.assay.internal.model;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Flight Recorder's record of the time that a thread cuts and scales the views of a picture. Costs
 * nothing unless recorded.
 */
@Name("dev.assay.Preprocessing")
@Label("Preprocessing")
@Category("Assay")
@StackTrace(false)
final class PreprocessingEvent extends Event {}
