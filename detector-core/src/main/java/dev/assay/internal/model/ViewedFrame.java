package dev.assay.internal.model;

import dev.assay.spi.Frame;

/**
 * What is known of one frame while all models look at it.
 *
 * @param frame the frame
 * @param views of its picture
 * @param features of these views
 */
record ViewedFrame(Frame frame, PictureViews views, Features features) {

  /** A frame of which nothing is known yet. */
  static ViewedFrame at(Frame frame) {
    return new ViewedFrame(frame, new PictureViews(frame.picture()), new Features());
  }
}
