/* SPDX-License-Identifier: MIT */
#include "guest.h"

#include <stdio.h>
#include <string.h>

/*
 * A guest's use of a network card, screen, keyboard, balloon, folder, file system and SCSI host: WITH_NET and
 * so on, for those of the copy.
 */

#define FRAME 60u
#define CONFIG 0x100u

#ifdef WITH_NET
void vwr_example_frame(const uint8_t *frame, uint32_t bytes)
{
    printf("frame: %u bytes, %c\n", (unsigned)bytes, frame[bytes - 1]);
}

/* Sends a broadcast, and receives a frame. */
static void net(unsigned slot, bool legacy)
{
    static const uint8_t own[] = {2, 0, 0, 0, 0, 1};
    const unsigned header = legacy ? 10 : 12;
    uint8_t frame[FRAME];

    memset(frame, 'n', sizeof frame);
    memset(frame, 0xff, 6);
    memcpy(frame + 6, own, 6);
    guest_start(slot, 1, legacy);
    memcpy(guest_page(0) + header, frame, FRAME);
    guest_segment(0, header + FRAME, 0);
    printf("sent: %u\n", (unsigned)guest_send(slot, 1, legacy));
    guest_start(slot, 0, legacy);
    guest_segment(0, header + FRAME + 4, WRITTEN_BY_DEVICE);
    guest_offer(slot, 0, legacy, 0);
    memcpy(frame, own, 6);
    memset(frame + 6, 4, 6);
    printf("deliver: %d, ", vwr_example_deliver(frame, FRAME));
    printf("%u bytes, ", (unsigned)guest_used(legacy) - header);
    printf("%s\n", memcmp(guest_page(0) + header, frame, FRAME) == 0 ? "the same" : "others");
}
#endif

#ifdef WITH_GPU
void vwr_example_redraw(const struct vwr_vgpu_flush *part)
{
    const uint8_t *const at = part->pixels.base + part->area.y * part->pixels.stride + part->area.x * 4;

    printf("redraw: %u x %u at %u, %u: %c\n", (unsigned)part->area.width, (unsigned)part->area.height,
           (unsigned)part->area.x, (unsigned)part->area.y, at[0]);
}

/* Sends a command that consists of a header and words. Returns the type of the answer. */
static unsigned command(unsigned slot, uint32_t type, const uint32_t *words, uint32_t bytes)
{
    uint32_t answer;

    memset(guest_page(0), 0, 24);
    memcpy(guest_page(0), &type, sizeof type);
    memcpy(guest_page(0) + 24, words, bytes);
    guest_segment(0, 24 + bytes, AND_SO_ON);
    guest_segment(1, 24, WRITTEN_BY_DEVICE);
    (void)guest_send(slot, 0, false);
    memcpy(&answer, guest_page(1), sizeof answer);
    return answer;
}

/* A picture of 8 x 4 pixels, part of which is shown. */
static void gpu(unsigned slot)
{
    static const uint32_t create[] = {1, 1, 8, 4}, attach[] = {1, 1, RAM + 7 * PAGE, 0, PAGE, 0};
    static const uint32_t show[] = {0, 0, 8, 4, 0, 1}, transfer[] = {0, 0, 8, 4, 0, 0, 1, 0};
    static const uint32_t flush[] = {2, 1, 3, 2, 1, 0};

    memset(guest_page(3), 'g', PAGE);
    printf("answers: 0x%x", command(slot, 0x101, create, sizeof create));
    printf(" 0x%x", command(slot, 0x106, attach, sizeof attach));
    printf(" 0x%x", command(slot, 0x103, show, sizeof show));
    printf(" 0x%x\n", command(slot, 0x105, transfer, sizeof transfer));
    (void)command(slot, 0x104, flush, sizeof flush);
}
#endif

#ifdef WITH_INPUT
static void input(unsigned slot, bool legacy)
{
    struct {
        uint16_t type, code;
        uint32_t value;
    } event[2];

    for (unsigned i = 0; i < 2; i++) {
        guest_segment(i, sizeof event[i], WRITTEN_BY_DEVICE);
        guest_offer(slot, 0, legacy, (uint16_t)i);
    }
    printf("key: %d, ", vwr_example_key(30, true));
    for (unsigned i = 0; i < 2; i++)
        memcpy(&event[i], guest_page(i), sizeof event[i]);
    printf("%u %u %u, %u %u %u\n", event[0].type, event[0].code, (unsigned)event[0].value, event[1].type,
           event[1].code, (unsigned)event[1].value);
}
#endif

#ifdef WITH_BALLOON
void vwr_example_given(uint64_t addr, uint64_t bytes)
{
    printf("given: %u bytes at 0x%x\n", (unsigned)bytes, (unsigned)addr);
}

static void balloon(unsigned slot, bool legacy)
{
    const uint32_t page = RAM / PAGE + 8;
    const int r = vwr_example_take((uint64_t)2 * PAGE);

    printf("take: %d, wanted: %u pages\n", r, (unsigned)guest_get(slot, CONFIG));
    memcpy(guest_page(0), &page, sizeof page);
    guest_segment(0, sizeof page, 0);
    (void)guest_send(slot, 0, legacy);
}
#endif

