package dev.cairn.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param cursor asks for the part after this one; null when there is none
 */
public record Page<T>(List<T> items, @Nullable String cursor) {}
