/*
 * What sealing a packet and masking its header costs by libcrypto's EVP interface from C: the
 * yardstick of AeadBenchmark. Prints nanoseconds per packet.
 *
 *   evp_yardstick CIPHER BYTES PACKETS        CIPHER as in EVP_get_cipherbyname
 */
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HEADER_BYTES 13
#define TAG_BYTES 16

static long now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        return 2;
    }
    const EVP_CIPHER *cipher = EVP_get_cipherbyname(argv[1]);
    int packet_bytes = atoi(argv[2]);
    long packets = atol(argv[3]);
    int aes = strncmp(argv[1], "aes", 3) == 0;
    const EVP_CIPHER *masking = !aes                                ? EVP_chacha20()
                                : EVP_CIPHER_get_key_length(cipher) == 16 ? EVP_aes_128_ecb()
                                                                    : EVP_aes_256_ecb();
    unsigned char key[32] = {1}, iv[16] = {2}, mask[16], zeros[5] = {0};
    unsigned char packet[2048] = {3};
    int length, failed = 0;
    EVP_CIPHER_CTX *sealer = EVP_CIPHER_CTX_new();
    EVP_CIPHER_CTX *masker = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(sealer, cipher, NULL, key, iv);
    EVP_EncryptInit_ex(masker, masking, NULL, key, iv);
    int payload_bytes = packet_bytes - HEADER_BYTES - TAG_BYTES;
    unsigned char *payload = packet + HEADER_BYTES;

    long start = now_ns();
    for (long i = 0; i < packets; i++) {
        memcpy(iv + 4, &i, sizeof i);
        failed |= !EVP_EncryptInit_ex(sealer, NULL, NULL, NULL, iv);
        failed |= !EVP_EncryptUpdate(sealer, NULL, &length, packet, HEADER_BYTES);
        failed |= !EVP_EncryptUpdate(sealer, payload, &length, payload, payload_bytes);
        failed |= !EVP_EncryptFinal_ex(sealer, payload + payload_bytes, &length);
        failed |= !EVP_CIPHER_CTX_ctrl(
            sealer, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, payload + payload_bytes);
        if (aes) {
            failed |= !EVP_EncryptUpdate(masker, mask, &length, payload, sizeof mask);
        } else {
            failed |= !EVP_EncryptInit_ex(masker, NULL, NULL, NULL, payload);
            failed |= !EVP_EncryptUpdate(masker, mask, &length, zeros, sizeof zeros);
        }
        packet[0] ^= mask[0] & 0x1f;
        for (int j = 0; j < 4; j++) {
            packet[9 + j] ^= mask[1 + j];
        }
    }
    long end = now_ns();
    if (failed) {
        fprintf(stderr, "libcrypto refuses a call\n");
        return 1;
    }
    printf("%.2f\n", (double) (end - start) / packets);
    return 0;
}
