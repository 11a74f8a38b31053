/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/if_alg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Requests that busybox cannot make: exercise cipher, exercise zeroes DISK. */
#define ZEROES_AT 16384
#define ZEROES_BYTES 8192
#define KEY_BYTES 16
#define IV_BYTES 16
#define DATA_BYTES 32

static int cipher_run(int socket_of_key, unsigned operation, unsigned char *data)
{
    char room[CMSG_SPACE(sizeof(unsigned)) + CMSG_SPACE(sizeof(struct af_alg_iv) + IV_BYTES)] = {0};
    struct iovec segment = {data, DATA_BYTES};
    struct msghdr message = {
        .msg_iov = &segment, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
    struct cmsghdr *part = CMSG_FIRSTHDR(&message);
    struct af_alg_iv *iv;
    const int operations = accept(socket_of_key, NULL, NULL);

    if (operations < 0)
        return -1;
    part->cmsg_level = SOL_ALG;
    part->cmsg_type = ALG_SET_OP;
    part->cmsg_len = CMSG_LEN(sizeof(operation));
    memcpy(CMSG_DATA(part), &operation, sizeof(operation));
    part = CMSG_NXTHDR(&message, part);
    part->cmsg_level = SOL_ALG;
    part->cmsg_type = ALG_SET_IV;
    part->cmsg_len = CMSG_LEN(sizeof(*iv) + IV_BYTES);
    iv = (struct af_alg_iv *)CMSG_DATA(part);
    iv->ivlen = IV_BYTES;
    if (sendmsg(operations, &message, 0) != DATA_BYTES || read(operations, data, DATA_BYTES) != DATA_BYTES)
        return -1;
    return close(operations);
}

/*
 * AES-CBC with the virtio_crypto driver: creates a session, sends two data requests, and destroys the
 * session.
 */
static int cipher(void)
{
    const struct sockaddr_alg name = {
        .salg_family = AF_ALG, .salg_type = "skcipher", .salg_name = "cbc(aes)"};
    static const char plain[] = "what is encrypted and comes back";
    unsigned char data[DATA_BYTES];
    const int s = socket(AF_ALG, SOCK_SEQPACKET, 0);

    memcpy(data, plain, DATA_BYTES);
    if (s < 0 || bind(s, (const struct sockaddr *)&name, sizeof(name)) != 0 ||
        setsockopt(s, SOL_ALG, ALG_SET_KEY, "sixteen bytes of", KEY_BYTES) != 0 ||
        cipher_run(s, ALG_OP_ENCRYPT, data) != 0 || cipher_run(s, ALG_OP_DECRYPT, data) != 0)
        return -1;
    return memcmp(data, plain, DATA_BYTES);
}

/* WRITE_ZEROES, with and without permission to unmap. */
static int zeroes(const char *disk)
{
    uint64_t range[] = {ZEROES_AT, ZEROES_BYTES};
    const int file = open(disk, O_RDWR);

    return file < 0 || ioctl(file, BLKZEROOUT, range) != 0 ||
           fallocate(file, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, ZEROES_AT, ZEROES_BYTES) != 0;
}

int main(int argc, char **argv)
{
    const int r = argc == 3 && strcmp(argv[1], "zeroes") == 0 ? zeroes(argv[2]) : cipher();

    if (r != 0)
        perror(argc > 1 ? argv[1] : "exercise");
    return r != 0;
}
