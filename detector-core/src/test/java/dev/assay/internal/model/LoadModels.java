package dev.assay.internal.model;

import dev.assay.Profile;

/** Loads the shipped models and ends: a process of its own, for a test to watch. */
final class LoadModels {

  private LoadModels() {}

  public static void main(String[] arguments) {
    for (ModelFolder<?> folder : ModelCatalogue.shipped(Profile.BALANCED).all()) {
      folder.network(1).close();
    }
    System.out.println("models are loaded");
  }
}
