/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/bytes.h"

/*
 * The channel subsystem: the functions of struct vwr_ccw_ops by the instructions for I/O. An operation block
 * and the words that it names have addresses below 2 GiB, as all memory of this image.
 */

#define CHANNEL_BUFFER_BYTES 512u
#define CHANNEL_POLLS 100000000u
#define CHANNEL_ISC 3u /* of the interrupts of subchannels */

/* Condition codes. */
enum { CHANNEL_DONE = 0, CHANNEL_PENDING = 1, CHANNEL_BUSY = 2, CHANNEL_ABSENT = 3 };

/* Flags of struct schib, of an operation block, of a word, of what an operation returns, and of a report. */
#define SCHIB_VALID 0x0001u
#define SCHIB_ENABLED 0x0080u
#define SCHIB_ISC_SHIFT 11u
#define ORB_FORMAT_1 0x00800000u
#define ORB_PREFETCH 0x00400000u
#define ORB_ANY_PATH 0x0000ff00u
#define CCW_SUPPRESS_LENGTH 0x20u
#define IRB_DEFERRED 0x03000000u
#define IRB_UNIT_CHECK 0x02u
#define IRB_CHANNEL_CHECKS 0x3eu /* of the program, for example, by which QEMU also rejects values */
#define REPORT_SUBCHANNEL 3u

static struct schib {
    uint32_t parameter;
    uint16_t flags;
    uint16_t device;
    uint32_t rest[11];
} __attribute__((aligned(8))) schib;

static struct orb {
    uint32_t parameter;
    uint32_t flags;
    uint32_t program;
    uint32_t rest[5];
} __attribute__((aligned(8))) orb;

static struct word {
    uint8_t code;
    uint8_t flags;
    uint16_t bytes;
    uint32_t addr;
} __attribute__((aligned(8))) word;

static volatile struct irb {
    uint32_t flags;
    uint32_t addr;
    uint8_t device;
    uint8_t channel;
    uint16_t left;
    uint32_t rest[21];
} __attribute__((aligned(8))) irb;

static uint8_t buffer[CHANNEL_BUFFER_BYTES] __attribute__((aligned(8)));

/* Executes an instruction with the subchannel in register 1. Returns the condition code. */
#define CHANNEL_DO(opcode, operand, subchannel)                         \
    __extension__({                                                     \
        register uint64_t in_1 __asm__("1") = (subchannel);             \
        int code;                                                       \
        __asm__ volatile(".insn s," opcode ",%1\n\tipm %0\n\tsrl %0,28" \
                         : "=d"(code), "+Q"(operand)                    \
                         : "d"(in_1)                                    \
                         : "cc", "memory");                             \
        code;                                                           \
    })
#define CHANNEL_STSCH(s) CHANNEL_DO("0xb2340000", schib, s)
#define CHANNEL_MSCH(s) CHANNEL_DO("0xb2320000", schib, s)
#define CHANNEL_SSCH(s) CHANNEL_DO("0xb2330000", orb, s)
#define CHANNEL_TSCH(s) CHANNEL_DO("0xb2350000", irb, s)
#define CHANNEL_STCRW(report) CHANNEL_DO("0xb2390000", report, 0)

static int channel_modify(uint32_t subchannel, uint16_t flags)
{
    schib.flags = (uint16_t)((schib.flags & ~(SCHIB_ENABLED | 7u << SCHIB_ISC_SHIFT)) | flags);
    return CHANNEL_MSCH(subchannel) == CHANNEL_DONE ? VWR_OK : VWR_EGONE;
}

static int channel_enable(struct vwr_ccw_host *h, uint32_t subchannel)
{
    int r = VWR_OK;

    (void)h;
    if (CHANNEL_STSCH(subchannel) == CHANNEL_ABSENT)
        return VWR_ERANGE;
    if ((schib.flags & SCHIB_VALID) == 0)
        return VWR_ENODEV;
    if ((schib.flags & SCHIB_ENABLED) != 0)
        r = channel_modify(subchannel, 0);
    return r == VWR_OK ? channel_modify(subchannel, SCHIB_ENABLED | CHANNEL_ISC << SCHIB_ISC_SHIFT) : r;
}

