/* SPDX-License-Identifier: MIT */
#ifndef TEST_STATE_WORLD_H
#define TEST_STATE_WORLD_H

#include "../../hostile/guests/hostile.h"
#include "vwr/v9p.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/ventropy.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vballoon.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/vmem.h"
#include "vwr/vnet.h"
#include "vwr/vpci.h"
#include "vwr/vscsi.h"
#include "vwr/vsound.h"
#include "vwr/vcan.h"
#include "vwr/vpmem.h"
#include "vwr/vscmi.h"
#include "vwr/vspi.h"
#include "vwr/vrtc.h"
#include "vwr/vstate.h"
#include "vwr/vvsock.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* A guest with one device of any class, for state.c and state_classes.c. */

#define SECTORS 64u
#define REQUESTS 6u
#define SEGMENTS 20u
#define HELD 2u   /* of three descriptors, in a ring of 8 */
#define OTHERS 7u /* that come while one stays: a lap */
#define PORTS 2u
#define SOCKETS 2u
#define CID 42u
#define LINES 3u
#define SESSIONS 2u
#define KEYS 16u   /* bytes of a session at most */
#define CIPHERS 2u /* requests with it */
#define MAC 4u     /* bytes of their result */
#define CLOCKS 2u
#define SIDE 4u /* of an image */
#define RESOURCE 7u
#define MAP 64u /* words */
#define EVENTS 8u
#define UNITS 4u
#define READ_BYTES 16384u /* of a command that takes several budgets */
#define STREAMS 2u
#define PERIOD 64u
#define RUNS 4u
#define MEM_BLOCK 0x1000u
#define MEM_BLOCKS 16u
#define STATE_BYTES 8192u
#define LARGE_BYTES 32768u /* of a state with a cursor */
#define VECTORS 3u
#define WORDS_OF_MSIX 0x3000u /* of the BAR: the table */

enum {
    DISK,
    CONSOLE,
    ENTROPY,
    NET,
    INPUT,
    P9,
    FS,
    VSOCK,
    I2C,
    SCSI,
    SOUND,
    GPIO,
    PMEM,
    CAN,
    SPI,
    SCMI,
    RTC,
    GPU,
    CRYPTO,
    BALLOON,
    MEM,
    CLASSES
};

extern const struct vwr_vstate_class *const classes[CLASSES];

