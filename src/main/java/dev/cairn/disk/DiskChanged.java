package dev.cairn.disk;

/** The disk of the data folder filled up, or has room again; also told once after the start. */
public record DiskChanged(boolean full) {}
