/**
 * What runs in the child processes of a comparison: one end for each stack. The only place that
 * knows other stacks; their libraries are on the class path of these processes and nowhere else.
 */
package dev.tern.perf.compare.end;