static int channel_wait(uint32_t subchannel)
{
    for (unsigned polls = 0; polls < CHANNEL_POLLS; polls++) {
        const int code = CHANNEL_TSCH(subchannel);

        if (code == CHANNEL_ABSENT || (code == CHANNEL_DONE && (irb.flags & IRB_DEFERRED) != 0))
            return VWR_EGONE;
        if (code == CHANNEL_DONE)
            return ((irb.device & IRB_UNIT_CHECK) | (irb.channel & IRB_CHANNEL_CHECKS)) != 0 ? VWR_EPROTO
                                                                                             : VWR_OK;
    }
    return VWR_ETIMEOUT;
}

/* A status that is pending, such as that of an interrupt that is masked, is taken first. */
static int channel_start(uint32_t subchannel)
{
    for (unsigned polls = 0; polls < CHANNEL_POLLS; polls++) {
        const int code = CHANNEL_SSCH(subchannel);

        if (code == CHANNEL_ABSENT)
            return VWR_EGONE;
        if (code == CHANNEL_DONE)
            return channel_wait(subchannel);
        (void)CHANNEL_TSCH(subchannel);
    }
    return VWR_ETIMEOUT;
}

static int channel_command(struct vwr_ccw_host *h, uint32_t subchannel, uint8_t code, void *data,
                           uint32_t bytes)
{
    const uint64_t mask = interrupt_mask();
    int r;

    (void)h;
    vwr_copy(buffer, data, bytes);
    word = (struct word){code, CCW_SUPPRESS_LENGTH, (uint16_t)bytes, (uint32_t)(uintptr_t)buffer};
    vwr_zero(&orb, sizeof(orb));
    orb.flags = ORB_FORMAT_1 | ORB_PREFETCH | ORB_ANY_PATH;
    orb.program = (uint32_t)(uintptr_t)&word;
    r = bytes <= sizeof(buffer) ? channel_start(subchannel) : VWR_EINVAL;
    if (r == VWR_OK) {
        vwr_copy(data, buffer, bytes);
        r = (int)(bytes - (irb.left < bytes ? irb.left : bytes));
    }
    interrupt_restore(mask);
    return r;
}

static uint64_t channel_notify(struct vwr_ccw_host *h, uint32_t subchannel, uint32_t data, uint64_t cookie)
{
    register uint64_t function __asm__("1") = VWR_CCW_DIAGNOSE_NOTIFY;
    register uint64_t in_2 __asm__("2") = subchannel;
    register uint64_t in_3 __asm__("3") = data;
    register uint64_t in_4 __asm__("4") = cookie;

    (void)h;
    __asm__ volatile("diag 2,4,0x500" : "+d"(in_2) : "d"(function), "d"(in_3), "d"(in_4) : "cc", "memory");
    return in_2;
}

static const struct vwr_ccw_ops channel_ops = {
    .enable = channel_enable, .command = channel_command, .notify = channel_notify};

struct vwr_ccw_host channel_host = {.ops = &channel_ops, .isc = CHANNEL_ISC};

/*
 * The source of a report is in bits 4 to 7, and its number in the right half. The subsystem chains a second
 * report only for a program that has enabled other sets, which this one has not.
 */
bool channel_report(uint32_t *subchannel)
{
    uint32_t report = 0;

    while (CHANNEL_STCRW(report) == CHANNEL_DONE)
        if ((report >> 24 & 15u) == REPORT_SUBCHANNEL) {
            *subchannel = VWR_CCW_FIRST | (report & 0xffffu);
            return true;
        }
    return false;
}

/* An interrupt of a subchannel has a status, which is taken, so that there may be another one. */
void channel_take(uint32_t subchannel);
void channel_take(uint32_t subchannel)
{
    (void)CHANNEL_TSCH(subchannel);
}
