/*
 * What libcrypto's EVP interface costs from C: seals packets and masks their headers, as
 * AeadBenchmark's own code does. Built by the benchmark where there is a C compiler.
 */
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 13
#define NUMBER_OFFSET 9
#define NUMBER_BYTES 4
#define TAG_BYTES 16

struct yardstick {
    EVP_CIPHER_CTX *sealer;
    EVP_CIPHER_CTX *masker;
    int chacha;
    int payload_bytes;
    uint64_t number;
    unsigned char iv[12];
    unsigned char packet[2048];
};

static const EVP_CIPHER *masking(const char *cipher) {
    if (strcmp(cipher, "aes-128-gcm") == 0) {
        return EVP_aes_128_ecb();
    }
    return strcmp(cipher, "aes-256-gcm") == 0 ? EVP_aes_256_ecb() : EVP_chacha20();
}

/* NULL where libcrypto does not know the cipher. */
struct yardstick *yardstick_new(const char *cipher, int packet_bytes) {
    const unsigned char key[32] = {1};
    struct yardstick *y = calloc(1, sizeof *y);
    const EVP_CIPHER *sealing = EVP_get_cipherbyname(cipher);
    if (y == NULL || sealing == NULL) {
        return NULL;
    }
    y->sealer = EVP_CIPHER_CTX_new();
    y->masker = EVP_CIPHER_CTX_new();
    y->chacha = strcmp(cipher, "chacha20-poly1305") == 0;
    y->payload_bytes = packet_bytes - HEADER_BYTES - TAG_BYTES;
    EVP_EncryptInit_ex(y->sealer, sealing, NULL, key, NULL);
    EVP_EncryptInit_ex(y->masker, masking(cipher), NULL, key, y->packet);
    return y;
}

/* Returns 1, or 0 where libcrypto has refused a call. */
int yardstick_run(struct yardstick *y, int packets) {
    unsigned char *packet = y->packet;
    unsigned char *payload = packet + HEADER_BYTES;
    unsigned char *tag = payload + y->payload_bytes;
    unsigned char *sample = packet + NUMBER_OFFSET + 4;
    unsigned char mask[16];
    const unsigned char zeros[5] = {0};
    int length, ok = 1;
    for (int i = 0; i < packets; i++) {
        y->number++;
        memcpy(y->iv + 4, &y->number, sizeof y->number);
        packet[0] = 0x43;
        ok &= EVP_EncryptInit_ex(y->sealer, NULL, NULL, NULL, y->iv);
        ok &= EVP_EncryptUpdate(y->sealer, NULL, &length, packet, HEADER_BYTES);
        ok &= EVP_EncryptUpdate(y->sealer, payload, &length, payload, y->payload_bytes);
        ok &= EVP_EncryptFinal_ex(y->sealer, tag, &length);
        ok &= EVP_CIPHER_CTX_ctrl(y->sealer, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, tag);
        if (y->chacha) {
            ok &= EVP_EncryptInit_ex(y->masker, NULL, NULL, NULL, sample);
            ok &= EVP_EncryptUpdate(y->masker, mask, &length, zeros, sizeof zeros);
        } else {
            ok &= EVP_EncryptUpdate(y->masker, mask, &length, sample, sizeof mask);
        }
        packet[0] ^= mask[0] & 0x1f;
        for (int j = 0; j < NUMBER_BYTES; j++) {
            packet[NUMBER_OFFSET + j] ^= mask[1 + j];
        }
    }
    return ok;
}
