/**
 * The demo's network: NATs and links in user space between real sockets on loopback, so that it
 * runs anywhere and without privileges. The NATs behave as {@code nat}'s emulator says, which the
 * simulation uses, too.
 */
package dev.tern.peer.demo.io;