struct world {
    struct guest g;
    struct vwr_vblk disk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
    struct vwr_vconsole console;
    struct vwr_vconsole_port port[PORTS];
    struct vwr_ventropy entropy;
    struct vwr_vnet net;
    struct vwr_vi2c i2c;
    uint8_t data[16];
    uint64_t ticket;
    struct vwr_vgpio gpio;
    struct vwr_vgpio_line line[LINES];
    struct vwr_vmessage unmasked[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg unmasked_seg[VWR_VGPIO_SEGS(LINES, SEGMENTS)];
    unsigned changes;
    struct vwr_vcrypto crypto;
    struct vwr_vcrypto_session session[SESSIONS];
    uint8_t buffer[2 * KEYS];
    uint8_t keys[VWR_VCRYPTO_KEY_BYTES(SESSIONS, KEYS)];
    struct vwr_crypto_data ciphered; /* the last request that the VMM has, */
    uint64_t ciphered_ticket;
    struct vwr_vmessage crypto_message[CIPHERS + 1]; /* the device holds all but the last one */
    struct vwr_vseg crypto_seg[(CIPHERS + 1) * SEGMENTS];
    unsigned living; /* sessions */
    struct vwr_vpmem pmem;
    struct vwr_vcan can;
    struct vwr_vspi spi;
    struct vwr_vspi_chip chip;
    uint8_t shifted[64];
    struct vwr_vscmi scmi;
    struct vwr_vrtc rtc;
    struct vwr_vrtc_clock clock[CLOCKS];
    struct vwr_vvsock vsock;
    struct vwr_socket socket[SOCKETS];
    uint8_t received[VWR_SOCKET_BYTES(SOCKETS, 4)];
    struct vwr_vinput input;
    struct vwr_input_event_msg fifo[EVENTS];
    unsigned leds;
    struct vwr_vballoon balloon;
    struct vwr_vmem mem;
    struct vwr_memory_span run[2 * RUNS];
    uint64_t plugged; /* bytes that the VMM was told of */
    uint32_t map[MAP];
    uint64_t released;
    uint64_t returned;
    struct vwr_vscsi scsi;
    struct vwr_vt10_unit unit[UNITS];
    struct vwr_vmessage command[REQUESTS];
    struct vwr_vt10_call call[REQUESTS];
    struct vwr_vseg scsi_seg[(REQUESTS + 2) * SEGMENTS];
    struct vwr_vsound sound;
    struct vwr_vgpu gpu;
    struct vwr_vgpu_scanout scanout[2];
    struct vwr_vgpu_resource resource[2];
    struct vwr_vgpu_entry entry[4];
    _Alignas(VWR_VGPU_ALIGN) uint8_t image[4 * VWR_VGPU_BYTES(SIDE, SIDE)];
    struct vwr_vgpu_flush flush;
    _Alignas(VWR_VGPU_ALIGN) uint8_t images[VWR_VGPU_BYTES(64, 64) + 2 * VWR_VGPU_BYTES(SIDE, SIDE)];
    unsigned shown;
    struct vwr_vgpu_cursor cursor;
    unsigned cursors;
    unsigned timers;
    unsigned drains;
    unsigned asks;
    const uint8_t *asked[HELD]; /* the data of the last requests */
    struct vwr_vblk_req part;   /* the last one, in its original state */
    struct vwr_vblk_req *part_of;
    struct vwr_vpci f;
    struct vwr_vpci_vector vector[VECTORS];
    unsigned messages;
    uint32_t message; /* the data of the last one */
};

extern struct world all;

/* Properties of the next device. */
enum place { MMIO, INTX, MSIX };
extern unsigned without_hooks; /* 2: without a table of them, where it may be NULL */
extern bool with_less;         /* memory for one item instead of several; a keyboard with one LED */
extern bool exclusive;         /* the pages of the balloon belong only to the VMM, */
extern bool tells_nothing;     /* and the driver does not report when it takes one back */
extern bool large;             /* images of 64 x 64 pixels */
extern bool in_parts;          /* a back end accepts 4096 bytes at a time, */
extern bool is_unsafe;         /* or cannot be drained */
extern enum place place;
extern bool narrow;    /* the BAR has 32 bits */
extern bool any_order; /* without IN_ORDER */
extern bool idle;      /* the driver has only started it */
extern enum vwr_tolerate tolerate;
extern bool has_bytes; /* of the source of entropy */
extern unsigned jacks; /* of a sound card; 0: two */

extern struct vwr_vdev *(*const make[CLASSES])(const struct vwr_vdev_setup *s);

#define HEAD sizeof(struct vwr_admin_dev_part_hdr)
#define PARTS_OF_QUEUE 3u

/* Makes a device; starts it as a driver does, with buffers, HELD of which the disk holds; both; ends it. */
void make_device(unsigned class, bool legacy, bool packed);
void drive(unsigned class);
void plug(unsigned class, bool legacy, bool packed);
void unplug(void);

/* A disk reads a sector into a buffer, which is there. */
uint64_t data_of(unsigned i);
void add_buffer(unsigned i);

/* A period of a stream, at a separate address; played frames are consecutive numbers. */
void add_period(uint8_t direction, unsigned n);

/* A request that uses the crypto device's session and that the VMM answers later; its buffer. */
struct guest_desc encipher(unsigned n);

/* Sends a command to the GPU. */
void command(const void *m, uint32_t bytes);

/* A state in memory; saves the device, and returns the number of bytes. */
struct vwr_vstate state_in(uint8_t *memory, size_t bytes);
size_t save(uint8_t *memory);

/* Resets the device, on its bus, and checks that it is in its reset state. */
void reset(void);
void check_unused(void);

/* Offset of part `n` of a state; the first part is the device's. */
size_t part_at(const uint8_t *state, unsigned n);

/* The first part of a queue, without a bus. */
unsigned queue_part(unsigned queue);

/* The part of the class, which is the last one. */
size_t class_at(const uint8_t *state);

/* state_classes.c: checks the data that is restored for each class. */
extern const struct CMUnitTest class_tests[];
extern const size_t class_test_count;

/* state.c: loads a state that may be wrong, without the start; true: it was accepted. */
bool try(const uint8_t *from, size_t bytes);

/* state_early.c */
void keeps_an_early_notification(void **unused);
void adds_no_notification(void **unused);
void forgets_what_was_early(void **unused);
void explains_what_was_early(void **unused);
void keeps_what_was_opened(void **unused);
void keeps_features_ok(void **unused);

#endif
