/**
 * What all pages and the API share: who makes a request, what a route asks, how a page is rendered, how a failure is
 * told, which headers every answer has. The subjects themselves are in the packages below.
 */
package io.yardmaster.web;
