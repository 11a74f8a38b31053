/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include <stddef.h>

/*
 * The hostile guest's attacks on its network card, folder, balloon, SCSI host, sockets, crypto device, file
 * system, GPU, keyboard and tablet, and checks that the devices still work.
 */

#define NOWHERE 0x60000000ul /* outside of the guest's memory */
#define PAGE_BYTES 4096u
#define MESSAGE_BYTES 256u
#define ANSWER_BYTES 1024u
#define NET_HEADER 12u
#define FRAME 60u
#define WIDTH 1280u
#define HEIGHT 800u
#define SCREENS 6u
#define LISTS 8u
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static uint64_t state = 1;

static uint32_t any(uint32_t below)
{
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(state >> 33) % below;
}

static void put32(uint64_t at, uint32_t value)
{
    *(volatile uint32_t *)(memory + at) = value;
}

static void put8(uint64_t at, const uint8_t *bytes, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        memory[at + i] = bytes[i];
}

static uint64_t message_at(unsigned number)
{
    return MESSAGES + MESSAGE_BYTES * (number % 256ul);
}

static uint64_t answer_at(unsigned number)
{
    return ANSWERS + ANSWER_BYTES * (number % 256ul);
}

/* Makes message `number` of `bytes` bytes available, with space for an answer. */
static void message(unsigned number, uint32_t bytes, uint32_t room)
{
    struct table t = table(number % 256u, true);

    row(&t, MEMORY + message_at(number), bytes, false);
    if (room != 0)
        row(&t, MEMORY + answer_at(number), room, true);
    post_table(&t);
}

static void words(unsigned number, const uint32_t *word, unsigned count, uint32_t room)
{
    for (unsigned i = 0; i < count; i++)
        put32(message_at(number) + 4ul * i, word[i]);
    message(number, 4 * count, room);
}

/* ---- malformed queues of any device ---- */

/* Writes descriptors to the ring itself, starting with the first one. */
static void chain(const uint16_t *flags, const uint16_t *next, unsigned count, uint32_t bytes)
{
    for (unsigned i = 0; i < count; i++)
        describe(queue.ring + 16ul * i, MEMORY + DATA, bytes, flags[i], next[i]);
    post_head(0);
    notify();
}

static void shape_loop(void)
{
    chain((const uint16_t[]){NEXT, NEXT}, (const uint16_t[]){1, 0}, 2, 64);
}

static void shape_itself(void)
{
    chain((const uint16_t[]){NEXT | WRITE}, (const uint16_t[]){0}, 1, 64);
}

static void shape_beyond(void)
{
    chain((const uint16_t[]){NEXT}, (const uint16_t[]){0xffff}, 1, 64);
}

static void shape_direction(void)
{
    chain((const uint16_t[]){NEXT | WRITE, 0}, (const uint16_t[]){1, 0}, 2, 64);
}

static void shape_sum(void)
{
    chain((const uint16_t[]){NEXT, NEXT, WRITE}, (const uint16_t[]){1, 2, 0}, 3, 0x7fffffff);
}

static void shape_nothing(void)
{
    chain((const uint16_t[]){NEXT, NEXT, WRITE}, (const uint16_t[]){1, 2, 0}, 3, 0);
}

static void shape_head(void)
{
    post_head(0xfffe);
    notify();
}

static void shape_index(void)
{
    queue.avail = 0x7000;
    post_head(0);
    notify();
}

static void shape_nested(void)
{
    struct table t = table(0, true);

    row(&t, MEMORY + t.at, 64, false);
    describe(t.at, MEMORY + t.at, 16, INDIRECT, 0);
    post_table(&t);
    notify();
}

static void shape_table(void)
{
    post(NOWHERE, 64, INDIRECT);
    post(MEMORY + TABLES, 15, INDIRECT);
    notify();
}

static void shape_ring(void)
{
    put(queue.which, STATUS, 0);
    negotiate(queue.which);
    put(queue.which, QUEUE_SEL, queue.index);
    put(queue.which, QUEUE_SIZE, 3);
    put(queue.which, DESC, (uint32_t)NOWHERE);
    put(queue.which, DRIVER, (uint32_t)VM_REGISTERS);
    put(queue.which, DEVICE, (uint32_t)MEMORY_END - 2);
    put(queue.which, QUEUE_READY, 1);
    put(queue.which, STATUS, 0xf);
    notify();
}

static void (*const shape[])(void) = {shape_loop,   shape_itself,  shape_beyond, shape_direction,
                                      shape_sum,    shape_nothing, shape_head,   shape_index,
                                      shape_nested, shape_table,   shape_ring};

/*
 * Device registers, the interrupt controller, unused addresses, the end of memory, the end of the address
 * space.
 */
static void addresses(unsigned which, unsigned index)
{
    const uint64_t at[] = {0, VM_REGISTERS, 0x08000000, NOWHERE, MEMORY_END - 8, ~0ull - 15};

    for (unsigned i = 0; i < 2 * COUNT(at); i++) {
        begin(which, index);
        post(at[i / 2], 64, i % 2 != 0 ? WRITE : 0);
        notify();
    }
    begin(which, index);
    post(MEMORY + DATA, ~0u, 0);
    notify();
}

