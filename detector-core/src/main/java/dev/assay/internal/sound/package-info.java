/** What does the sound say? Voice is found, cut into windows, and shown to trained models. */
@NullMarked
package dev.assay.internal.sound;

import org.jspecify.annotations.NullMarked;
