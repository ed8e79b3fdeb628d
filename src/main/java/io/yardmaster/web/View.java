package io.yardmaster.web;

/** What a page's resource method answers: something to show, or somewhere to go after a change. */
public sealed interface View permits Page, Redirect {}
