package dev.cairn.catalogue;

/** Segments were taken away, or may not be read any more: whoever keeps of them lets go. */
public record SegmentsReclaimed() {}
