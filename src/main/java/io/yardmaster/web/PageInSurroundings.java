package io.yardmaster.web;

/** All that rendering needs. */
record PageInSurroundings(Page page, Surroundings surroundings) {}
