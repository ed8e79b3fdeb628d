/**
 * What makes the WAR executable. {@link io.yardmaster.app.launcher.Main},
 * {@link io.yardmaster.app.launcher.UnpackedWar} and {@link io.yardmaster.app.launcher.WarCache} are the only classes
 * that {@code java -jar} sees and use nothing but the JDK; the rest stands under {@code WEB-INF/launcher} beside the embedded Tomcat, where no container looks.
 */
package io.yardmaster.app.launcher;