#ifdef WITH_9P
/* Sends a message, given without its first word; the answer follows it in memory. */
static const uint8_t *ask(unsigned slot, bool legacy, const void *message, uint32_t bytes)
{
    const uint32_t all = bytes + 4;

    memcpy(guest_page(0), &all, sizeof all);
    memcpy(guest_page(0) + 4, message, bytes);
    guest_segment(0, all, AND_SO_ON);
    guest_segment(1, PAGE, WRITTEN_BY_DEVICE);
    (void)guest_send(slot, 0, legacy);
    return guest_page(1);
}

/* Version, attach, walk, open, and a read of the file's text. */
static void folder(unsigned slot, bool legacy)
{
    static const char version[] = "\x64\xff\xff\0\x10\0\0\x08\0"
                                  "9P2000.L";
    static const char attach[] = "\x68\1\0\1\0\0\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0";
    static const char walk[] = "\x6e\1\0\1\0\0\0\2\0\0\0\1\0\6\0readme";
    static const char open[] = "\x0c\1\0\2\0\0\0\0\0\0\0";
    static const char read[] = "\x74\1\0\2\0\0\0\0\0\0\0\0\0\0\0\x40\0\0\0";
    const uint8_t *answer;

    printf("folder: %u", ask(slot, legacy, version, sizeof version - 1)[4]);
    printf(" %u", ask(slot, legacy, attach, sizeof attach - 1)[4]);
    printf(" %u", ask(slot, legacy, walk, sizeof walk - 1)[4]);
    printf(" %u", ask(slot, legacy, open, sizeof open - 1)[4]);
    answer = ask(slot, legacy, read, sizeof read - 1);
    printf(" %u, %u bytes: %.*s", answer[4], answer[7], answer[7], (const char *)answer + 11);
}
#endif

#ifdef WITH_FS
/* Sends a FUSE message. Returns the answer without its header. */
static const uint8_t *fuse(unsigned slot, bool legacy, uint8_t opcode, uint64_t node, const void *body,
                           uint8_t bytes)
{
    memset(guest_page(0), 0, 40);
    guest_page(0)[0] = (uint8_t)(40 + bytes);
    guest_page(0)[4] = opcode;
    memcpy(guest_page(0) + 16, &node, sizeof node);
    memcpy(guest_page(0) + 40, body, bytes);
    guest_segment(0, 40u + bytes, AND_SO_ON);
    guest_segment(1, PAGE, WRITTEN_BY_DEVICE);
    (void)guest_send(slot, 1, legacy);
    return guest_page(1) + 16;
}

/* INIT, LOOKUP, OPEN, and a READ of the file's text. */
static void fs(unsigned slot, bool legacy)
{
    static const uint8_t init[16] = {7, 0, 0, 0, 31};
    uint8_t read[40] = {0};
    const uint8_t *answer;
    uint64_t node;

    guest_start(slot, 1, legacy);
    printf("fs: %u.", fuse(slot, legacy, 26, 0, init, sizeof init)[0]);
    printf("%u,", guest_page(1)[20]);
    memcpy(&node, fuse(slot, legacy, 1, 1, "readme", 7), sizeof node);
    memcpy(read, fuse(slot, legacy, 14, node, read, 8), 8);
    read[16] = 64;
    answer = fuse(slot, legacy, 15, 0, read, sizeof read);
    printf(" %u bytes: %.*s", guest_page(1)[0] - 16, guest_page(1)[0] - 16, (const char *)answer);
}
#endif

#ifdef WITH_SCSI
/* INQUIRY by the first request queue. */
static void scsi(unsigned slot, bool legacy)
{
    static const uint8_t lun[] = {1, 0, 0x40, 0}, cdb[] = {0x12, 0, 0, 0, 36, 0};

    guest_start(slot, 2, legacy);
    memcpy(guest_page(0), lun, sizeof lun);
    memcpy(guest_page(0) + 19, cdb, sizeof cdb);
    guest_segment(0, 19 + 32, AND_SO_ON);
    guest_segment(1, 12 + 96 + 36, WRITTEN_BY_DEVICE);
    printf("inquiry: %u bytes, ", (unsigned)guest_send(slot, 2, legacy));
    printf("status %u, %.16s\n", guest_page(1)[10], (const char *)guest_page(1) + 12 + 96 + 16);
}
#endif

void guest_use(unsigned slot, uint32_t id, bool legacy)
{
    (void)slot;
    (void)id;
    (void)legacy;
#ifdef WITH_NET
    if (id == NET)
        net(slot, legacy);
#endif
#ifdef WITH_GPU
    if (id == GPU)
        gpu(slot);
#endif
#ifdef WITH_INPUT
    if (id == INPUT)
        input(slot, legacy);
#endif
#ifdef WITH_BALLOON
    if (id == BALLOON)
        balloon(slot, legacy);
#endif
#ifdef WITH_9P
    if (id == FOLDER)
        folder(slot, legacy);
#endif
#ifdef WITH_FS
    if (id == FS)
        fs(slot, legacy);
#endif
#ifdef WITH_SCSI
    if (id == SCSI)
        scsi(slot, legacy);
#endif
}