static void shapes(unsigned which, unsigned queues)
{
    for (unsigned index = 0; index < queues; index++) {
        for (unsigned i = 0; i < COUNT(shape); i++) {
            begin(which, index);
            shape[i]();
        }
        addresses(which, index);
    }
}

/* ---- network ---- */

static void mac_of(uint8_t *to, unsigned guest)
{
    const uint8_t mac[6] = {0x52, 0x54, 0, 0x12, 0x34, (uint8_t)guest};

    for (unsigned i = 0; i < 6; i++)
        to[i] = mac[i];
}

static void frame(unsigned number, const uint8_t *from)
{
    const uint64_t at = message_at(number);
    const uint8_t nobody[2] = {0x88, 0xb5};

    fill(at, 80, 0);
    put8(at + NET_HEADER, (const uint8_t[]){0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 6);
    put8(at + NET_HEADER + 6, from, 6);
    put8(at + NET_HEADER + 12, nobody, 2);
}

static void net_shapes(void)
{
    shapes(NET, 3);
}

static void net_frames(void)
{
    uint8_t mac[6];

    begin(NET, 1);
    mac_of(mac, vm);
    for (unsigned i = 0; i < queue.size; i++) {
        frame(i, mac);
        message(i, NET_HEADER + FRAME, 0);
    }
    notify();
}

/* Sends frames with its neighbor's address, and with very many addresses. */
static void net_addresses(void)
{
    uint8_t mac[6];

    begin(NET, 1);
    for (unsigned i = 0; i < queue.size; i++) {
        mac_of(mac, 1 - vm);
        if (i % 4 != 0) {
            mac[3] = (uint8_t)any(256);
            mac[4] = (uint8_t)any(256);
        }
        frame(i, mac);
        message(i, NET_HEADER + FRAME, 0);
    }
    notify();
}

static void net_headers(void)
{
    begin(NET, 1);
    for (unsigned i = 0; i < queue.size; i++) {
        for (unsigned n = 0; n < NET_HEADER + FRAME; n++)
            memory[message_at(i) + n] = (uint8_t)any(256);
        message(i, i % 16 == 0 ? i % NET_HEADER : NET_HEADER + FRAME, 0);
    }
    notify();
}

static void net_large(void)
{
    begin(NET, 1);
    for (unsigned i = 0; i < queue.size; i++)
        post(MEMORY + DATA, i % 2 != 0 ? 16u << 20 : NET_HEADER + 65535, 0);
    notify();
}

static void net_tiny(void)
{
    begin(NET, 1);
    many(queue.size, queue.size, 1, false, false);
}

static void net_room(void)
{
    begin(NET, 0);
    many(queue.size, queue.size, 1, true, false);
    nap(2000);
}

static void net_commands(void)
{
    begin(NET, 2);
    for (unsigned i = 0; i < queue.size; i++) {
        const uint64_t at = message_at(i);

        for (unsigned n = 0; n < 64; n++)
            memory[at + n] = (uint8_t)any(256);
        put16(at, (uint16_t)(i % 6 | any(5) << 8)); /* class, command */
        message(i, 2 + any(62), i % 8 != 0);
    }
    notify();
}

/* Sends an ARP request for the gateway's address. It must be answered. */
static bool net_works(void)
{
    const uint64_t arp = message_at(0) + NET_HEADER + 14;
    const uint8_t head[] = {0, 1, 8, 0, 6, 4, 0, 1};
    const uint8_t addresses_of[] = {10, 0, 2, (uint8_t)(100 + vm), 0, 0, 0, 0, 0, 0, 10, 0, 2, 2};
    uint8_t mac[6];

    negotiate(NET);
    set_up(0);
    for (unsigned i = 0; i < 8; i++) {
        memory[answer_at(i) + NET_HEADER + 21] = 0;
        post(MEMORY + answer_at(i), ANSWER_BYTES, WRITE);
        post(MEMORY + DATA, ANSWER_BYTES, WRITE); /* a large frame may use two buffers */
    }
    set_up(1);
    put(NET, STATUS, 0xf);
    mac_of(mac, vm);
    frame(0, mac);
    put16(arp - 2, 0x0608);
    put8(arp, head, sizeof(head));
    put8(arp + 8, mac, 6);
    put8(arp + 14, addresses_of, sizeof(addresses_of));
    message(0, NET_HEADER + FRAME, 0);
    put(NET, NOTIFY, 0);
    notify();
    if (!is_used())
        return false;
    for (unsigned ms = 0; ms < 2000; ms++) {
        for (unsigned i = 0; i < 8; i++) {
            const volatile uint8_t *const f = memory + answer_at(i) + NET_HEADER;

            if (f[12] == 8 && f[13] == 6 && f[21] == 2 && f[31] == 2)
                return true;
        }
        nap(1000);
    }
    return false;
}

/* ---- folder ---- */

enum { TVERSION = 100, TATTACH = 104, TFLUSH = 108, TWALK = 110, TREAD = 116, TWRITE = 118, TLCREATE = 14 };

/* Writes a message header: 4 bytes size, a byte type, 2 bytes tag. */
static uint64_t folder_head(unsigned number, uint32_t size, unsigned type, unsigned tag)
{
    const uint64_t at = message_at(number);
    const uint8_t head[7] = {(uint8_t)size,         (uint8_t)(size >> 8), (uint8_t)(size >> 16),
                             (uint8_t)(size >> 24), (uint8_t)type,        (uint8_t)tag,
                             (uint8_t)(tag >> 8)};

    put8(at, head, 7);
    return at + 7;
}

static void folder_version(unsigned number)
{
    const uint8_t version[] = {0, 0x20, 0, 0, 8, 0, '9', 'P', '2', '0', '0', '0', '.', 'L'};

    put8(folder_head(number, 7 + sizeof(version), TVERSION, 0xffff), version, sizeof(version));
    message(number, 7 + sizeof(version), ANSWER_BYTES);
}

static void folder_attach(unsigned number)
{
    const uint8_t attach[] = {1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0};

    put8(folder_head(number, 7 + sizeof(attach), TATTACH, 1), attach, sizeof(attach));
    message(number, 7 + sizeof(attach), ANSWER_BYTES);
}

static void folder_shapes(void)
{
    shapes(FOLDER, 1);
}

static void folder_begin(void)
{
    begin(FOLDER, 0);
    folder_version(0);
    folder_attach(1);
}

/* All types, with correct and wrong sizes, and with any flags and numbers. */
static void folder_messages(void)
{
    folder_begin();
    for (unsigned i = 2; i < queue.size; i++) {
        const uint32_t bytes = 7 + any(60);
        const uint64_t at = folder_head(i, i % 8 == 0 ? any(1u << 30) : bytes, i % 128, any(4));

        for (unsigned n = 0; n < 60; n++)
            memory[at + n] = any(2) != 0 ? (uint8_t)any(3) : (uint8_t)any(256);
        message(i, bytes, i % 4 == 0 ? 6 : ANSWER_BYTES);
    }
    notify();
}

/* Reads with the maximum number of segments of one byte each. */
static void folder_tiny(void)
{
    begin(FOLDER, 0);
    many(queue.size, queue.size, 1, false, false);
}

static void folder_flushes(void)
{
    folder_begin();
    for (unsigned i = 2; i < queue.size; i++) {
        put16(folder_head(i, 9, TFLUSH, i % 3), (uint16_t)any(3));
        message(i, 9, 7);
    }
    notify();
}

/* Reads and writes the maximum count, with 16 MiB of memory. */
static void folder_large(unsigned type)
{
    folder_begin();
    for (unsigned i = 2; i < queue.size; i++) {
        struct table t = table(i, true);
        const uint64_t at = folder_head(i, type == TREAD ? 23 : 16u << 20, type, i);

        put32(at + 1, 0); /* fid 1, at the highest possible offset */
        memory[at] = 1;
        put64(at + 4, ~0ull >> i % 64);
        put64(at + 12, ~0u);
        row(&t, MEMORY + message_at(i), 23, false);
        row(&t, MEMORY + DATA, 15u << 20, type == TREAD);
        if (type == TWRITE)
            row(&t, MEMORY + answer_at(i), ANSWER_BYTES, true);
        post_table(&t);
    }
    notify();
}

static void folder_reads(void)
{
    folder_large(TREAD);
}

static void folder_writes(void)
{
    folder_large(TWRITE);
}

static bool folder_works(void)
{
    begin(FOLDER, 0);
    memory[answer_at(0) + 4] = 0;
    memory[answer_at(1) + 4] = 0;
    folder_version(0);
    folder_attach(1);
    notify();
    return is_used() && memory[answer_at(0) + 4] == TVERSION + 1 && memory[answer_at(1) + 4] == TATTACH + 1;
}

/* ---- balloon ---- */

enum { INFLATE, DEFLATE, STATISTICS, REPORTS, BALLOON_QUEUES };

static void balloon_shapes(void)
{
    shapes(BALLOON, BALLOON_QUEUES);
}

/*
 * Numbers of pages that may be put in, of pages above memory and of pages below memory, but never of the
 * kernel's pages.
 */
static void balloon_list(unsigned which, uint32_t pages)
{
    begin(BALLOON, which);
    for (uint32_t i = 0; i < pages; i++)
        put32(DATA + 4ul * i, i % 4 != 0   ? (uint32_t)(GIVEN / PAGE_BYTES) + any(GIVEN_BYTES / PAGE_BYTES)
                              : i % 8 != 0 ? (uint32_t)(MEMORY_END / PAGE_BYTES) + any(1u << 20)
                                           : any(0x40000000 / PAGE_BYTES));
    for (unsigned i = 0; i < LISTS; i++)
        post(MEMORY + DATA, 4 * pages - i % 4, 0);
    notify();
}

static void balloon_pages(void)
{
    balloon_list(INFLATE, 4096);
    nap(5000);
}

static void balloon_back(void)
{
    balloon_list(DEFLATE, 4096);
}

static void balloon_statistics(void)
{
    begin(BALLOON, STATISTICS);
    for (unsigned i = 0; i < queue.size; i++)
        post(MEMORY + DATA, i * 7, i % 4 == 3 ? WRITE : 0);
    notify();
}

static void balloon_reports(void)
{
    begin(BALLOON, REPORTS);
    for (unsigned i = 0; i < queue.size; i++)
        post(i % 4 != 3 ? GIVEN + 0x800ul * i : NOWHERE, i % 2 != 0 ? GIVEN_BYTES / 2 : PAGE_BYTES, WRITE);
    notify();
}

static bool balloon_works(void)
{
    begin(BALLOON, INFLATE);
    put32(DATA, (uint32_t)(GIVEN / PAGE_BYTES));
    post(MEMORY + DATA, 4, 0);
    notify();
    return is_used();
}

/* ---- scsi ---- */

enum { INQUIRY = 0x12, UNMAP = 0x42, READ_10 = 0x28, WRITE_10 = 0x2a };
#define CDB 19u /* in a request: 8 bytes unit, 8 bytes tag, 3 bytes attributes */
#define REQUEST_BYTES 51u
#define RESPONSE_BYTES 108u
#define RESPONSE 11u /* in a response: 0 if the command reached its unit */

static void scsi_shapes(void)
{
    shapes(SCSI, 3);
}

static uint64_t scsi_request(unsigned number, unsigned lun, unsigned code)
{
    const uint64_t at = message_at(number);

    fill(at, REQUEST_BYTES + 5, 0);
    memory[at] = 1;
    memory[at + 3] = (uint8_t)lun;
    memory[at + CDB] = (uint8_t)code;
    return at + CDB;
}

/* Makes the request available, with this many bytes of data in one direction. */
static void scsi_post(unsigned number, uint32_t bytes, bool write)
{
    struct table t = table(number % 256u, true);

    row(&t, MEMORY + message_at(number), REQUEST_BYTES, false);
    if (!write && bytes != 0)
        row(&t, MEMORY + DATA, bytes, false);
    row(&t, MEMORY + answer_at(number), RESPONSE_BYTES, true);
    if (write && bytes != 0)
        row(&t, MEMORY + DATA, bytes, true);
    post_table(&t);
}

static void scsi_commands(void)
{
    begin(SCSI, 2);
    for (unsigned i = 0; i < queue.size; i++) {
        const uint64_t cdb = scsi_request(i, any(4), any(256));

        for (unsigned n = 1; n < 16; n++)
            memory[cdb + n] = any(2) != 0 ? (uint8_t)any(3) : (uint8_t)any(256);
        scsi_post(i, any(3) * any(4096), any(2) != 0);
    }
    notify();
}

/* 16 MiB in one request, for a unit of 8 MiB and for one of 2 MiB. */
static void scsi_large(void)
{
    begin(SCSI, 2);
    for (unsigned i = 0; i < queue.size; i++) {
        const uint64_t cdb = scsi_request(i, i % 2, i % 4 < 2 ? READ_10 : WRITE_10);

        memory[cdb + 7] = i % 8 == 0 ? 0xff : 0x10;
        scsi_post(i, DATA_BYTES, i % 4 < 2);
    }
    notify();
    nap(5000);
}

static void scsi_unmaps(void)
{
    begin(SCSI, 2);
    fill(DATA, 4096, 0);
    put16(DATA + 2, 0x8000); /* 128 bytes of descriptors */
    for (unsigned i = 0; i < 8; i++)
        put32(DATA + 8 + 16ul * i + 8, 0x10000000u); /* 16 blocks */
    for (unsigned i = 0; i < queue.size; i++) {
        const uint64_t cdb = scsi_request(i, i % 2, UNMAP);

        memory[cdb + 8] = 136;
        scsi_post(i, 136 + i % 2, false);
    }
    notify();
}

static void scsi_tiny(void)
{
    begin(SCSI, 2);
    many(queue.size, queue.size, 1, false, false);
}

/* Task management and subscriptions, right and wrong. */
static void scsi_control(void)
{
    begin(SCSI, 0);
    for (unsigned i = 0; i < queue.size; i++) {
        fill(message_at(i), 32, 0);
        put32(message_at(i), any(4));
        put32(message_at(i) + 4, any(9));
        memory[message_at(i) + 8 - 4 * any(2)] = 1;
        message(i, any(2) != 0 ? 24 : any(32), any(8));
    }
    notify();
}

static bool scsi_works(void)
{
    begin(SCSI, 2);
    memory[answer_at(0) + RESPONSE] = 0xff;
    memory[scsi_request(0, 0, INQUIRY) + 4] = 36;
    scsi_post(0, 36, true);
    notify();
    return is_used() && memory[answer_at(0) + RESPONSE] == 0;
}

/* ---- sockets ---- */

enum { REQUEST = 1, RESPONSE_OP = 2, DATA_OP = 5 };
#define PACKET_HEADER 44u
#define HOST 2u

static void vsock_shapes(void)
{
    shapes(VSOCK, 3);
}

/* Both queues, with buffers for answers. */
static void vsock_begin(uint32_t room)
{
    negotiate(VSOCK);
    set_up(0);
    for (unsigned i = 0; i < queue.size; i++)
        post(MEMORY + answer_at(i), room, WRITE);
    set_up(1);
    put(VSOCK, STATUS, 0xf);
    put(VSOCK, NOTIFY, 0);
}

static void packet(unsigned number, unsigned op, uint32_t from, uint32_t to, uint32_t bytes)
{
    const uint64_t at = message_at(number);

    fill(at, PACKET_HEADER + 4, 0);
    memory[at] = (uint8_t)(3 + vm);
    memory[at + 8] = HOST;
    put32(at + 16, from);
    put32(at + 20, to);
    put32(at + 24, bytes);
    put32(at + 28, 1u | op << 16);
    put32(at + 36, ~0u); /* space */
}

/* Full queues of connection requests to open and closed ports. Nobody reads the answers. */
static void vsock_connections(void)
{
    const uint32_t port[] = {7, 9, 19, 99};

    vsock_begin(ANSWER_BYTES);
    for (unsigned i = 0; i < queue.size; i++) {
        packet(i, REQUEST, 1000 + i, port[i % 4], 0);
        message(i, PACKET_HEADER, 0);
    }
    notify();
    nap(5000);
}

static void vsock_packets(void)
{
    vsock_begin(PACKET_HEADER + any(8));
    for (unsigned i = 0; i < queue.size; i++) {
        packet(i, any(9), any(4), 7 + 2 * any(3), any(4) == 0 ? any(~0u) : 64);
        put32(message_at(i) + 36, any(2) != 0 ? any(256) : any(~0u));
        put32(message_at(i) + 40, any(2) != 0 ? any(256) : any(~0u));
        message(i, PACKET_HEADER + (any(4) == 0 ? any(200) : 64), 0);
    }
    notify();
}

/* An endless stream: packets of 16 MiB to the sink and to the echo port. */
static void vsock_large(void)
{
    vsock_begin(ANSWER_BYTES);
    packet(0, REQUEST, 1, 7, 0);
    message(0, PACKET_HEADER, 0);
    packet(1, REQUEST, 2, 9, 0);
    message(1, PACKET_HEADER, 0);
    for (unsigned i = 2; i < queue.size; i++) {
        const uint32_t bytes = i % 4 == 0 ? DATA_BYTES : 2048;
        struct table t = table(i % 256u, true);

        packet(i, DATA_OP, 1 + i % 2, 7 + 2 * (i % 2), bytes);
        row(&t, MEMORY + message_at(i), PACKET_HEADER, false);
        row(&t, MEMORY + DATA, bytes, false);
        post_table(&t);
    }
    notify();
    nap(5000);
}

/* Data from the source port, with the maximum credit, into buffers of many segments. */
static void vsock_source(void)
{
    negotiate(VSOCK);
    set_up(0);
    for (unsigned i = 0; i < queue.size; i++) {
        struct table t = table(i, true);

        for (unsigned n = 0; n < 32; n++)
            row(&t, MEMORY + DATA + 64ul * n, 60, true);
        post_table(&t);
    }
    set_up(1);
    put(VSOCK, STATUS, 0xf);
    put(VSOCK, NOTIFY, 0);
    packet(0, REQUEST, 1, 19, 0);
    message(0, PACKET_HEADER, 0);
    notify();
    nap(5000);
}

static void vsock_tiny(void)
{
    begin(VSOCK, 1);
    many(queue.size, queue.size, 1, false, false);
}

static bool vsock_works(void)
{
    vsock_begin(ANSWER_BYTES);
    memory[answer_at(0) + 30] = 0;
    packet(0, REQUEST, 1, 7, 0);
    message(0, PACKET_HEADER, 0);
    notify();
    return is_used() && memory[answer_at(0) + 30] == RESPONSE_OP;
}

/* ---- crypto ---- */

enum { DATAQ, CONTROLQ, CREATE_CIPHER = 2, CIPHER_MESSAGE = 72, CIPHER_KEY = 32, CIPHER_IV = 16 };
#define CIPHER_DATA 8192u

static void crypto_shapes(void)
{
    shapes(CRYPTO, 2);
}

/* A session for AES-CBC, with the key in the message itself. */
static void crypto_create(unsigned number, uint32_t algo, uint32_t key_bytes, uint32_t op, uint32_t room)
{
    const uint64_t at = message_at(number);

    fill(at, CIPHER_MESSAGE + CIPHER_KEY, 0);
    put32(at, CREATE_CIPHER);
    put32(at + 4, algo);
    put32(at + 16, algo);
    put32(at + 20, key_bytes);
    put32(at + 24, op);
    put32(at + 64, 1); /* no chain */
    message(number, CIPHER_MESSAGE + CIPHER_KEY, room);
}

/* Full queues of sessions with all key sizes, until no more can be created. */
static void crypto_sessions(void)
{
    begin(CRYPTO, CONTROLQ);
    for (unsigned i = 0; i < queue.size; i++)
        crypto_create(i, 3, i % 8 != 0 ? 32 - i % 3 * 8 : any(~0u), 1 + i % 2, ANSWER_BYTES);
    notify();
}

static void crypto_control(void)
{
    begin(CRYPTO, CONTROLQ);
    for (unsigned i = 0; i < queue.size; i++) {
        for (unsigned n = 0; n < 128; n += 4)
            put32(message_at(i) + n, any(2) != 0 ? any(4) : any(~0u));
        put32(message_at(i), any(5) << 8 | any(4));
        message(i, any(2) != 0 ? 128 : any(128), any(2) != 0 ? 16 : any(32));
    }
    notify();
}

/* Data for an existing session and for others, in as many segments as possible. */
static void crypto_run(unsigned number, uint64_t session, uint32_t bytes, unsigned parts)
{
    const uint64_t at = message_at(number);
    struct table t = table(number % 256u, false);

    fill(at, CIPHER_MESSAGE + CIPHER_IV, 0);
    put64(at + 8, session);
    put32(at + 24, CIPHER_IV);
    put32(at + 28, bytes);
    put32(at + 32, bytes);
    put32(at + 64, 1);
    row(&t, MEMORY + at, CIPHER_MESSAGE + CIPHER_IV, false);
    for (unsigned i = 0; i < parts; i++)
        row(&t, MEMORY + DATA + 512ul * i, bytes / parts, false);
    for (unsigned i = 0; i < parts; i++)
        row(&t, MEMORY + DATA + 512ul * i, bytes / parts, true);
    row(&t, MEMORY + answer_at(number), 1, true);
    post_table(&t);
}

static uint64_t crypto_open(void)
{
    uint64_t session = 0;
    struct queue data;

    negotiate(CRYPTO);
    set_up(DATAQ);
    data = queue;
    set_up(CONTROLQ);
    put(CRYPTO, STATUS, 0xf);
    memory[answer_at(0) + 8] = 0xff;
    crypto_create(0, 3, CIPHER_KEY, 1, 16);
    notify();
    if (!is_used() || memory[answer_at(0) + 8] != 0)
        return 0;
    for (unsigned i = 0; i < 8; i++)
        session |= (uint64_t)memory[answer_at(0) + i] << 8 * i;
    queue = data;
    return session;
}

static void crypto_large(void)
{
    const uint64_t session = crypto_open();

    for (unsigned i = 0; i < queue.size; i++)
        crypto_run(i, i % 16 != 15 ? session : any(~0u), i % 8 != 7 ? CIPHER_DATA : 2 * CIPHER_DATA,
                   i % 2 != 0 ? 16 : 1);
    notify();
    nap(5000);
}

static void crypto_tiny(void)
{
    begin(CRYPTO, DATAQ);
    many(queue.size, queue.size, 1, false, false);
}

static bool crypto_works(void)
{
    const uint64_t session = crypto_open();

    if (session == 0)
        return false;
    memory[answer_at(0)] = 0xff;
    crypto_run(0, session, 64, 1);
    notify();
    return is_used() && memory[answer_at(0)] == 0;
}

/* ---- file system ---- */

enum { HIPRIO, REQUESTS, LOOKUP = 1, FORGET = 2, FS_READ = 15, FS_WRITE = 16, INIT = 26 };
#define FS_HEADER 40u
#define FS_ROOT 1u

static void fs_shapes(void)
{
    shapes(FS, 2);
}

/* Writes a header: length, opcode, number, node. The caller writes the rest. */
static uint64_t fs_head(unsigned number, uint32_t bytes, uint32_t opcode, uint64_t node)
{
    const uint64_t at = message_at(number);

    fill(at, MESSAGE_BYTES, 0);
    put32(at, bytes);
    put32(at + 4, opcode);
    put64(at + 8, number);
    put64(at + 16, node);
    return at + FS_HEADER;
}

static void fs_init(unsigned number)
{
    const uint64_t at = fs_head(number, FS_HEADER + 16, INIT, 0);

    put32(at, 7);
    put32(at + 4, 31);
    put32(at + 8, 1u << 20);
    message(number, FS_HEADER + 16, ANSWER_BYTES);
}

static void fs_begin(void)
{
    begin(FS, REQUESTS);
    fs_init(0);
}

/* All requests, for arbitrary nodes and with arbitrary words after the header. */
static void fs_requests(void)
{
    fs_begin();
    for (unsigned i = 1; i < queue.size; i++) {
        const uint32_t bytes = FS_HEADER + any(120);
        const uint64_t at = fs_head(i, i % 8 == 0 ? any(~0u) : bytes, i % 52, any(4));

        for (unsigned n = 0; n < 120; n++)
            memory[at + n] = any(2) != 0 ? (uint8_t)any(3) : (uint8_t)any(256);
        message(i, bytes, i % 4 == 0 ? 15 : ANSWER_BYTES);
    }
    notify();
}

/* Names as long as the message, and FORGET with a count of a million. */
static void fs_names(void)
{
    begin(FS, HIPRIO);
    for (unsigned i = 0; i < queue.size; i++) {
        put64(fs_head(i, FS_HEADER + 8, FORGET, any(4)), ~0ull >> any(64));
        message(i, FS_HEADER + 8, 0);
    }
    notify();
    fs_begin();
    for (unsigned i = 1; i < queue.size; i++) {
        fill(fs_head(i, MESSAGE_BYTES, LOOKUP, FS_ROOT), MESSAGE_BYTES - FS_HEADER, 0x6161616161616161);
        if (i % 2 != 0)
            memory[message_at(i) + MESSAGE_BYTES - 1u] = 0;
        message(i, MESSAGE_BYTES, ANSWER_BYTES);
    }
    notify();
}

/* The largest reads and writes, at arbitrary offsets, on open and other files. */
static void fs_large(void)
{
    fs_begin();
    for (unsigned i = 1; i < queue.size; i++) {
        const bool write = i % 2 != 0;
        const uint64_t at =
            fs_head(i, FS_HEADER + 40 + (write ? DATA_BYTES : 0), write ? FS_WRITE : FS_READ, any(3));
        struct table t = table(i, true);

        put64(at, any(3));
        put64(at + 8, ~0ull >> i % 64);
        put32(at + 16, write ? DATA_BYTES : ~0u);
        row(&t, MEMORY + message_at(i), FS_HEADER + 40, false);
        if (write)
            row(&t, MEMORY + DATA, DATA_BYTES, false);
        row(&t, MEMORY + answer_at(i), 16, true);
        if (!write)
            row(&t, MEMORY + DATA, DATA_BYTES, true);
        post_table(&t);
    }
    notify();
    nap(5000);
}

static void fs_tiny(void)
{
    begin(FS, REQUESTS);
    many(queue.size, queue.size, 1, false, false);
}

static bool fs_works(void)
{
    put32(answer_at(0), 0);
    put32(answer_at(0) + 4, ~0u);
    fs_begin();
    notify();
    return is_used() && *(volatile uint32_t *)(memory + answer_at(0)) > 16 &&
           *(volatile uint32_t *)(memory + answer_at(0) + 4) == 0;
}

/* ---- gpu ---- */

enum {
    DISPLAY_INFO = 0x100,
    CREATE = 0x101,
    SET_SCANOUT = 0x103,
    FLUSH = 0x104,
    TRANSFER = 0x105,
    ATTACH = 0x106,
    CURSOR = 0x300,
    OK_DISPLAY_INFO = 0x1101,
    GPU_HEADER = 6 /* words; the maximum length of an answer, except DISPLAY_INFO's */
};

static void gpu_shapes(void)
{
    shapes(GPU, 2);
}

static void gpu_command(unsigned number, unsigned type, const uint32_t *word, unsigned count)
{
    uint32_t all[32] = {type};

    for (unsigned i = 0; i < count; i++)
        all[GPU_HEADER + i] = word[i];
    words(number, all, GPU_HEADER + count, 4 * GPU_HEADER);
}

static void gpu_commands(void)
{
    begin(GPU, 0);
    for (unsigned i = 0; i < queue.size; i++) {
        uint32_t word[20];

        for (unsigned n = 0; n < 20; n++)
            word[n] = any(3) != 0 ? any(4) : any(0x7fffffff) * 3u;
        gpu_command(i, 0x100 + any(14), word, any(20));
    }
    notify();
}

static void gpu_tiny(void)
{
    begin(GPU, 0);
    many(queue.size, queue.size, 1, false, false);
}

static void gpu_images(void)
{
    begin(GPU, 0);
    for (uint32_t i = 0; i < queue.size; i++)
        gpu_command(i, CREATE, (const uint32_t[]){i + 1, 1, i % 2 != 0 ? 65535 : 600, 65535u >> i % 8}, 4);
    notify();
}

/* Page lists that are not in memory, do not end, or have a wrong count. */
static void gpu_backing(void)
{
    begin(GPU, 0);
    gpu_command(0, CREATE, (const uint32_t[]){1, 1, WIDTH, HEIGHT}, 4);
    for (uint32_t i = 1; i < queue.size; i++) {
        const uint32_t addr[] = {(uint32_t)NOWHERE, (uint32_t)VM_REGISTERS, (uint32_t)MEMORY_END - 64, 0};

        if (i % 2 != 0)
            gpu_command(
                i, ATTACH,
                (const uint32_t[]){1, i % 8 == 1 ? 1u << 28 : 2, addr[i / 2 % 4], 0, ~0u, 0, 0, 0, 64, 0},
                10);
        else
            gpu_command(i, TRANSFER, (const uint32_t[]){0, 0, WIDTH, HEIGHT, i * 4096, 0, 1, 0}, 8);
    }
    notify();
}

/* Whole screens, several of them. */
static void gpu_screens(void)
{
    begin(GPU, 0);
    gpu_command(0, CREATE, (const uint32_t[]){1, 1, WIDTH, HEIGHT}, 4);
    gpu_command(1, ATTACH, (const uint32_t[]){1, 1, (uint32_t)(MEMORY + DATA), 0, WIDTH * HEIGHT * 4, 0}, 6);
    gpu_command(2, SET_SCANOUT, (const uint32_t[]){0, 0, WIDTH, HEIGHT, 0, 1}, 6);
    for (uint32_t i = 3; i < 3 + SCREENS; i++)
        if (i % 2 != 0)
            gpu_command(i, TRANSFER, (const uint32_t[]){0, 0, WIDTH, HEIGHT, 0, 0, 1, 0}, 8);
        else
            gpu_command(i, FLUSH, (const uint32_t[]){0, 0, WIDTH, HEIGHT, 1, 0}, 6);
    notify();
    nap(5000);
}

static void gpu_cursors(void)
{
    begin(GPU, 1);
    for (uint32_t i = 0; i < queue.size; i++)
        gpu_command(i, CURSOR + i % 3,
                    (const uint32_t[]){any(3), any(~0u), any(~0u), 0, any(3), any(~0u), any(~0u), 0}, 8);
    notify();
}

static bool gpu_works(void)
{
    const uint32_t ask[GPU_HEADER] = {DISPLAY_INFO};

    begin(GPU, 0);
    put32(answer_at(0), 0);
    words(0, ask, GPU_HEADER, ANSWER_BYTES);
    notify();
    return is_used() && *(volatile uint32_t *)(memory + answer_at(0)) == OK_DISPLAY_INFO;
}

/* ---- keyboard, tablet ---- */

static void input_shapes(void)
{
    shapes(KEYBOARD, 2);
    shapes(TABLET, 2);
}

static void input_statuses(void)
{
    begin(KEYBOARD, 1);
    for (unsigned i = 0; i < queue.size; i++) {
        put64(message_at(i), any(32) | any(32) << 16 | (uint64_t)any(~0u) << 32);
        message(i, i % 4 != 0 ? 8 : any(17), i % 5 == 0);
    }
    notify();
}

static void input_large(void)
{
    begin(TABLET, 1);
    for (unsigned i = 0; i < queue.size; i++)
        post(MEMORY + DATA, 16u << 20, 0);
    notify();
}

static void input_room(void)
{
    begin(KEYBOARD, 0);
    many(queue.size, queue.size, 1, true, false);
}

static bool input_works(unsigned which)
{
    begin(which, 1);
    put64(message_at(0), 17 | 1ull << 16); /* an LED, CAPSL, off */
    message(0, 8, 0);
    notify();
    return is_used();
}

/* ---- all devices ---- */

const struct attack classes_attacks[] = {
    {"net: queues that are none", net_shapes},
    {"net: a queue of frames for everybody", net_frames},
    {"net: as somebody else", net_addresses},
    {"net: headers at random", net_headers},
    {"net: as long as can be", net_large},
    {"net: tiny segments", net_tiny},
    {"net: room for frames, a byte each", net_room},
    {"net: commands at random", net_commands},
    {"folder: a queue that is none", folder_shapes},
    {"folder: messages at random", folder_messages},
    {"folder: tiny segments", folder_tiny},
    {"folder: flushes of flushes", folder_flushes},
    {"folder: the largest reads", folder_reads},
    {"folder: the largest writes", folder_writes},
    {"balloon: queues that are none", balloon_shapes},
    {"balloon: pages that there are, and others", balloon_pages},
    {"balloon: takes back what it has not given", balloon_back},
    {"balloon: statistics of any length", balloon_statistics},
    {"balloon: reports", balloon_reports},
    {"scsi: queues that are none", scsi_shapes},
    {"scsi: commands at random", scsi_commands},
    {"scsi: as long as can be", scsi_large},
    {"scsi: unmaps", scsi_unmaps},
    {"scsi: tiny segments", scsi_tiny},
    {"scsi: task management at random", scsi_control},
    {"sockets: queues that are none", vsock_shapes},
    {"sockets: a queue of connections", vsock_connections},
    {"sockets: packets at random", vsock_packets},
    {"sockets: as long as can be", vsock_large},
    {"sockets: the source", vsock_source},
    {"sockets: tiny segments", vsock_tiny},
    {"crypto: queues that are none", crypto_shapes},
    {"crypto: a queue of sessions", crypto_sessions},
    {"crypto: control at random", crypto_control},
    {"crypto: as long as can be", crypto_large},
    {"crypto: tiny segments", crypto_tiny},
    {"file system: queues that are none", fs_shapes},
    {"file system: requests at random", fs_requests},
    {"file system: names and forgets", fs_names},
    {"file system: the largest reads and writes", fs_large},
    {"file system: tiny segments", fs_tiny},
};
const unsigned classes_attacks_count = COUNT(classes_attacks);

const struct attack classes_left_attacks[] = {
    {"gpu: queues that are none", gpu_shapes},
    {"gpu: commands at random", gpu_commands},
    {"gpu: tiny segments", gpu_tiny},
    {"gpu: images larger than there is memory", gpu_images},
    {"gpu: backing that is no memory", gpu_backing},
    {"gpu: whole screens", gpu_screens},
    {"gpu: cursors", gpu_cursors},
    {"input: queues that are none", input_shapes},
    {"input: statuses at random", input_statuses},
    {"input: 16 MiB of status", input_large},
    {"input: room for events, a byte each", input_room},
};
const unsigned classes_left_attacks_count = COUNT(classes_left_attacks);

const char *classes_wrong(void)
{
    if (!net_works())
        return "network card";
    if (!folder_works())
        return "folder";
    if (!balloon_works())
        return "balloon";
    if (!scsi_works())
        return "SCSI host";
    if (!vsock_works())
        return "sockets";
    if (!crypto_works())
        return "crypto device";
    if (!fs_works())
        return "file system";
    if (vm != 0)
        return NULL;
    if (!gpu_works())
        return "gpu";
    return !input_works(KEYBOARD) || !input_works(TABLET) ? "keyboard or tablet" : NULL;
}
