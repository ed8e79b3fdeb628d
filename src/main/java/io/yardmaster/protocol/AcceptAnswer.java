package io.yardmaster.protocol;

import java.util.List;

/**
 * @param start what the worker now holds and shall start; whatever it asked for and is not named here is not its to run
 */
public record AcceptAnswer(List<Assignment> start) {}
