package dev.assay.internal.media;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Flight Recorder's record of the time that a thread decodes the pixels of a file. Costs nothing
 * unless recorded.
 */
@Name("dev.assay.Decode")
@Label("Decode")
@Category("Assay")
@StackTrace(false)
final class DecodeEvent extends Event {}
