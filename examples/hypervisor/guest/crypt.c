/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_alg.h>

#include "tool.h"

#ifndef SOL_ALG
#define SOL_ALG 279
#endif

/*
 * crypt DRIVER KIB: encrypts KIB KiB with AES-CBC, using this kernel driver (/proc/crypto) and the kernel's
 * generic
 * one, compares the results, and decrypts them. Before that, it tests a vector from NIST SP 800-38A (F.2.1).
 */
enum { BLOCK = 16, PART = 4096, KEY_MOST = 32 };
#define GENERIC "cbc(aes-generic)"

static const uint8_t nist_key[BLOCK] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                        0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
static const uint8_t nist_plain[BLOCK] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96,
                                          0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a};
static const uint8_t nist_cipher[BLOCK] = {0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46,
                                           0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d};

static int open_cipher(const char *driver, const uint8_t *key, unsigned bytes)
{
    struct sockaddr_alg address = {.salg_family = AF_ALG, .salg_type = "skcipher"};
    const int algorithm = socket(AF_ALG, SOCK_SEQPACKET, 0);
    int operation;

    strncpy((char *)address.salg_name, driver, sizeof(address.salg_name) - 1);
    if (algorithm < 0 || bind(algorithm, (struct sockaddr *)&address, sizeof(address)) != 0)
        fail(driver);
    if (setsockopt(algorithm, SOL_ALG, ALG_SET_KEY, key, bytes) != 0)
        fail("its key");
    operation = accept(algorithm, NULL, NULL);
    if (operation < 0)
        fail("accept");
    close(algorithm);
    return operation;
}

static void *control(struct msghdr *message, struct cmsghdr **at, int type, size_t bytes)
{
    *at = *at == NULL ? CMSG_FIRSTHDR(message) : CMSG_NXTHDR(message, *at);
    (*at)->cmsg_level = SOL_ALG;
    (*at)->cmsg_type = type;
    (*at)->cmsg_len = CMSG_LEN(bytes);
    return CMSG_DATA(*at);
}

/* The IV is 0, 1, 2 and so on. */
static void transform(int operation, uint32_t direction, const uint8_t *from, uint8_t *to, size_t bytes)
{
    uint8_t room[CMSG_SPACE(sizeof(direction)) + CMSG_SPACE(sizeof(uint32_t) + BLOCK)] = {0};
    struct iovec part = {.iov_base = (void *)from, .iov_len = bytes};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
    struct cmsghdr *at = NULL;
    struct af_alg_iv *iv;

    memcpy(control(&message, &at, ALG_SET_OP, sizeof(direction)), &direction, sizeof(direction));
    iv = control(&message, &at, ALG_SET_IV, sizeof(uint32_t) + BLOCK);
    iv->ivlen = BLOCK;
    for (unsigned i = 0; i < BLOCK; i++)
        iv->iv[i] = (uint8_t)i;
    if (sendmsg(operation, &message, 0) != (ssize_t)bytes || read(operation, to, bytes) != (ssize_t)bytes)
        fail(direction == ALG_OP_ENCRYPT ? "encryption" : "decryption");
}

static void need(int good, const char *what)
{
    if (good)
        return;
    printf("guest: FAILED: %s differs\n", what);
    exit(1);
}

static void vector(const char *driver)
{
    const int operation = open_cipher(driver, nist_key, sizeof(nist_key));
    uint8_t out[BLOCK];

    transform(operation, ALG_OP_ENCRYPT, nist_plain, out, BLOCK);
    need(memcmp(out, nist_cipher, BLOCK) == 0, "NIST's ciphertext");
    transform(operation, ALG_OP_DECRYPT, nist_cipher, out, BLOCK);
    need(memcmp(out, nist_plain, BLOCK) == 0, "NIST's plaintext");
    close(operation);
}

/* Tests each key length. */
static void compare(const char *driver, unsigned kib)
{
    static uint8_t plain[PART], ours[PART], theirs[PART];
    uint8_t key[KEY_MOST];

    for (unsigned bytes = BLOCK; bytes <= KEY_MOST; bytes += 8) {
        int by_device, by_cpu;

        for (unsigned i = 0; i < bytes; i++)
            key[i] = (uint8_t)(i * 7 + bytes);
        by_device = open_cipher(driver, key, bytes);
        by_cpu = open_cipher(GENERIC, key, bytes);
        for (unsigned done = 0; done < kib << 10; done += PART) {
            for (unsigned i = 0; i < PART; i++)
                plain[i] = (uint8_t)((done >> 12) * 31 + i * (i >> 8 | 1));
            transform(by_device, ALG_OP_ENCRYPT, plain, ours, PART);
            transform(by_cpu, ALG_OP_ENCRYPT, plain, theirs, PART);
            need(memcmp(ours, theirs, PART) == 0, "the ciphertext");
            transform(by_device, ALG_OP_DECRYPT, ours, theirs, PART);
            need(memcmp(theirs, plain, PART) == 0, "the plaintext");
        }
        close(by_device);
        close(by_cpu);
    }
}

int crypt_main(int argc, char **argv)
{
    const unsigned kib = argc == 2 ? (unsigned)strtoul(argv[1], NULL, 0) : 0;

    if (kib == 0) {
        printf("guest: FAILED: crypt DRIVER KIB\n");
        return 2;
    }
    vector(argv[0]);
    compare(argv[0], kib);
    printf("crypt %u KiB of each key length are right\n", kib);
    return 0;
}
