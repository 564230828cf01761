/**
 * {@code tern perf compare}: Tern beside other stacks in one run, as ratios. Each contestant is a
 * pair of child processes that are told when to begin and end counting; this package starts them,
 * takes turns, and makes a table, a page or JSON of what they counted. Knows no other stack: {@code
 * end} does.
 */
package dev.tern.perf.compare;
