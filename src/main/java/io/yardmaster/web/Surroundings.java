package io.yardmaster.web;

import io.yardmaster.security.Caller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * What every page knows beside its own model. Templates see each component as a variable of its name.
 *
 * @param caller null on pages for everybody
 * @param csrf goes into each form's hidden field; empty where there is no session
 * @param zone the viewer's: every time is shown in it
 * @param section first word of the path: which entry of the navigation is lit
 * @param path of this page with its query, to come back to
 * @param flash a message to show once; null for none
 * @param assets URLs of scripts and styles by name
 */
record Surroundings(
        Caller caller,
        String csrf,
        Language language,
        ZoneId zone,
        String theme,
        String contextPath,
        String section,
        String path,
        String flash,
        String instanceName,
        Instant now,
        Map<String, String> assets) {}
