package dev.cairn.model;

/**
 * One token of an answer.
 *
 * @param id its vocabulary id; never the end token
 * @param reading what the position that predicted it read
 */
public record GeneratedToken(int id, Reading reading) {}
