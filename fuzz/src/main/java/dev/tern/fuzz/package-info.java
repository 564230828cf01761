/** Fuzz targets for parsers and state machines. Uses everything; nothing uses it. */
package dev.tern.fuzz;
