/**
 * BBR version 3 (draft-ietf-ccwg-bbr): a model of the path, its bandwidth and its round trip
 * without queue, instead of a reaction to each loss. Names are the draft's; one file for each part
 * of the model, and {@link dev.tern.quic.congestion.bbr.Bbr} for the states. Uses what {@code
 * congestion} may use.
 */
package dev.tern.quic.congestion.bbr;
